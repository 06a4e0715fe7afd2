//! Lists of synonyms, and cycles in them.

pub(crate) mod synonym;

pub(crate) mod cycle;
pub(crate) mod list;
