//! `Release`: a release of the code set, as read from a file; what was not read of it; how to read
//! it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::id::ReleaseId;
use crate::codeset::{Code, Record};

/// A release of the code set, as read from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// Which release it is.
    pub id: ReleaseId,
    /// The archive, folder or file that was given.
    pub source: PathBuf,
    /// The member that was read, if the source is an archive or a folder.
    pub member: Option<String>,
    /// BLAKE3 of the bytes that the records were read from, in hexadecimal.
    pub hash: String,
    /// Procedures and modifiers, sorted by code, one record for each code.
    pub records: Vec<Record>,
    /// The lines or rows that could not be read, in file order.
    pub skipped: Vec<Skipped>,
    /// Values that could not be read and are kept as published, in file order; their records are
    /// read.
    pub unread: Vec<Skipped>,
    /// Signs that the file is cut or damaged, so that codes may be missing: a record that ends too
    /// soon, a quotation mark that is not closed, a member of a zip that cannot be unpacked, more
    /// than a tenth of the lines unreadable. An index accepts such a release only by force.
    pub damage: Vec<String>,
    /// How many records belong to other code sets.
    pub left_out: LeftOut,
    /// Notices for the user, one sentence each.
    pub notices: Vec<String>,
}

impl Release {
    /// The codes of the lines that could not be read, as far as they have one, without those that
    /// another line has; sorted.
    #[must_use]
    pub fn unread_codes(&self) -> Vec<Code> {
        let has = |code: &Code| {
            self.records
                .binary_search_by_key(code, |own| own.code)
                .is_ok()
        };
        let codes: BTreeSet<Code> = self.skipped.iter().filter_map(|own| own.code).collect();
        codes.into_iter().filter(|code| !has(code)).collect()
    }
}

/// A line of a text or a row of a workbook that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The number of the line or row; the first is 1.
    pub line: usize,
    /// The code in the code's place, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
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

/// Options for reading a release.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Whether the first unreadable line is an error. If not, such lines are skipped and reported.
    pub strict: bool,
    /// Which release it is, for files that do not say so.
    pub id: Option<ReleaseId>,
}
