//! `Dose`: how much was given, as people write it.

use std::fmt;

use serde::Serialize;

use super::super::amount::Amount;
use super::super::token::doubtful_point;

/// How much was given: one amount, or that of each drug of a combination.
///
/// A dose may be written as a volume of a strength, as an amount for a body weight, or as several
/// times an amount. Arithmetic is exact.
///
/// ```
/// use hcpcs::codeset::{Dose, DoseError};
///
/// let dose: Dose = "2 ml of 0.2 mg/ml".parse()?;
/// assert_eq!(dose.to_string(), "0.4 mg");
/// assert_eq!("70kg x 5mg/kg".parse::<Dose>()?.to_string(), "350 mg");
/// assert!(matches!("250 MG/ML".parse::<Dose>(), Err(DoseError::StrengthAlone { .. })));
/// assert_eq!("250 MG/ML 2 ML".parse::<Dose>()?.to_string(), "500 mg");
/// # Ok::<(), DoseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Dose {
    pub(super) amounts: Vec<Amount>,
}

impl Dose {
    /// What is assumed of a text that is read as a dose, in words.
    pub(crate) fn assumed(text: &str) -> Option<String> {
        let signs = [
            ("%", "the percentage is read as grams in 100 ml"),
            (":", "the ratio is read as grams in milliliters"),
            ("MU", "`MU` is read as a million units"),
        ];
        let said = signs.iter().filter(|(sign, _)| text.contains(sign));
        let said = said.map(|(_, said)| (*said).to_owned());
        let said: Vec<String> = said.chain(doubtful_point(text)).collect();
        (!said.is_empty()).then(|| said.join(", "))
    }

    /// The amounts: one, or that of each drug of a combination in the order written.
    #[must_use]
    pub fn amounts(&self) -> &[Amount] {
        &self.amounts
    }
}

impl From<Amount> for Dose {
    fn from(amount: Amount) -> Self {
        let amounts = vec![amount];
        Self { amounts }
    }
}

impl fmt::Display for Dose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, amount) in self.amounts.iter().enumerate() {
            if place > 0 {
                f.write_str(" / ")?;
            }
            write!(f, "{amount}")?;
        }
        Ok(())
    }
}
