//! `Release`: a release of the code set, as read from a file.

use std::path::PathBuf;

use super::id::ReleaseId;
use super::skipped::{LeftOut, Skipped};
use crate::codeset::Record;

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
