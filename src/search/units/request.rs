//! `UnitsRequest`: what is asked of a code or a package.

use serde::Deserialize;

use crate::codeset::Date;

/// A question for billing units. Texts are as people write them; [`crate::Searcher::units`] reads
/// them and says what is wrong with one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct UnitsRequest {
    /// A procedure code, or the NDC of a drug package.
    pub of: String,
    /// The package, by its NDC, where `of` is a code.
    pub ndc: Option<String>,
    /// The day of service; today where there is none.
    pub as_of: Option<Date>,
    /// How much was given: `0.4 mg`, `2 ml of 0.2 mg/ml`.
    pub dose: Option<String>,
    /// A body weight, for a dose of so much for each kilogram: `70 kg`.
    pub weight: Option<String>,
    /// The dose for each kilogram of body weight: `5 mg`.
    pub per_kg: Option<String>,
    /// What a single-dose vial holds: `0.2 mg`.
    pub vial: Option<String>,
    /// How many vials of the package.
    pub vials: Option<u32>,
    /// How many whole packages.
    pub packages: Option<u32>,
    /// How many billing units are to be had out of vials of the package.
    pub units: Option<u32>,
}
