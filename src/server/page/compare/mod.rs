//! `/compare`: codes side by side.

pub(crate) mod compare;
