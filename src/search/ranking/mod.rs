//! Candidates → order, with its explanation.

mod amounts;
mod dose_fit;
mod drug_fit;
pub(crate) mod explanation;
pub(crate) mod fit;
pub(crate) mod held_sizes;
mod label_fit;
mod measure_fit;
pub(crate) mod order;
mod qualifier_fit;
pub(crate) mod score;
