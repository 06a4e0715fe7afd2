//! `QuantityUnit`: the unit of an NDC's quantity on a claim.

use serde::Serialize;

/// The unit in which a claim states the quantity of an NDC: X12 837, segment CTP, element 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub enum QuantityUnit {
    /// Milliliters.
    #[serde(rename = "ML")]
    Milliliters,
    /// Units: vials of powder, implants and the like.
    #[serde(rename = "UN")]
    Units,
    /// International units.
    #[serde(rename = "F2")]
    InternationalUnits,
    /// Grams.
    #[serde(rename = "GR")]
    Grams,
    /// Milligrams.
    #[serde(rename = "ME")]
    Milligrams,
}

/// The words for each unit, the qualifier of a claim first.
const WORDS: &[(QuantityUnit, &[&str])] = &[
    (
        QuantityUnit::Milliliters,
        &["ML", "MLS", "MILLILITER", "MILLILITERS", "CC"],
    ),
    (
        QuantityUnit::Units,
        &["UN", "UNIT", "UNITS", "EA", "EACH", "VIAL", "VIALS"],
    ),
    (QuantityUnit::InternationalUnits, &["F2", "IU"]),
    (QuantityUnit::Grams, &["GR", "GM", "G", "GRAM", "GRAMS"]),
    (
        QuantityUnit::Milligrams,
        &["ME", "MG", "MILLIGRAM", "MILLIGRAMS"],
    ),
];

impl QuantityUnit {
    /// The qualifier of a claim.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let own = WORDS.iter().find(|(unit, _)| *unit == self);
        own.and_then(|(_, words)| words.first()).unwrap_or(&"")
    }

    /// The unit of a qualifier or a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let is_it = |own: &str| own.eq_ignore_ascii_case(word.trim());
        let known = WORDS
            .iter()
            .find(|(_, words)| words.iter().any(|own| is_it(own)));
        known.map(|(unit, _)| *unit)
    }
}
