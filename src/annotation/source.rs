//! `Source`: which file was read, its kind, how much of it was read, and what was not.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::codeset::Date;
use crate::error::{Error, Result};

/// If more than one row in this many cannot be read, the file is damaged.
const ONE_IN: usize = 10;

/// The kind of a source of annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// An overview of one or several codes in Markdown or plain text.
    ClinicalNote,
    /// A page of labels, values and definitions about one code.
    RecordPage,
    /// CMS's ASP NDC–HCPCS crosswalk: the drug products of a code.
    DrugProducts,
    /// CMS's Restructured BETOS, the taxonomy that follows BETOS.
    Rbcs,
    /// A list of words and what they mean.
    Synonyms,
}

impl SourceKind {
    /// The kind in words, for a list of sources.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ClinicalNote => "clinical note",
            Self::RecordPage => "record page",
            Self::DrugProducts => "NDC-HCPCS crosswalk",
            Self::Rbcs => "RBCS",
            Self::Synonyms => "synonyms",
        }
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A part of a source that was not read, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The line; the first is 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// A file that annotations were read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file, as it was named.
    pub path: PathBuf,
    /// Its kind.
    pub kind: SourceKind,
    /// Its own title, or its file name if it has none.
    pub title: String,
    /// The day it was written; for a crosswalk the first day of its quarter.
    pub date: Option<Date>,
    /// The issue: a crosswalk's quarter by its first month (`2026-01`), the year of an RBCS release
    /// (`2025`); else none.
    pub label: Option<String>,
    /// The issue in the file's name: a day such as `2025-12-17` or a version such as `v2`; else
    /// none.
    pub issue: Option<String>,
    /// BLAKE3 of the file's bytes, in hexadecimal.
    pub hash: String,
    /// How many rows it has, including those not read: rows of a table, labels of a record page,
    /// sections of a note.
    pub rows: usize,
    /// The parts that were not read, with line and reason.
    pub skipped: Vec<Skipped>,
    /// Signs that the file is cut or damaged; an index accepts it only by force.
    pub damage: Vec<String>,
    /// Rows for numbers of CPT and codes of CDT, which are left out except for the number.
    pub left_out_cpt: usize,
    /// Further notices about the file, or about the folder whose first file it is.
    pub notices: Vec<String>,
}

impl Source {
    pub(super) fn new(path: &Path, kind: SourceKind) -> Self {
        let name = path.file_stem().unwrap_or(path.as_os_str());
        Self {
            path: path.to_owned(),
            kind,
            title: name.to_string_lossy().into_owned(),
            date: None,
            label: None,
            issue: None,
            hash: String::new(),
            rows: 0,
            skipped: Vec::new(),
            damage: Vec::new(),
            left_out_cpt: 0,
            notices: Vec::new(),
        }
    }

    /// Its kind, with its quarter or year and the name of its file.
    #[must_use]
    pub fn name(&self) -> String {
        let file = self.path.file_name().unwrap_or(self.path.as_os_str());
        let label = self.label.as_ref();
        let label = label.map_or(String::new(), |label| format!(", {label}"));
        format!("{}{label} ({})", self.kind, file.to_string_lossy())
    }

    /// Adds broken rows to those that were not read.
    pub(super) fn take_broken(&mut self, broken: Vec<(usize, String)>) {
        self.rows += broken.len();
        let broken = broken.into_iter();
        self.skipped
            .extend(broken.map(|(line, reason)| Skipped { line, reason }));
        self.skipped.sort_by_key(|skipped| skipped.line);
    }

    /// Reports damage if more than a tenth of the rows could not be read.
    pub(super) fn check_rows(&mut self) {
        let skipped = self.skipped.len();
        // in a short file that somebody wrote by hand, a single row may be a tenth
        if skipped > 1 && skipped * ONE_IN > self.rows {
            let damage = format!("{skipped} of its {} rows cannot be read", self.rows);
            self.damage.push(damage);
        }
    }

    pub(super) fn skip(&mut self, line: usize, reason: impl Into<String>) {
        let reason = reason.into();
        self.skipped.push(Skipped { line, reason });
    }

    pub(super) fn refuse<T>(&self, reason: impl Into<String>) -> Result<T> {
        Err(Error::source(&self.path, reason))
    }

    pub(super) fn refuse_line<T>(&self, line: usize, reason: impl Into<String>) -> Result<T> {
        Err(Error::Line {
            path: self.path.clone(),
            line,
            reason: reason.into(),
        })
    }
}

/// BLAKE3 of a file's bytes, in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

#[cfg(test)]
impl Source {
    /// Each skipped line with its reason.
    pub(super) fn skipped_in_words(&self) -> Vec<String> {
        let skipped = self.skipped.iter();
        skipped
            .map(|own| format!("{}: {}", own.line, own.reason))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_knows_its_bytes() {
        let mut source = Source::new(Path::new("notes/j1597.md"), SourceKind::ClinicalNote);
        source.hash = hash(b"");
        assert_eq!(source.title, "j1597");
        assert_eq!(
            source.hash,
            "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
        );
        let json = serde_json::to_string(&source).unwrap();
        assert!(json.contains(r#""kind":"clinical_note""#), "{json}");
        assert_eq!(serde_json::from_str::<Source>(&json).unwrap(), source);
    }
}
