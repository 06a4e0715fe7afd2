//! `Edition`: a release of a timeline, without its records.

use serde::{Deserialize, Serialize};

use crate::codeset::Record;
use crate::release::{Release, ReleaseId};

/// A release of a timeline: its identity, and which lists were published with its records.
///
/// A workbook comes without processing notes and without the list of NOC codes, and the zips of
/// 2019 and 2020 without the list. What a release does not contain is never a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Year, quarter and issue.
    pub id: ReleaseId,
    /// BLAKE3 of the bytes that were read, in hexadecimal.
    pub hash: String,
    /// Whether the texts of the processing notes came with it.
    pub has_processing_notes: bool,
    /// Whether the list of NOC ("not otherwise classified") codes came with it.
    pub has_noc_list: bool,
}

impl From<&Release> for Edition {
    fn from(release: &Release) -> Self {
        Self {
            id: release.id.clone(),
            hash: release.hash.clone(),
            has_processing_notes: have_processing_notes(&release.records),
            has_noc_list: have_noc_list(&release.records),
        }
    }
}

/// Whether the texts of processing notes came with the records.
pub(super) fn have_processing_notes(records: &[Record]) -> bool {
    let mut notes = records
        .iter()
        .filter_map(|own| own.processing_note.as_ref());
    notes.any(|note| note.text.is_some())
}

/// Whether a list of NOC codes came with the records.
pub(super) fn have_noc_list(records: &[Record]) -> bool {
    let mut records = records.iter();
    records.any(|own| own.not_otherwise_classified.is_some())
}
