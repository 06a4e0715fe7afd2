//! `Member`: a file of a release, its content recognised.

use super::id::ReleaseId;
use super::workbook::Holds;
use super::{lines, processing_notes, workbook};
use crate::error::Result;
use crate::table::encoding::decode;
use crate::table::sheet;
use crate::table::sheet::Book;

/// A member of an archive or a folder, or the file itself, which has no member name.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: Option<String>,
    /// Its index in the archive.
    pub(super) index: usize,
    pub(super) bytes: Vec<u8>,
    pub(super) content: Content,
}

/// The content of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// The records as fixed-width text; it is preferred to a workbook.
    Text,
    /// The records on a sheet of a workbook or in a table.
    Sheet(usize),
    ProcessingNotes,
    NocList(usize),
    /// Some of the columns of a release, but not all that are needed.
    Incomplete,
    /// A workbook that was not opened.
    Unknown,
    /// The record layout, a transaction report, corrections, a listing of changes, prose.
    Other,
}

/// The name of a member that could not be read, and the reason.
pub(super) type Failure = (String, String);

impl Member {
    /// A member: a text is recognised, a workbook is not opened yet.
    pub(super) fn of(name: Option<String>, bytes: Vec<u8>) -> Self {
        let content = if sheet::is_workbook(&bytes) {
            Content::Unknown
        } else {
            recognise(&bytes).unwrap_or(Content::Other)
        };
        Self {
            name,
            index: 0,
            bytes,
            content,
        }
    }

    /// The release that the name states, if any.
    pub(super) fn id(&self) -> Option<ReleaseId> {
        ReleaseId::from_names(&[self.name.as_deref()?])
    }
}

/// The content that the bytes hold.
pub(super) fn recognise(bytes: &[u8]) -> Result<Content, String> {
    if !sheet::is_workbook(bytes) {
        let text = decode(bytes).text;
        if lines::is_release(&text) {
            return Ok(Content::Text);
        }
        if processing_notes::is_processing_notes(&text) {
            return Ok(Content::ProcessingNotes);
        }
    }
    Ok(match workbook::recognise(&mut Book::open(bytes)?)? {
        Holds::Release(sheet) => Content::Sheet(sheet),
        Holds::NocList(sheet) => Content::NocList(sheet),
        Holds::Incomplete => Content::Incomplete,
        Holds::Nothing => Content::Other,
    })
}
