//! `Synonym`: a word or phrase and what it means.

use serde::{Deserialize, Serialize};

/// A word or phrase and what it means, both in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Synonym {
    /// The word that is asked for, such as `hoyer`.
    pub asked: String,
    /// What it means, such as `patient lift`.
    pub meant: String,
    /// Whether it holds in the other direction too.
    pub both_ways: bool,
    /// The line of the list; the first is 1.
    pub line: usize,
}
