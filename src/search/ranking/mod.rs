//! Candidates → order, with its explanation.

pub(crate) mod explanation;
pub(crate) mod fit;
pub(crate) mod order;
mod qualifier_fit;
pub(crate) mod score;
