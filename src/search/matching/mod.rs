//! Plan → candidates: reads postings, sums scores, splits candidates by status.

pub(crate) mod candidate;
pub(crate) mod evaluation;
mod least_idf;

pub(crate) mod accumulator;
pub(crate) mod term_score;
pub(crate) mod word_matches;

pub(crate) mod by_status;
