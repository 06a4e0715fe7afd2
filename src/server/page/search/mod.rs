//! `/`: the question, the answer, and the facets.

pub(crate) mod address;
pub(crate) mod chosen;
pub(crate) mod facets;
pub(crate) mod home;
pub(crate) mod list_file;
pub(crate) mod notices;
pub(crate) mod reason;
pub(crate) mod result;
pub(crate) mod search;
mod status_facet;
pub(crate) mod tree;
