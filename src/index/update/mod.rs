//! An index and new sources → its next generation.

pub(crate) mod update;

pub(crate) mod insertion;
pub(crate) mod replacement;
pub(crate) mod stored_content;

pub(crate) mod report;
