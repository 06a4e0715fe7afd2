//! Compares how much of a drug a line says was discarded with its modifiers JW and JZ.

use serde_json::Value;

use super::billed_units::BilledUnits;
use super::reading::claim_line::ClaimLine;
use super::units_check::{Agreement, UnitsCheck, billed_units, filled, unknown};
use crate::codeset::Decimal;
use crate::error::excerpt;

/// The check of a line's units with what its modifiers say of waste: JZ that there was none, JW that
/// there was some. Without them, the waste may be on another line.
pub(super) fn with_waste(check: Option<UnitsCheck>, line: &ClaimLine) -> Option<UnitsCheck> {
    let Some(waste) = filled(line.waste.as_ref()) else {
        return check;
    };
    let has = |modifier: &str| line.modifiers.iter().any(|own| own == modifier);
    let shown = excerpt(waste);
    let (agreement, why) = match (number(waste), has("JZ"), has("JW")) {
        (_, false, false) => return check,
        (None, ..) => {
            let why = format!("how much was discarded, `{shown}`, is no number");
            (Agreement::Unknown, why)
        }
        (Some(number), true, _) if number.is_positive() => {
            let why = format!("modifier JZ says that nothing was discarded, the line has {shown}");
            (Agreement::Differs, why)
        }
        (Some(number), false, true) if number.is_zero() => {
            let why = format!("modifier JW says that some was discarded, the line has {shown}");
            (Agreement::Differs, why)
        }
        _ => return check,
    };
    let is_apart = check
        .as_ref()
        .is_some_and(|own| own.agreement == Agreement::Differs);
    let mut check = check.unwrap_or_else(|| unknown(billed_units(line), ""));
    check.reason = match (&*check.reason, agreement) {
        (own, _) if is_apart => format!("{own}; {why}"),
        (own, Agreement::Differs) => format!("units differ: {why}{}", figures(own)),
        (own, _) => format!("units not checked: {why}{}", figures(own)),
    };
    if !is_apart {
        check.agreement = agreement;
    }
    Some(check)
}

/// The number in an amount such as `2`, `0.5 mL` or `3 units`.
fn number(amount: &str) -> Option<Decimal> {
    let is_unit = |letter: char| letter.is_alphabetic() || "().".contains(letter);
    match BilledUnits::of(&Value::from(amount.trim_end_matches(is_unit).trim())) {
        BilledUnits::Number(number) => Some(number),
        BilledUnits::Unclear(_) | BilledUnits::NoNumber(_) => None,
    }
}

/// What a check says behind its verdict.
fn figures(reason: &str) -> String {
    let figures = reason.split_once(": ").map_or("", |(_, figures)| figures);
    if figures.is_empty() {
        String::new()
    } else {
        format!("; {figures}")
    }
}
