//! `/browse`: the code set by sections and hundreds.

pub(crate) mod browse;
