//! What changed between two indexed releases.

pub(crate) mod request;
