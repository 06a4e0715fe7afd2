//! `/tables`: what the coded values mean.

pub(crate) mod tables;
