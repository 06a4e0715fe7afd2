//! `UnitsAnswer`: billing units, and what they were calculated from.

use serde::Serialize;

use crate::annotation::Ndc;
use crate::codeset::{Code, Date, Decimal, Dosage, Dose, NdcQuantity, Package, Vials};

/// What every answer says of itself.
pub(crate) const BASIS: &str = "arithmetic on CMS's data, not billing advice";

/// Where the rule on discarded drugs stands.
pub(crate) const RULE: &str = "CMS, Medicare Claims Processing Manual (Pub. 100-04), chapter 17, \
                               section 40, and CMS's JW and JZ modifier FAQs";

/// Billing units of a code on a day, with what they were calculated from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct UnitsAnswer {
    /// The code.
    pub code: Code,
    /// Its long descriptor on the day.
    pub long_descriptor: String,
    /// The day asked for.
    pub as_of: Date,
    /// The release that says so, such as `2026-01`.
    pub release: String,
    /// How much of the code set that release holds, where it is not whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_scope: Option<String>,
    /// What one billing unit is.
    pub unit: Dosage,
    /// The dose as it was understood: one amount, or that of each drug of a combination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose: Option<Dose>,
    /// The units to bill for what was given; none where nothing was asked but the unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// Whether the last of the units is only partly given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rounded_up: bool,
    /// The single-dose vials that the dose needs, and what is discarded with them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vials: Option<Vials>,
    /// The claim lines: what is given, and what is discarded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<UnitsLine>,
    /// The rule for these lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// The package that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<PackageAnswer>,
    /// What else is to be known of this answer, in sentences.
    pub notices: Vec<String>,
    /// What the figures are and what they are not.
    pub basis: &'static str,
}

/// A claim line: units of the code, with a modifier where one is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitsLine {
    /// The code.
    pub code: Code,
    /// `JW` for units discarded, `JZ` where none are.
    pub modifier: Option<Code>,
    /// How many units.
    pub units: u64,
}

/// A drug package of the crosswalk, and what was counted out of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct PackageAnswer {
    /// Its NDC.
    pub ndc: Ndc,
    /// The brand, or the generic's name.
    pub brand: String,
    /// Who sells it.
    pub labeler: String,
    /// CMS's own words for a billing unit. CMS: `HCPCS dosage`.
    pub dosage: String,
    /// Size, vials and billing units, as published.
    #[serde(flatten)]
    pub quantities: Package,
    /// The crosswalk that says so, with its quarter.
    pub source: String,
    /// How many vials were asked for, or are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vials: Option<u64>,
    /// How many whole packages were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<u32>,
    /// The billing units of these vials or packages as CMS counts them, exact; a claim bills
    /// whole ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact_units: Option<Decimal>,
    /// The quantity of the NDC as a claim states it; none where the crosswalk does not tell
    /// its unit.
    pub ndc_quantity: Option<NdcQuantity>,
}
