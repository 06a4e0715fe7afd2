//! What was not read of a file: unreadable lines, and records of other code sets.

use serde::{Deserialize, Serialize};

/// A line of a text or a row of a workbook that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The number of the line or row; the first is 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// How many records of other code sets were left out; their descriptors are copyrighted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Records of CPT, the AMA's code set: HCPCS Level I.
    pub cpt: usize,
    /// Records of CDT, the ADA's code set of dental codes.
    pub cdt: usize,
}
