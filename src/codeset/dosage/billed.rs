//! `Dosage`: what one billing unit of a code is.

use std::fmt;

use serde::Serialize;

use super::super::amount::Amount;

/// What one billing unit of a code is, as its long descriptor says.
///
/// [`Dosage::read`] reads it. What cannot be read is none, never a guess.
///
/// ```
/// use hcpcs::codeset::{Code, Dosage};
///
/// let code: Code = "J1596".parse()?;
/// let unit = Dosage::read(code, "Injection, glycopyrrolate, 0.1 mg").unwrap();
/// assert_eq!(unit.to_string(), "0.1 mg");
/// let study = "Iodine i-123 iobenguane, diagnostic, per study dose, up to 15 millicuries";
/// let study = Dosage::read("A9582".parse()?, study).unwrap();
/// assert_eq!(study.to_string(), "1 study dose, up to 15 mCi");
/// assert_eq!(Dosage::read("J3490".parse()?, "Unclassified drugs"), None);
/// # Ok::<(), hcpcs::ParseCodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct Dosage {
    /// The amount of one unit; of a combination, that of its first drug.
    #[serde(flatten)]
    pub amount: Amount,
    /// The other drugs' amounts of a combination: the unit is of all of them together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Amount>,
    /// The same quantity in another unit, or the sum of a combination, where the descriptor
    /// gives it: `300 micrograms (1500 i.u.)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equals: Option<Amount>,
    /// Whether a unit is any amount up to this one: "up to 250 mg".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub up_to: bool,
    /// The least amount that one dose may have, where the unit is a dose: "26 to 50 mg".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Amount>,
    /// The amount that one dose must exceed, where the unit is a dose: "greater than 100 mg".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_than: Option<Amount>,
    /// The most that one dose may have: "per study dose, up to 30 millicuries".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<Amount>,
}

impl Dosage {
    /// A unit of one amount.
    #[must_use]
    pub fn of(amount: Amount) -> Self {
        Self {
            amount,
            with: Vec::new(),
            equals: None,
            up_to: false,
            at_least: None,
            more_than: None,
            at_most: None,
        }
    }

    /// The amounts of all drugs of the unit: one, or several of a combination.
    pub fn drugs(&self) -> impl Iterator<Item = &Amount> {
        std::iter::once(&self.amount).chain(&self.with)
    }

    /// Whether the unit is one dose, whose amount must lie between bounds.
    #[must_use]
    pub fn is_one_dose(&self) -> bool {
        let has_bounds =
            self.at_least.is_some() || self.more_than.is_some() || self.at_most.is_some();
        has_bounds && matches!(self.amount.unit, super::super::amount::Unit::Things(_))
    }
}

impl fmt::Display for Dosage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.up_to {
            f.write_str("up to ")?;
        }
        write!(f, "{}", self.amount)?;
        for other in &self.with {
            write!(f, " and {other}")?;
        }
        if let Some(equals) = &self.equals {
            write!(f, " ({equals})")?;
        }
        let bounds = [
            ("at least", &self.at_least),
            ("more than", &self.more_than),
            ("up to", &self.at_most),
        ];
        for (word, bound) in bounds {
            if let Some(bound) = bound {
                write!(f, ", {word} {bound}")?;
            }
        }
        Ok(())
    }
}
