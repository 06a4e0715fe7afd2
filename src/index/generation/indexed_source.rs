//! `IndexedSource`: what the manifest says of a source of annotations.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::annotation::SourceKind;

/// An indexed source of annotations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct IndexedSource {
    /// The file that was given, or the name of what the program ships.
    #[cfg_attr(feature = "serve", schema(value_type = String))]
    pub source: PathBuf,
    /// Its kind, such as `clinical note`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its date or quarter, if it states one.
    pub date: Option<String>,
    /// BLAKE3 of the bytes that were read.
    pub hash: String,
    /// How many rows, sections or synonyms it gave.
    pub rows: usize,
    /// How many rows could not be read.
    pub skipped: usize,
    /// How many rows of CPT numbers, which are not covered, were left out.
    pub left_out: usize,
    /// The codes in it that no release has.
    pub unknown_codes: Vec<String>,
    /// Notices about it.
    pub notices: Vec<String>,
}

impl IndexedSource {
    /// A label for a reader: a note's title, else its kind, with its date or quarter.
    #[must_use]
    pub fn label(&self) -> String {
        let name = if self.kind == SourceKind::ClinicalNote.name() {
            &self.title
        } else {
            &self.kind
        };
        match &self.date {
            Some(date) => format!("{name}, {date}"),
            None => name.clone(),
        }
    }
}
