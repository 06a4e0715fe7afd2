//! `DrugProduct`: a drug package, as the crosswalk describes it.

use serde::{Deserialize, Serialize};

use super::ndc::Ndc;
use crate::codeset::{Code, Package};

/// A drug product that is billed under a code: one row of the crosswalk, quantities as published.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct DrugProduct {
    /// The code. CMS: `_2026_CODE`, by the year.
    pub code: Code,
    /// The brand, or the generic's name. CMS: `Drug Name`.
    pub brand: String,
    /// Who sells it. CMS: `LABELER NAME`.
    pub labeler: String,
    /// Its NDC, if it has one. CMS: `NDC2`.
    pub ndc: Option<Ndc>,
    /// The maker's own number of a product that has no NDC, such as a skin substitute.
    /// CMS: `NDC2` too.
    pub product_number: Option<String>,
    /// How much one billing unit is, such as `1 MG`. CMS: `HCPCS dosage`.
    pub dosage: String,
    /// How much one vial or the like holds. CMS: `PKG SIZE`.
    pub package_size: String,
    /// How many of them are in a package. CMS: `PKG QTY`.
    pub package_quantity: String,
    /// Billing units in one vial or the like. CMS: `BILLUNITS`.
    pub billing_units: String,
    /// Billing units in the package. CMS: `BILLUNITSPKG`.
    pub billing_units_per_package: String,
}

impl DrugProduct {
    /// The quantities of its package; `None` if one of them is not a number above zero.
    pub(crate) fn package(&self) -> Option<Package> {
        Package::read(
            &self.package_size,
            &self.package_quantity,
            &self.billing_units,
            &self.billing_units_per_package,
        )
    }
}
