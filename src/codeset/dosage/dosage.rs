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
    /// The same quantity in another unit, or the sum of a combination, if the descriptor gives it:
    /// `300 micrograms (1500 i.u.)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equals: Option<Amount>,
    /// Whether a unit is any amount up to this one: "up to 250 mg".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub up_to: bool,
    /// The smallest amount of one dose, if the unit is a dose: "26 to 50 mg".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Amount>,
    /// The amount that one dose must exceed, if the unit is a dose: "greater than 100 mg".
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The unit read from the descriptor, as shown; empty if there is none.
    fn read(code: &str, descriptor: &str) -> String {
        let unit = Dosage::read(code.parse().unwrap(), descriptor);
        unit.map_or(String::new(), |unit| unit.to_string())
    }

    #[test]
    fn amounts() {
        for row in "
            Injection, hemin, 1 mg → 1 mg
            Injection, drug, not otherwise specified,10 mg → 10 mg
            Injection drug-twza 1 mg → 1 mg
            Injection, drug, 10 mg per → 10 mg
            Drug; oral, 2.5 mg → 2.5 mg
            Injection, drug, 5 mg (for esrd on dialysis), code of 2 words → 5 mg
            Injection, drug (brand), not therapeutically equivalent to j0131, 10 mg → 10 mg
            Drug, oral, 1 mg, fda approved, for use within 48 hours → 1 mg
            Injection, drug, per 1,000 usp units → 1,000 units
            Injection, interferon, alfa-2b, recombinant, 1 million units → 1,000,000 units
            Inhalation solution, unit dose form, per milligram → 1 mg
            Factor viii (antihemophilic factor, human) per i.u. → 1 unit
            Injection, factor complex, per factor viii i.u. → 1 unit
            Injection, factor, 1 i.u. vwf:rco → 1 unit
            Insulin for administration through dme (i.e., insulin pump) per 50 units → 50 units
            Infusion, dextran 40, 500 ml → 500 ml
            5% dextrose/water (500 ml = 1 unit) → 500 ml
            Injection, mannitol, 25% in 50 ml → 50 ml
            Skin, per square cenitmeter (add-on, list separately) → 1 sq cm
            Gene, containing nominal 5 x 10^9 pfu/ml vector genomes, per 0.1 ml → 0.1 ml
            Gel, 1 mg/ml and 3 mg/ml irrigation solution, 1 ml → 1 ml
            Contrast material, 100-199 mg/ml iodine concentration, per ml → 1 ml
            Contrast material, up to 149 mg/ml iodine concentration, per ml → 1 ml
            Injection, drug, 0.9 mg, provided in 1.1 mg vial → 0.9 mg
            Drug for topical administration, single unit dosage form (354 mg) → 354 mg
        "
        .trim()
        .lines()
        {
            let (descriptor, unit) = row.trim().split_once(" → ").unwrap();
            assert_eq!(read("J9000", descriptor), unit, "{descriptor}");
        }
    }

    #[test]
    fn amounts_with_more_to_them() {
        for row in "
            Injection, drug, up to 250 mg → up to 250 mg
            Immune globulin, 300 micrograms (1500 i.u.) → 300 mcg (1,500 units)
            Injection, torsemide, 10 mg/ml → 10 mg (1 ml)
            Interferon, 180 mcg per ml → 180 mcg (1 ml)
            Injection, one 10 mg and two 3 mg → 10 mg and 3 mg
            Injection, one and two, 2mg/3mg → 2 mg and 3 mg
            Injection, one/two, 1 gram/0.125 grams (1.125 grams) → 1 g and 0.125 g (1.125 g)
            Injection, one 4 mg, two 4 mg and three 2 mg → 4 mg and 4 mg and 2 mg
            One, up to 2.5 mg and two, up to 0.5 mg, final product → up to 2.5 mg and 0.5 mg
            Injection, one, 5 mg and hyaluronidase-tqjs → 5 mg
            Catheter lock, one 1.35 mg and heparin sodium 100 units → 1.35 mg and 100 units
            Imaging, diagnostic, per study dose, up to 30 millicuries → 1 study dose, up to 30 mCi
            Imaging, per study dose up to 20 millicuries → 1 study dose, up to 20 mCi
            Imaging, per 100 microcuries, up to 999 microcuries → 100 µCi, up to 999 µCi
            Hyaluronidase, per 1 usp unit (up to 999 usp units) → 1 unit, up to 999 units
            Leucel, up to 510 million autologous b-cell antigen (bcma) directed car-positive t cells, including leukapheresis, per therapeutic dose → 1 therapeutic dose, up to 510,000,000 cells
            Drug, less than or equal to 100 mg → 1 dose, up to 100 mg
            Drug, greater than 3 mg, but less than or equal to 6 mg → 1 dose, more than 3 mg, up to 6 mg
            Drug, greater than 7 days and up to 28 days of therapy → 1 dose, more than 7 days, up to 28 days
            Drug, 26 to 50 mg → 1 dose, at least 26 mg, up to 50 mg
            Drug, 26-50 mg → 1 dose, at least 26 mg, up to 50 mg
        "
        .trim()
        .lines()
        {
            let (descriptor, unit) = row.trim().split_once(" → ").unwrap();
            let code = if descriptor.starts_with("Catheter") {
                "A9000"
            } else {
                "J9000"
            };
            let descriptor = descriptor.trim_start_matches("Catheter lock, ");
            assert_eq!(read(code, descriptor), unit, "{descriptor}");
        }
    }

    #[test]
    fn things_and_time() {
        for row in "
            J0850 → Globulin (human), per vial → 1 vial
            J9015 → Injection, drug, per single use vial → 1 single use vial
            C9285 → One 70 mg/two 70 mg, per patch → 1 patch
            E0445 → Oximeter, each → 1 each
            P9016 → Red blood cells, each unit → 1 unit of product
            S8120 → Oxygen contents, gaseous, 1 unit equals 1 cubic foot → 1 cubic foot
            S8121 → Oxygen contents, liquid, 1 unit equals 1 pound → 1 lb
            L8000 → Mouthpiece, any type each → 1 each
            A4253 → Test strips for monitor, per 50 strips → 50 strips
            S0106 → Tablet, 150 mg, per bottle of 60 tablets → 1 bottle of 60 tablets
            S9999 → Treatment, per course of treatment → 1 course of treatment
            G0108 → Training services, individual, per 30 minutes → 30 min
            S5102 → Day care services, adult; per diem → 1 day
            A0425 → Ground mileage, per statute mile → 1 mile
            T1000 → Nursing service(s) - licensed, up to 15 minutes → up to 15 min
            A4239 → Supply allowance, 1 month supply = 1 unit of service → 1 month
            A9276 → Sensor, disposable, one unit = 1 day supply → 1 day
        "
        .trim()
        .lines()
        {
            let [code, descriptor, unit] = row.trim().split(" → ").collect::<Vec<_>>()[..] else {
                panic!("{row}")
            };
            assert_eq!(read(code, descriptor), unit, "{descriptor}");
        }
    }

    #[test]
    fn what_is_no_unit_is_not_guessed_at() {
        for row in "
            J3490 → Unclassified drugs
            J3570 → Laetrile, amygdalin, vitamin b17
            A4232 → Syringe with needle for external insulin pump, sterile, 3 cc
            A4305 → Disposable drug delivery system, flow rate of 50 ml or greater per hour
            S5561 → Insulin delivery pen, reusable; 3 ml size
            A4222 → Infusion supplies, per cassette or bag (list drugs separately)
            E0301 → Bed, weight capacity greater than 350 pounds
            G9663 → Any ldl-c laboratory result >= 190 mg/dl
            G0447 → Counseling, 15 minutes
            G2215 → Take-home supply of naloxone; 2-pack of 4mg per 0.1 ml nasal spray
            G2212 → Prolonged service, each additional 15 minutes
            G0128 → Nursing services, each 10 minutes beyond the first 5 minutes
            J9000 → Injection, one 5 mg two 10 mg
            J9000 → Injection, one, 0,5 mg
            JW → Drug amount discarded, 1 mg
        "
        .trim()
        .lines()
        {
            let (code, descriptor) = row.trim().split_once(" → ").unwrap();
            assert_eq!(read(code, descriptor), "", "{descriptor}");
        }
    }
}
