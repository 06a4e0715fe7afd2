//! What each word may be found by: itself, a prefix, a synonym, a correction; and how much it
//! matters to the question.

pub(crate) mod measure;
pub(crate) mod role;

pub(crate) mod plan;

pub(crate) mod correction;
pub(crate) mod expansion;

pub(crate) mod apart;
pub(crate) mod phrase;
pub(crate) mod planner;
pub(crate) mod weight;
