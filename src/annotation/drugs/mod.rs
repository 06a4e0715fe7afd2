//! Drug products: the crosswalk, NDCs, and the quarter for which it holds.

pub(crate) mod crosswalk;
pub(crate) mod crosswalk_columns;
mod crosswalk_row;
pub(crate) mod drug_product;
mod exchanged_columns;
pub(crate) mod ndc;
pub(crate) mod ndc_candidates;
pub(crate) mod quarter;
