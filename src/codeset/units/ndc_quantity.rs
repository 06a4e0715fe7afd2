//! `NdcQuantity`: the quantity of a drug package on a claim, and the billing units in it.

use std::fmt;

use serde::Serialize;

use super::super::decimal::Decimal;
use super::super::token::written_number;
use super::quantity_unit::QuantityUnit;
use crate::error::excerpt;

/// The quantity of an NDC that a claim states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct NdcQuantity {
    /// How many.
    pub quantity: Decimal,
    /// Of what.
    pub unit: QuantityUnit,
}

impl fmt::Display for NdcQuantity {
    /// As a claim writes it: `ML2.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.unit.as_str(), self.quantity)
    }
}

/// Why a text is not a quantity of an NDC.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NdcQuantityError {
    /// It is not a number above zero.
    #[error("the NDC's quantity `{text}` is not a number above zero")]
    Unreadable {
        /// What was written.
        text: String,
    },
    /// The number has no unit.
    #[error("the NDC's quantity {quantity} has no unit (ML, UN, F2, GR or ME)")]
    NoUnit {
        /// The number.
        quantity: Decimal,
    },
    /// The unit is not one of claims.
    #[error("`{text}` is not a unit of an NDC's quantity; claims have ML, UN, F2, GR and ME")]
    UnknownUnit {
        /// What was written.
        text: String,
    },
    /// The text of the quantity and the unit's column have different units.
    #[error("the NDC's quantity is given in {} and in {}", one.as_str(), other.as_str())]
    TwoUnits {
        /// The unit in the text of the quantity.
        one: QuantityUnit,
        /// The unit in its own column.
        other: QuantityUnit,
    },
}

impl NdcQuantity {
    /// An NDC and the quantity that a paper claim writes behind it: `N455292070255 UN1`.
    pub(crate) fn behind_ndc(text: &str) -> (&str, Option<&str>) {
        let prefix = text
            .get(..2)
            .filter(|start| start.eq_ignore_ascii_case("N4"));
        let prefix = prefix.map_or(0, str::len);
        let is_letter = |letter: char| letter.is_ascii_alphabetic();
        let Some(end) = text[prefix..].find(is_letter) else {
            return (text, None);
        };
        let (ndc, quantity) = text.split_at(prefix + end);
        // A code such as `G0378` has no number before its letter, and is no quantity.
        if !ndc[prefix..].contains(|letter: char| letter.is_ascii_digit()) {
            return (text, None);
        }
        match Self::read(quantity, None) {
            Ok(_) => (ndc.trim_end(), Some(quantity)),
            Err(_) => (text, None),
        }
    }

    /// Reads a quantity and its unit, which may be in the same text: `2` and `ML`, `2 ML`, `ML2`.
    ///
    /// # Errors
    /// The number is not above zero, or its unit is missing, unknown or given twice.
    ///
    /// ```
    /// use hcpcs::codeset::{NdcQuantity, QuantityUnit};
    ///
    /// let quantity = NdcQuantity::read("ML2.5", None)?;
    /// assert_eq!(quantity.unit, QuantityUnit::Milliliters);
    /// assert!(NdcQuantity::read("2", None).is_err());
    /// # Ok::<(), hcpcs::codeset::NdcQuantityError>(())
    /// ```
    pub fn read(quantity: &str, unit: Option<&str>) -> Result<Self, NdcQuantityError> {
        let text = quantity.trim();
        let is_of_number =
            |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-' | '+');
        let (word, number) = if text.starts_with(char::is_alphabetic) {
            // "ML2", as a paper claim writes it; F2 is a word with a digit
            let is_f2 = text
                .get(..2)
                .is_some_and(|start| start.eq_ignore_ascii_case("F2"));
            let number = text.find(is_of_number).unwrap_or(text.len());
            text.split_at(if is_f2 { 2 } else { number })
        } else {
            let is_behind = |letter| !is_of_number(letter);
            let (number, word) = text.split_at(text.find(is_behind).unwrap_or(text.len()));
            (word, number)
        };
        let unreadable = || NdcQuantityError::Unreadable {
            text: excerpt(text),
        };
        let quantity = written_number(number).filter(|number| number.is_positive());
        let quantity = quantity
            .filter(|own| own.places() <= 9)
            .ok_or_else(unreadable)?;
        let read = |text: &str| {
            let unknown = || NdcQuantityError::UnknownUnit {
                text: excerpt(text),
            };
            QuantityUnit::of_word(text).ok_or_else(unknown)
        };
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        // N4 means that the number is the NDC and not the quantity.
        let unit = unit
            .and_then(given)
            .filter(|own| !own.eq_ignore_ascii_case("N4"));
        match (given(word), unit) {
            (None, None) => Err(NdcQuantityError::NoUnit { quantity }),
            (Some(unit), None) | (None, Some(unit)) => Ok(Self {
                quantity,
                unit: read(&unit)?,
            }),
            (Some(one), Some(other)) => {
                let (one, other) = (read(&one)?, read(&other)?);
                if one == other {
                    Ok(Self {
                        quantity,
                        unit: one,
                    })
                } else {
                    Err(NdcQuantityError::TwoUnits { one, other })
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_after_an_ndc() {
        for (text, ndc, quantity) in [
            ("N455292070255 UN1", "N455292070255", Some("UN1")),
            ("n455292070255ML4.0", "n455292070255", Some("ML4.0")),
            ("55292-0702-55 ML2.5", "55292-0702-55", Some("ML2.5")),
            ("55292-0702-55", "55292-0702-55", None),
            ("N4", "N4", None),
            ("55292 hemin", "55292 hemin", None),
            ("G0378", "G0378", None),
            ("U0001", "U0001", None),
            ("N4 ML2", "N4 ML2", None),
        ] {
            assert_eq!(NdcQuantity::behind_ndc(text), (ndc, quantity), "{text}");
        }
    }

    #[test]
    fn quantities_as_claims_write_them() {
        let read = |quantity: &str, unit: Option<&str>| {
            NdcQuantity::read(quantity, unit)
                .map(|own| format!("{} {}", own.unit.as_str(), own.quantity))
                .map_err(|error| error.to_string())
        };
        for (quantity, unit, shown) in [
            ("2", Some("ML"), "ML 2"),
            ("2.50", Some(" ml "), "ML 2.5"),
            ("ML2.5", None, "ML 2.5"),
            ("2 ML", None, "ML 2"),
            ("2ml", Some("ML"), "ML 2"),
            ("UN336", None, "UN 336"),
            ("F2 500", None, "F2 500"),
            ("1,000", Some("F2"), "F2 1000"),
            ("3", Some("EA"), "UN 3"),
        ] {
            assert_eq!(read(quantity, unit).as_deref(), Ok(shown), "{quantity}");
        }
        for (quantity, unit, said) in [
            ("2", None, "has no unit"),
            ("2", Some("N4"), "has no unit"),
            ("2", Some("QQ"), "`QQ` is not a unit"),
            ("0", Some("ML"), "not a number above zero"),
            ("-1", Some("ML"), "not a number above zero"),
            ("1,5", Some("ML"), "not a number above zero"),
            ("x", Some("ML"), "not a number above zero"),
            ("", Some("ML"), "not a number above zero"),
            ("2 ML", Some("UN"), "in ML and in UN"),
        ] {
            let why = read(quantity, unit).unwrap_err();
            assert!(why.contains(said), "{quantity}: {why}");
        }
    }
}
