//! `/compare`: codes next to each other.

pub(crate) mod compare;
