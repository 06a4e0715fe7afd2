//! `RbcsAssignment`: a code's place in the taxonomy.

use serde::{Deserialize, Serialize};

use crate::codeset::{Code, Date};

/// One level of the taxonomy: its code and CMS's label.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct RbcsLevel {
    /// As in the file, such as `R`, `RI` or `035`.
    pub code: String,
    /// CMS's label, such as `Treatment`.
    pub label: String,
}

/// The current assignment of a code in RBCS.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct RbcsAssignment {
    /// The code. CMS: `hcpcs_cd`.
    pub code: Code,
    /// Six characters, such as `RI035N`: subcategory, family, procedure. CMS: `rbcs_id`.
    pub id: String,
    /// One letter: `R` Treatment. CMS: `rbcs_cat`, `rbcs_cat_desc`.
    pub category: RbcsLevel,
    /// Two letters, the category's first: `RI`. CMS: `rbcs_cat_subcat`, `rbcs_subcat_desc`.
    pub subcategory: RbcsLevel,
    /// Three digits within the subcategory, `000` for none. CMS: `rbcs_famnumb`, `rbcs_family_desc`.
    pub family: RbcsLevel,
    /// `M` a major procedure, `O` another procedure, `N` no procedure. CMS: `rbcs_major_ind`.
    pub major: String,
    /// The first RBCS release that has the code. CMS: `first_rbcs_release_year`.
    pub first_release: String,
    /// The first day of the assignment. CMS: `rbcs_analysis_start_dt`.
    pub from: Option<Date>,
    /// The last day of the assignment; `None` while it is open. CMS: `rbcs_analysis_end_dt`.
    pub to: Option<Date>,
}

impl RbcsAssignment {
    /// The meaning of [`RbcsAssignment::major`]; `None` for a value that RBCS does not list.
    #[must_use]
    pub fn major_meaning(&self) -> Option<&'static str> {
        match self.major.as_str() {
            "M" => Some("major procedure"),
            "O" => Some("other procedure"),
            "N" => Some("not a procedure"),
            _ => None,
        }
    }
}
