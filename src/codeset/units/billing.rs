//! A dose → billing units of a code.

use serde::Serialize;

use super::super::amount::{Amount, Unit};
use super::super::dosage::Dosage;
use super::dose::Dose;
use super::error::{DoseError, MOST_UNITS};

/// How many units of a code a dose is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct BillingUnits {
    /// The units to bill: whole ones.
    pub units: u64,
    /// Whether the last of them is only partly given.
    pub rounded_up: bool,
}

impl Dosage {
    /// How many billing units a dose is. A part of a unit of a drug is billed as a whole one.
    ///
    /// ```
    /// use hcpcs::codeset::{Dosage, Dose};
    ///
    /// let unit = Dosage::read("J9999".parse()?, "Injection, drug, 10 mg").unwrap();
    /// let billed = unit.units(&"305 mg".parse::<Dose>()?)?;
    /// assert_eq!((billed.units, billed.rounded_up), (31, true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The dose is of another kind than the unit, outside its bounds, or absurdly large.
    pub fn units(&self, dose: &Dose) -> Result<BillingUnits, DoseError> {
        let billed = match dose.amounts() {
            [amount] if self.with.is_empty() || self.total(amount).is_some() => self.one(amount)?,
            amounts => self.combination(amounts)?,
        };
        if billed.units > MOST_UNITS {
            return Err(self.too_large(dose.amounts()));
        }
        Ok(billed)
    }

    /// Whether a dose is of the kind that the code bills, so that it converts to its units.
    #[must_use]
    pub fn counts(&self, dose: &Dose) -> bool {
        self.units(dose).is_ok()
    }

    /// The sum of a combination, if the dose is written as a sum.
    fn total(&self, dose: &Amount) -> Option<&Amount> {
        self.equals
            .as_ref()
            .filter(|total| total.unit.converts_to(&dose.unit))
    }

    /// The amount of one unit that divides a dose.
    pub(super) fn counted_in(&self, dose: &Amount) -> Option<&Amount> {
        let own = Some(&self.amount)
            .filter(|own| self.with.is_empty() && own.unit.converts_to(&dose.unit));
        own.or_else(|| self.total(dose))
    }

    fn one(&self, dose: &Amount) -> Result<BillingUnits, DoseError> {
        let (boxed, unit) = (|| Box::new(dose.clone()), || Box::new(self.clone()));
        if self.is_one_dose() && dose.measure().is_some() {
            return if self.is_within(dose).ok_or_else(|| self.other_kind(dose))? {
                Ok(BillingUnits {
                    units: 1,
                    rounded_up: false,
                })
            } else {
                Err(DoseError::OutOfBounds {
                    dose: boxed(),
                    unit: unit(),
                })
            };
        }
        let named = self.as_named(dose);
        let dose = named.as_ref().unwrap_or(dose);
        let each = self.counted_in(dose).ok_or_else(|| self.other_kind(dose))?;
        if dose.measure().is_some() && self.is_within(dose) == Some(false) {
            return Err(DoseError::OutOfBounds {
                dose: boxed(),
                unit: unit(),
            });
        }
        let (whole, is_exact) = dose
            .how_often(each)
            .ok_or_else(|| self.too_large(std::slice::from_ref(dose)))?;
        if !is_exact && !each.unit.rounds_up() {
            return Err(DoseError::PartOfUnit {
                dose: boxed(),
                unit: unit(),
            });
        }
        Ok(BillingUnits {
            units: whole + u64::from(!is_exact),
            rounded_up: !is_exact,
        })
    }

    /// A number of things, if the dose names them as the descriptor does: `3 vials` of a code that
    /// is billed by the single dose vial.
    fn as_named(&self, dose: &Amount) -> Option<Amount> {
        let (Unit::Things(written), Unit::Things(own)) = (&dose.unit, &self.amount.unit) else {
            return None;
        };
        let last = |name: &str| name.rsplit(' ').next().unwrap_or_default().to_owned();
        let is_same = written == "each" || own == "each" || last(written) == last(own);
        is_same.then(|| Amount::things(dose.value, own))
    }

    fn combination(&self, doses: &[Amount]) -> Result<BillingUnits, DoseError> {
        let unit = || Box::new(self.clone());
        if self.with.is_empty() {
            return Err(DoseError::SeveralAmounts {
                doses: doses.to_vec(),
                unit: unit(),
            });
        }
        if doses.len() != 1 + self.with.len() {
            return Err(DoseError::Combination { unit: unit() });
        }
        let mut all = doses.iter().zip(self.drugs()).map(|(dose, each)| {
            dose.how_often(each)
                .ok_or_else(|| DoseError::Combination { unit: unit() })
        });
        let first = all
            .next()
            .unwrap_or(Err(DoseError::Combination { unit: unit() }))?;
        for other in all {
            let other = other?;
            if other.0 + u64::from(!other.1) != first.0 + u64::from(!first.1) {
                return Err(DoseError::Proportion { unit: unit() });
            }
        }
        let (whole, is_exact) = first;
        Ok(BillingUnits {
            units: whole + u64::from(!is_exact),
            rounded_up: !is_exact,
        })
    }

    /// Whether a dose lies within the bounds of the unit; `None` if it is of another kind.
    fn is_within(&self, dose: &Amount) -> Option<bool> {
        let is = |bound: &Option<Amount>, fits: fn(std::cmp::Ordering) -> bool| match bound {
            Some(bound) => dose.compare(bound).map(fits),
            None => Some(true),
        };
        let least = is(&self.at_least, std::cmp::Ordering::is_ge)?;
        let above = is(&self.more_than, std::cmp::Ordering::is_gt)?;
        let most = is(&self.at_most, std::cmp::Ordering::is_le)?;
        Some(least && above && most)
    }

    pub(super) fn other_kind(&self, dose: &Amount) -> DoseError {
        DoseError::OtherKind {
            dose: Box::new(dose.clone()),
            unit: Box::new(self.clone()),
        }
    }

    fn too_large(&self, doses: &[Amount]) -> DoseError {
        DoseError::TooLarge {
            dose: Box::new(doses.first().unwrap_or(&self.amount).clone()),
            unit: Box::new(self.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(descriptor: &str, dose: &str) -> Result<u64, String> {
        let unit = Dosage::read("J9000".parse().unwrap(), descriptor).unwrap();
        let dose: Dose = dose.parse().unwrap();
        unit.units(&dose)
            .map(|billed| billed.units)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn doses_become_units() {
        #[rustfmt::skip]
        let cases = [
            ("Drug, 0.1 mg", "0.4mg", 4),
            ("Drug, 0.1 mg", "0.41 mg", 5),
            ("Drug, 0.1 mg", "400 mcg", 4),
            ("Drug, 0.1 mg", "0.001 g", 10),
            ("Drug, 10 mg", "305 mg", 31),
            ("Drug, up to 250 mg", "100 mg", 1),
            ("Drug, up to 250 mg", "251 mg", 2),
            ("Drug, 1,000 usp units", "40000 iu", 40),
            ("Drug, 300 micrograms (1500 i.u.)", "1500 IU", 1),
            ("Drug, 300 micrograms (1500 i.u.)", "600 mcg", 2),
            ("Drug, 10 mg/ml", "2 ml", 2),
            ("One/two, 1 gram/0.125 grams (1.125 grams)", "4.5 g", 4),
            ("One/two, 1 gram/0.125 grams (1.125 grams)", "4 g/0.5 g", 4),
            ("One 0.1 mg and two 0.02 mg", "3 mg/0.6 mg", 30),
            ("One 0.1 mg and two 0.02 mg", "3.05 mg/0.61 mg", 31),
            ("Drug, per single use vial", "2 vials", 2),
            ("Drug, per single use vial", "2 each", 2),
            ("Imaging, per study dose, up to 30 millicuries", "25 mCi", 1),
            ("Imaging, per study dose, up to 30 millicuries", "1 study dose", 1),
            ("Imaging, per 100 microcuries, up to 999 microcuries", "0.25 mCi", 3),
            ("Imaging, 1 millicurie", "185 MBq", 5),
            ("Drug, greater than 3 mg, but less than or equal to 6 mg", "6 mg", 1),
            ("Service, per 15 minutes", "1 hour", 4),
        ];
        for (descriptor, dose, billed) in cases {
            assert_eq!(units(descriptor, dose), Ok(billed), "{descriptor}: {dose}");
        }
    }

    #[test]
    fn doses_that_are_refused() {
        for row in "
            Drug, 0.1 mg → 2 ml → give the strength too
            Drug, 0.1 mg → 2 vials → cannot be counted in units of 0.1 mg
            Drug, 1 unit → 5 mg → cannot be counted in units of 1 unit
            Drug, 0.1 mg → 3 mg/0.6 mg → 3 mg / 0.6 mg are several amounts
            Drug, 15 mg → 30 mg + 15 mg → 30 mg / 15 mg are several amounts
            Drug, 15 mg → 30 mg and 15 mg → ask for one amount
            Drug, per vial → 5 mg → cannot be counted in units of 1 vial
            One 0.1 mg and two 0.02 mg → 0.4 mg → write the dose of each, such as 0.1 mg / 0.02 mg
            One 0.1 mg and two 0.02 mg → 0.4 mg/0.4 mg → proportion
            Imaging, per study dose, up to 30 millicuries → 31 mCi → not what the code bills
            Drug, greater than 3 mg, but less than or equal to 6 mg → 3 mg → not what the code bills
            Hyaluronidase, per 1 usp unit (up to 999 usp units) → 1000 units → not what the code bills
            Service, per 15 minutes → 20 minutes → 8-minute rule
            Drug, per vial → 1.5 vials → not a whole number of units
            Drug, 0.01 mg → 900000 g → more than 1000000 units
        "
        .trim()
        .lines()
        {
            let [descriptor, dose, part] = row.trim().split(" → ").collect::<Vec<_>>()[..] else {
                panic!("{row}")
            };
            let why = units(descriptor, dose).unwrap_err();
            assert!(why.contains(part), "{descriptor}: {dose}: {why}");
        }
    }
}
