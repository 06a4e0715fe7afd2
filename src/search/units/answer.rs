//! `UnitsAnswer`: billing units, and the data from which they were calculated.

use serde::Serialize;

use crate::annotation::Ndc;
use crate::codeset::{Code, Date, Decimal, Dosage, Dose, NdcQuantity, Package, Vials};

/// The disclaimer of every answer.
pub(crate) const BASIS: &str = "arithmetic on CMS's data, not billing advice";

/// The source of the rule on discarded drugs.
pub(crate) const RULE: &str = "CMS, Medicare Claims Processing Manual (Pub. 100-04), chapter 17, \
                               section 40, and CMS's JW and JZ modifier FAQs";

/// Billing units of a code on a day, with the data from which they were calculated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct UnitsAnswer {
    /// The code.
    pub code: Code,
    /// Its long descriptor on the day.
    pub long_descriptor: String,
    /// The day of the question.
    pub as_of: Date,
    /// The release that gives the unit, such as `2026-01`.
    pub release: String,
    /// How much of the code set that release holds, if not all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_scope: Option<String>,
    /// What one billing unit is.
    pub unit: Dosage,
    /// The dose as understood: one amount, or one for each drug of a combination.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose: Option<Dose>,
    /// The units to bill for the given amount; `None` if only the unit was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// Whether the last of the units is only partly given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rounded_up: bool,
    /// The single-dose vials that the dose needs, and what is discarded with them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vials: Option<Vials>,
    /// The claim lines: the units given, and the units discarded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<UnitsLine>,
    /// The rule for these lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// The package in question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<PackageAnswer>,
    /// Notices about this answer, one sentence each.
    pub notices: Vec<String>,
    /// The basis of the figures, and what they are not.
    pub basis: &'static str,
}

/// A claim line: units of the code, with a modifier if one is required.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct UnitsLine {
    /// The code.
    pub code: Code,
    /// `JW` for discarded units, `JZ` if there are none.
    pub modifier: Option<Code>,
    /// How many units.
    pub units: u64,
    /// The quantity of the NDC of these units, if a package was asked for and the crosswalk
    /// determines it; that of the package is of all lines together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ndc_quantity: Option<NdcQuantity>,
}

/// A drug package of the crosswalk, and its billing units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
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
    /// The crosswalk, with its quarter.
    pub source: String,
    /// How many vials were asked for, or are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vials: Option<u64>,
    /// How many whole packages were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packages: Option<u32>,
    /// The billing units of these vials or packages by CMS's figures, exact; a claim bills whole
    /// units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact_units: Option<Decimal>,
    /// The quantity of the NDC as a claim states it; `None` if the crosswalk does not determine its
    /// unit.
    pub ndc_quantity: Option<NdcQuantity>,
}
