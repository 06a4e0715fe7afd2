//! `BilledUnits`: the units of a claim line, as a number or why they are none.

use serde_json::Value;

use crate::codeset::{Decimal, MeasureKind, Unit, written_number};
use crate::error::excerpt;
use crate::search::searcher::Searcher;

use super::reading::value::is_formula_error;

/// The words of a count, which leave the number before them the units of a claim.
const COUNTS: [&str; 6] = ["unit", "units", "unit(s)", "ea", "each", "un"];

/// The units of a claim line.
#[derive(Debug, PartialEq)]
pub(super) enum BilledUnits {
    /// A number; `10.` is one too, and so is `4 units`.
    Number(Decimal),
    /// It is not known how many they are, as of `60 min` or `EA`; why, in words.
    Unclear(String),
    /// They are no number.
    NoNumber(String),
}

impl BilledUnits {
    pub(super) fn of(units: &Value) -> Self {
        let text = match units {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let (text, shown) = (text.trim(), excerpt(&text));
        // `UN10`, as X12 qualifies units.
        let qualified = text.strip_prefix("UN").map(str::trim_start);
        let text = qualified
            .filter(|own| own.starts_with(|first: char| first.is_ascii_digit()))
            .unwrap_or(text);
        let number = |text: &str| written_number(text.strip_suffix('.').unwrap_or(text));
        if let Some(number) = number(text) {
            return Self::Number(number);
        }
        if is_formula_error(text) {
            let why = format!("the units `{shown}` are the error of a formula and no value");
            return Self::Unclear(why);
        }
        let of_word = |letter: char| letter.is_alphabetic() || "().".contains(letter);
        // X12's `F2` has a digit.
        let measured = text.rsplit_once(' ');
        let measured = measured.filter(|(_, own)| own.starts_with(char::is_alphabetic));
        let before = measured.map_or(text.trim_end_matches(of_word), |(before, _)| before);
        let (before, word) = (before.trim(), text[before.len()..].trim().to_lowercase());
        match number(before) {
            Some(number) if COUNTS.contains(&word.trim_end_matches('.')) => Self::Number(number),
            Some(_) => Self::Unclear(format!(
                "the units `{shown}` are a number with a word that may be no count of units"
            )),
            None if !text.is_empty() && !text.contains(|own: char| own.is_ascii_digit()) => {
                Self::Unclear(format!("the units `{shown}` are a word and no number"))
            }
            None => Self::NoNumber(format!("the units `{shown}` are no number")),
        }
    }

    fn is_whole(&self) -> bool {
        matches!(self, Self::Number(number) if number.is_whole())
    }
}

impl Searcher {
    /// What to say of units that are not whole, under a version of a code: that is right for miles
    /// alone.
    pub(super) fn part_of_a_unit(&self, units: Option<BilledUnits>, doc: u32) -> Option<String> {
        let Some(BilledUnits::Number(number)) = units.filter(|own| !own.is_whole()) else {
            return None;
        };
        let unit = self.unit_of(doc).map(|own| &own.amount.unit);
        let why = match unit {
            Some(Unit::Measure(own)) if own.kind() == MeasureKind::Distance => return None,
            Some(unit) if unit.rounds_up() => "as those of a drug or a product are",
            _ => "as those of most codes are",
        };
        Some(format!("the units {number} are not whole, {why}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_a_number_with_a_word_and_others() {
        for (units, number) in [
            ("4", "4"),
            ("10.", "10"),
            ("4 units", "4"),
            ("1 Unit.", "1"),
            ("4 unit(s)", "4"),
            ("2 EA", "2"),
            ("UN10", "10"),
            ("2EA", "2"),
            ("0.5 each", "0.5"),
            ("1,000 un", "1000"),
            ("-4 units", "-4"),
        ] {
            let expected = BilledUnits::Number(written_number(number).unwrap());
            assert_eq!(BilledUnits::of(&Value::from(units)), expected, "{units}");
        }
        for (units, said) in [
            ("60 min", "may be no count"),
            ("2 vials", "may be no count"),
            ("5 mg", "may be no count"),
            ("200 F2", "may be no count"),
            ("EA", "a word"),
            ("#DIV/0!", "error of a formula"),
            ("#NO VALUE!", "error of a formula"),
        ] {
            let found = BilledUnits::of(&Value::from(units));
            let BilledUnits::Unclear(why) = found else {
                panic!("{units}: {found:?}");
            };
            assert!(why.contains(said), "{why}");
        }
        for units in ["4/5", "x4", "1 2", "10:30", "4 units 2"] {
            let found = BilledUnits::of(&Value::from(units));
            assert!(matches!(found, BilledUnits::NoNumber(_)), "{units}");
        }
    }
}
