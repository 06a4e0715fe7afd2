//! `/tables`: the meanings of the coded values.

pub(crate) mod tables;
