//! From a dose or a package to billing units of a code on a day.

pub(crate) mod answer;
pub(crate) mod error;
pub(crate) mod of_claim;
pub(crate) mod of_hits;
pub(crate) mod package;
pub(crate) mod request;
mod taken_apart;
pub(crate) mod units_of_code;
pub(crate) mod units_of_package;
