//! Vials opened for a dose, and the units discarded with them.

use serde::Serialize;

use super::super::amount::Amount;
use super::super::dosage::Dosage;
use super::dose::Dose;
use super::error::DoseError;

/// The vials that a dose needs: how many units of them are given, how many discarded.
///
/// Given and discarded units together are the units that the opened vials hold. A remainder of less
/// than one whole unit is not billed: the unit that is partly given pays for it.
///
/// CMS: Medicare Claims Processing Manual (Pub. 100-04), chapter 17, section 40, and the frequently
/// asked questions on the JW and JZ modifiers. The rule covers single-dose containers only: what
/// remains in a multi-dose container is not billed.
///
/// ```
/// use hcpcs::codeset::{Dosage, Dose};
///
/// let unit = Dosage::read("J9999".parse()?, "Injection, drug, 10 mg").unwrap();
/// let vials = unit.vials(&"305 mg".parse::<Dose>()?, &"100 mg".parse::<Dose>()?)?;
/// assert_eq!((vials.vials, vials.given, vials.discarded), (4, 31, 9));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Vials {
    /// What one vial holds.
    pub vial: Amount,
    /// The smallest number of vials that holds the dose.
    pub vials: u64,
    /// The units given, with a part of a unit as a whole one.
    pub given: u64,
    /// The whole units discarded.
    pub discarded: u64,
    /// What remains in the last vial; `None` if it is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Amount>,
}

impl Dosage {
    /// The smallest number of vials for a dose, and the units given and discarded.
    ///
    /// # Errors
    /// The dose or the vial is of another kind than the unit, or the unit is no amount of a drug.
    pub fn vials(&self, dose: &Dose, vial: &Dose) -> Result<Vials, DoseError> {
        let no_vials = || DoseError::NoVials {
            unit: Box::new(self.clone()),
        };
        let given = self.units(dose)?.units;
        let ([dose], [vial]) = (dose.amounts(), vial.amounts()) else {
            return Err(no_vials());
        };
        if self.is_one_dose() || dose.measure().is_none() || !dose.unit.rounds_up() {
            return Err(no_vials());
        }
        if !vial.unit.converts_to(&dose.unit) {
            return Err(self.other_kind(vial));
        }
        let each = self.counted_in(dose).ok_or_else(no_vials)?;
        let inexact = || DoseError::Inexact {
            text: format!("{dose} out of {vial}"),
        };
        let (whole, is_exact) = dose.how_often(vial).ok_or_else(inexact)?;
        let vials = whole + u64::from(!is_exact);
        let opened = vial.times(vials.into()).ok_or_else(inexact)?;
        let (held, _) = opened.how_often(each).ok_or_else(inexact)?;
        Ok(Vials {
            vial: vial.clone(),
            vials,
            given,
            discarded: held.saturating_sub(given),
            left: opened.without(dose).filter(|left| !left.value.is_zero()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vials(unit: &str, dose: &str, vial: &str) -> Result<(u64, u64, u64, String), DoseError> {
        let descriptor = format!("Injection, drug, {unit}");
        let unit = Dosage::read("J9000".parse().unwrap(), &descriptor).unwrap();
        let vials = unit.vials(&dose.parse()?, &vial.parse()?)?;
        let left = vials.left.map_or(String::new(), |left| left.to_string());
        Ok((vials.vials, vials.given, vials.discarded, left))
    }

    #[test]
    fn given_and_discarded_are_what_the_vials_hold() {
        for (unit, dose, vial, (opened, given, discarded, left)) in [
            ("0.1 mg", "0.4 mg", "0.2 mg", (2, 4, 0, "")),
            ("10 mg", "305 mg", "100 mg", (4, 31, 9, "95 mg")),
            // less than a unit is left: CMS's own example
            ("100 mg", "70 mg", "100 mg", (1, 1, 0, "30 mg")),
            ("10 mg", "95 mg", "100 mg", (1, 10, 0, "5 mg")),
            ("10 mg", "90 mg", "100 mg", (1, 9, 1, "10 mg")),
            // a vial that is no whole number of units
            ("0.1 mg", "0.6 mg", "0.25 mg", (3, 6, 1, "0.15 mg")),
            ("0.1 mg", "0.21 mg", "0.25 mg", (1, 3, 0, "0.04 mg")),
            (
                "1,000 units",
                "36000 units",
                "40000 iu",
                (1, 36, 4, "4,000 units"),
            ),
            ("up to 250 mg", "100 mg", "500 mg", (1, 1, 1, "400 mg")),
            ("1 mg", "1.5 g", "500 mg", (3, 1500, 0, "")),
            ("10 mg/ml", "15 mg", "2 ml of 10 mg/ml", (1, 2, 0, "5 mg")),
        ] {
            let expected = (opened, given, discarded, left.to_owned());
            assert_eq!(
                vials(unit, dose, vial),
                Ok(expected),
                "{unit}: {dose} out of {vial}"
            );
        }
    }

    #[test]
    fn what_has_no_vials() {
        for (unit, dose, vial) in [
            ("per vial", "2 vials", "100 mg"),
            ("10 mg", "30 mg", "2 ml"),
            ("10 mg", "30 mg", "3 vials"),
            ("per study dose, up to 30 millicuries", "20 mCi", "30 mCi"),
            ("per 15 minutes", "30 min", "10 min"),
            ("10 mg", "30 mg", "0 mg"),
        ] {
            assert!(
                vials(unit, dose, vial).is_err(),
                "{unit}: {dose} out of {vial}"
            );
        }
    }
}
