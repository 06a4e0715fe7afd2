//! `UnitsCheck`: whether the units of a claim line agree with its dose or its drug package.

use serde::Serialize;
use serde_json::Value;

use crate::codeset::{Code, Date, Decimal, Dose, NdcQuantity, QuantityUnit};
use crate::error::counted;
use crate::search::UnitsError;
use crate::search::searcher::Searcher;
use crate::search::units::answer::BASIS;

use super::billed_units::BilledUnits;
use super::reading::claim_line::ClaimLine;
use super::reading::composite::CodeSet;

/// Whether the units agree with the dose or the drug package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The line has the units of its dose or its drug package.
    Agrees,
    /// It has other units.
    Differs,
    /// It cannot be determined.
    Unknown,
}

impl Agreement {
    /// The finding in a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs",
            Self::Unknown => "unknown",
        }
    }
}

/// A comparison of a claim line's units with its dose or the quantity of its drug package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct UnitsCheck {
    /// Whether they agree.
    pub agreement: Agreement,
    /// The units of the line, if they are a number.
    pub billed: Option<Decimal>,
    /// The units of the dose or the quantity, whole ones as a claim bills them; `None` if they
    /// cannot be determined.
    pub expected: Option<u64>,
    /// The figures, or why they cannot be determined, in a sentence.
    pub reason: String,
    /// What the figures are and what they are not.
    pub basis: &'static str,
}

/// The expected units of a line by one of its fields.
struct Expected {
    units: u64,
    /// The arithmetic, in words.
    figures: String,
}

impl Searcher {
    /// Compares the units of a line with its dose and its drug package; `None` if the line has
    /// neither a dose nor a quantity of a package, its input has no place for one that it should
    /// have filled, and its package, if any, is a known one of its code.
    pub(super) fn check_units(&self, line: &ClaimLine, day: Date) -> Option<UnitsCheck> {
        let has_quantity = line.ndc.is_some() && filled(line.ndc_quantity.as_ref()).is_some();
        let dose = filled(line.dose.as_ref());
        let billed = line.units.as_ref().map(billed);
        let fault = (!has_quantity).then(|| self.package_fault(line, day));
        let fault = fault.flatten();
        if dose.is_none() && !has_quantity {
            let fault = fault.or_else(|| self.dose_fault(line, day));
            return fault.map(|why| unknown(billed_number(billed.as_ref()), &why));
        }
        if line.code.is_empty() {
            return Some(unknown(
                billed_number(billed.as_ref()),
                "the line has no code",
            ));
        }
        let (CodeSet::Hcpcs, Ok(code)) = (line.code_set, line.code.parse::<Code>()) else {
            let why = format!("{} is none of HCPCS Level II", line.code);
            return Some(unknown(billed_number(billed.as_ref()), &why));
        };
        let mut found = Vec::new();
        let mut why_not = Vec::new();
        let mut take = |own: Result<Expected, String>| match own {
            Ok(expected) => found.push(expected),
            Err(why) => why_not.push(why),
        };
        let is_waste = line.modifiers.iter().any(|own| own == "JW");
        if let Some(dose) = dose {
            take(self.by_dose(dose, code, day, is_waste));
        }
        if has_quantity {
            take(self.by_quantity(line, code, day, is_waste));
        }
        why_not.extend(fault);
        Some(held_against(billed.as_ref(), &found, why_not))
    }

    /// Why a package is missing beside its quantity or has only the unit of one, or is unreadable,
    /// unknown or another code's, if it is.
    fn package_fault(&self, line: &ClaimLine, day: Date) -> Option<String> {
        let zero = |text: &str| text.bytes().all(|own| matches!(own, b'0' | b'.'));
        if let (None, Some(quantity)) = (&line.ndc, &line.ndc_quantity)
            && !zero(quantity)
        {
            return Some("the line has an NDC quantity and no NDC".to_owned());
        }
        let unit = line.ndc_unit.as_deref().and_then(QuantityUnit::of_word);
        match (&line.ndc, &line.ndc_quantity, unit) {
            (Some(_), _, Some(_)) => {
                return Some("the line has an NDC with a unit and no quantity".to_owned());
            }
            (Some(_), Some(_), None) => {
                let why = "the line has an NDC, and the place of its quantity is blank";
                return Some(why.to_owned());
            }
            _ => {}
        }
        match self.package_named(line.ndc.as_ref()?) {
            Ok(ndc) => match self.package_has_code(ndc, line.code.parse().ok(), day) {
                Ok(()) | Err(UnitsError::SeveralCodes { .. } | UnitsError::NotCounted { .. }) => {
                    None
                }
                Err(why) => Some(why.to_string()),
            },
            Err(why) => Some(why.to_string()),
        }
    }

    /// Why the units of a drug are compared with nothing, if the place of its dose is blank.
    fn dose_fault(&self, line: &ClaimLine, day: Date) -> Option<String> {
        let is_blank = line.dose.as_ref().is_some_and(String::is_empty);
        let code = line.code.parse().ok().filter(|_| is_blank)?;
        let unit = self.unit_of(self.version_on(code, day)?)?;
        let is_of_drug = line.ndc.is_some() || unit.amount.unit.rounds_up();
        is_of_drug.then(|| "the place of the dose is blank".to_owned())
    }

    fn by_dose(
        &self,
        dose: &str,
        code: Code,
        day: Date,
        is_waste: bool,
    ) -> Result<Expected, String> {
        let assumed = Dose::assumed(dose).map(|own| format!(" ({own})"));
        let dose: Dose = dose.parse().map_err(|why| format!("{why}"))?;
        let (billed, unit) = self
            .units_of_dose(code, day, &dose)
            .map_err(|why| why.to_string())?;
        let units = billed.units - u64::from(billed.rounded_up && is_waste);
        Ok(Expected {
            units,
            figures: format!(
                "{dose} is {} of {unit}{}{}",
                in_units(units),
                rounded(!billed.rounded_up, is_waste),
                assumed.unwrap_or_default()
            ),
        })
    }

    fn by_quantity(
        &self,
        line: &ClaimLine,
        code: Code,
        day: Date,
        is_waste: bool,
    ) -> Result<Expected, String> {
        let text = line.ndc.as_deref().unwrap_or_default();
        let ndc = self
            .package_named(text)
            .map_err(|error| error.to_string())?;
        let quantity = line.ndc_quantity.as_deref().unwrap_or_default();
        let quantity =
            NdcQuantity::read(quantity, line.ndc_unit.as_deref()).map_err(|why| why.to_string())?;
        let counted = self
            .units_of_ndc(ndc, quantity, code, day)
            .map_err(|why| why.to_string())?;
        let (whole, is_exact) = counted
            .units
            .how_often(Decimal::ONE)
            .ok_or("the NDC's quantity is too large")?;
        let units = whole + u64::from(!is_exact && !is_waste);
        let (number, unit) = (quantity.quantity, quantity.unit.as_str());
        let figures = format!(
            "{number} {unit} of {ndc} is {}{} ({})",
            in_units(units),
            rounded(is_exact, is_waste),
            counted.basis
        );
        match counted.other_quarter {
            Some(why) => Err(format!("{why}; by it {figures}")),
            None => Ok(Expected { units, figures }),
        }
    }
}

/// The verdict on the units of a line.
fn held_against(
    billed: Option<&Result<Decimal, String>>,
    found: &[Expected],
    why_not: Vec<String>,
) -> UnitsCheck {
    let number = billed_number(billed);
    let Some(first) = found.first() else {
        return unknown(number, &why_not.join("; "));
    };
    let figures: Vec<&str> = found.iter().map(|own| &*own.figures).collect();
    let figures = figures.join(", ");
    let is_one = found.iter().all(|own| own.units == first.units);
    let expected = Some(first.units).filter(|_| is_one);
    let (agreement, said) = match (billed, number) {
        (None, _) => (Agreement::Unknown, "the line has no units".to_owned()),
        (Some(Err(why)), _) => (Agreement::Unknown, why.clone()),
        (_, Some(number)) if is_one && Decimal::from(first.units) == number => {
            (Agreement::Agrees, format!("the line has {number}"))
        }
        (_, number) => {
            let number = number.map_or(String::new(), |own| own.to_string());
            (Agreement::Differs, format!("the line has {number}"))
        }
    };
    let word = match agreement {
        Agreement::Agrees => "units agree",
        Agreement::Differs => "units differ",
        Agreement::Unknown => "units not checked",
    };
    let mut reason = format!("{word}: {figures}; {said}");
    for why in why_not {
        reason.extend(["; ", &*why]);
    }
    UnitsCheck {
        agreement,
        billed: number,
        expected,
        reason,
        basis: BASIS,
    }
}

/// A text of a line, unless it stands for a blank place.
pub(super) fn filled(text: Option<&String>) -> Option<&String> {
    text.filter(|own| !own.is_empty())
}

pub(super) fn unknown(billed: Option<Decimal>, why: &str) -> UnitsCheck {
    UnitsCheck {
        agreement: Agreement::Unknown,
        billed,
        expected: None,
        reason: format!("units not checked: {why}"),
        basis: BASIS,
    }
}

/// The units of a line as a number, or why they are not one.
fn billed(units: &Value) -> Result<Decimal, String> {
    let number = match BilledUnits::of(units) {
        BilledUnits::Number(number) => number,
        BilledUnits::Unclear(why) | BilledUnits::NoNumber(why) => return Err(why),
    };
    if number.is_positive() || number.is_zero() {
        Ok(number)
    } else {
        Err(format!("the units {number} are less than zero"))
    }
}

/// The units of a line, if they are a number.
pub(super) fn billed_units(line: &ClaimLine) -> Option<Decimal> {
    billed_number(line.units.as_ref().map(billed).as_ref())
}

fn billed_number(billed: Option<&Result<Decimal, String>>) -> Option<Decimal> {
    billed.and_then(|own| own.as_ref().ok()).copied()
}

/// How a part of a unit counts: what is discarded counts in whole units only.
fn rounded(is_exact: bool, is_waste: bool) -> &'static str {
    match (is_exact, is_waste) {
        (true, _) => "",
        (false, false) => ", rounded up",
        (false, true) => ", rounded down",
    }
}

fn in_units(units: u64) -> String {
    counted(units, "unit")
}
