//! Plan → candidates: reads postings, sums scores, splits candidates by status.

pub(crate) mod candidate;
pub(crate) mod evaluation;

pub(crate) mod accumulator;
pub(crate) mod term_score;
pub(crate) mod word_matches;

pub(crate) mod by_status;
