//! What each word may be found by: itself, a prefix, a synonym, a correction.

pub(crate) mod plan;

pub(crate) mod correction;
pub(crate) mod expansion;

pub(crate) mod planner;
