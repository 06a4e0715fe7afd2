//! What of a file was not taken: lines that could not be read, records of other code sets.

use serde::{Deserialize, Serialize};

/// A line of a text or a row of a workbook that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The line or the row, beginning with 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// How many records of other code sets were left out; their descriptors are copyrighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Of CPT, the AMA's: HCPCS Level I.
    pub cpt: usize,
    /// Of CDT, the ADA's: dental codes.
    pub cdt: usize,
}
