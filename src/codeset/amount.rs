//! `Amount`: a quantity and its unit, in exact decimal arithmetic.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use serde::{Serialize, Serializer};

use super::decimal::Decimal;
use super::measure::Measure;

/// The unit of a quantity: a unit of measure, or things such as vials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A unit of measure.
    Measure(Measure),
    /// Things, by their name in the singular: `vial`, `study dose`, `each`.
    Things(String),
}

impl Unit {
    /// Whether an amount in one unit can be written in the other.
    #[must_use]
    pub fn converts_to(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Measure(one), Self::Measure(other)) => one.converts_to(*other),
            (Self::Things(one), Self::Things(other)) => one == other,
            _ => false,
        }
    }

    /// Whether a part of a billing unit is billed as a whole one.
    pub(crate) fn rounds_up(&self) -> bool {
        match self {
            Self::Measure(measure) => measure.kind().rounds_up(),
            Self::Things(_) => false,
        }
    }

    fn scale(&self) -> Decimal {
        match self {
            Self::Measure(measure) => measure.scale(),
            Self::Things(_) => Decimal::ONE,
        }
    }

    /// The unit after a number: `1 unit`, `50 units`, `3 vials`, `1 each`.
    fn behind(&self, number: Decimal) -> Cow<'_, str> {
        let is_one = number == Decimal::ONE;
        match self {
            Self::Measure(measure) => {
                let symbol = measure.symbol();
                match symbol {
                    "units" | "calories" | "cells" if is_one => symbol.trim_end_matches('s').into(),
                    "mile" | "hour" | "day" | "month" if !is_one => format!("{symbol}s").into(),
                    "foot" if !is_one => "feet".into(),
                    "inch" if !is_one => "inches".into(),
                    _ => symbol.into(),
                }
            }
            Self::Things(name) if is_one || name == "each" || name.ends_with('s') => name.into(),
            Self::Things(name) if name.ends_with('x') => format!("{name}es").into(),
            Self::Things(name) => format!("{name}s").into(),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measure(measure) => measure.fmt(f),
            Self::Things(name) => f.pad(name),
        }
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A quantity and its unit, such as `0.1 mg`. Arithmetic with it is exact, or refused.
///
/// ```
/// use hcpcs::codeset::{Amount, Measure};
///
/// let dose = Amount::new("0.4".parse()?, Measure::of_word("mg").unwrap());
/// assert_eq!(dose.to_string(), "0.4 mg");
/// let unit = Amount::new("100".parse()?, Measure::of_word("mcg").unwrap());
/// assert_eq!(dose.how_often(&unit), Some((4, true)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Amount {
    /// How much, exact and without trailing zeros. JSON has it as text, such as `"0.1"`.
    #[serde(rename = "amount")]
    pub value: Decimal,
    /// The unit, such as `mg`, `units`, `sq cm`, `vial`.
    pub unit: Unit,
}

impl Amount {
    /// An amount in a unit of measure.
    #[must_use]
    pub fn new(value: Decimal, measure: Measure) -> Self {
        Self {
            value,
            unit: Unit::Measure(measure),
        }
    }

    /// A number of things, such as 3 vials.
    #[must_use]
    pub fn things(value: Decimal, name: &str) -> Self {
        Self {
            value,
            unit: Unit::Things(name.to_owned()),
        }
    }

    /// Its unit of measure; `None` for things such as vials.
    #[must_use]
    pub fn measure(&self) -> Option<Measure> {
        match self.unit {
            Unit::Measure(measure) => Some(measure),
            Unit::Things(_) => None,
        }
    }

    /// The amount in the smallest unit of its kind; `None` if that has too many digits.
    fn in_least(&self) -> Option<Decimal> {
        self.value.times(self.unit.scale())
    }

    /// The amount times a number; `None` if the product has too many digits.
    #[must_use]
    pub fn times(&self, times: Decimal) -> Option<Self> {
        let value = self.value.times(times)?;
        let unit = self.unit.clone();
        Some(Self { value, unit })
    }

    /// Which of two amounts is greater; `None` if their units do not convert.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if !self.unit.converts_to(&other.unit) {
            return None;
        }
        Some(self.in_least()?.cmp(&other.in_least()?))
    }

    /// How often another amount goes into this one whole, and whether there is no remainder. `None`
    /// if their units do not convert, or the numbers have too many digits.
    #[must_use]
    pub fn how_often(&self, other: &Self) -> Option<(u64, bool)> {
        if !self.unit.converts_to(&other.unit) {
            return None;
        }
        self.in_least()?.how_often(other.in_least()?)
    }

    /// This amount minus another, in this one's unit; `None` if their units do not convert, the
    /// result is negative, or the unit cannot write it.
    #[must_use]
    pub fn without(&self, other: &Self) -> Option<Self> {
        if !self.unit.converts_to(&other.unit) {
            return None;
        }
        let rest = self.in_least()?.minus(other.in_least()?)?;
        let value = rest.over(self.unit.scale())?;
        let unit = self.unit.clone();
        (value.is_zero() || value.is_positive()).then_some(Self { value, unit })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (value, unit) = (self.value.to_string(), self.unit.behind(self.value));
        let (whole, places) = value.split_at(value.find('.').unwrap_or(value.len()));
        // thousands apart: `200,000,000 cells`
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, "{places} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(value: &str, unit: &str) -> Amount {
        let measure = Measure::of_word(unit).unwrap();
        Amount::new(value.parse().unwrap(), measure)
    }

    #[test]
    fn units_convert_within_a_kind_only() {
        let dose = amount("1.5", "g");
        assert_eq!(dose.how_often(&amount("250", "mg")), Some((6, true)));
        assert_eq!(dose.how_often(&amount("400", "mg")), Some((3, false)));
        assert_eq!(dose.how_often(&amount("1", "ml")), None);
        assert_eq!(
            dose.compare(&amount("1500000", "mcg")),
            Some(Ordering::Equal)
        );
        assert_eq!(amount("70", "ounce").compare(&amount("1", "kg")), None);
        assert_eq!(
            amount("37", "mbq").how_often(&amount("1", "mci")),
            Some((1, true))
        );
    }

    #[test]
    fn what_binary_floats_get_wrong() {
        for (dose, unit, times) in [("0.3", "0.1", 3), ("4.35", "0.01", 435), ("1.1", "0.1", 11)] {
            let (dose, unit) = (amount(dose, "mg"), amount(unit, "mg"));
            assert_eq!(dose.how_often(&unit), Some((times, true)), "{dose}");
        }
    }

    #[test]
    fn written_as_people_do() {
        for (value, unit, written) in [
            ("1.00", "unit", "1 unit"),
            ("1000", "iu", "1,000 units"),
            ("1000000.25", "mg", "1,000,000.25 mg"),
            ("100", "mg", "100 mg"),
            ("15", "minutes", "15 min"),
            ("24", "hour", "24 hours"),
            ("0.5", "microcurie", "0.5 µCi"),
        ] {
            assert_eq!(amount(value, unit).to_string(), written);
        }
        let things = |value: u32, name| Amount::things(value.into(), name).to_string();
        assert_eq!(things(1, "vial"), "1 vial");
        assert_eq!(things(3, "study dose"), "3 study doses");
        assert_eq!(things(3, "lens"), "3 lens");
        assert_eq!(things(3, "each"), "3 each");
    }
}
