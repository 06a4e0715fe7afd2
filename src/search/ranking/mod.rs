//! Candidates → order, with its explanation.

pub(crate) mod explanation;
pub(crate) mod order;
