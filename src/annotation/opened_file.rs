//! Opens a file of annotations, up to the size limit of its kind.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::file_content::BINARY;
use super::file_kind::{HEAD, recognise};
use super::source::SourceKind;
use super::{text, zipped};
use crate::error::{Error, Result};
use crate::table::archive::{LARGEST_ARCHIVE, is_archive};
use crate::table::sheet;

/// The size limit of a note, record page or list of synonyms, in bytes.
const TEXT_LIMIT: usize = 4 << 20;

/// The size limit of a crosswalk or RBCS file, in bytes; CMS's have two or three million.
const TABLE_LIMIT: usize = 64 << 20;

/// Reads a whole file, if it does not exceed the size limit of its kind. Of a file that is not
/// recognised, only its beginning is read.
pub(super) fn open(path: &Path, kind: Option<SourceKind>) -> Result<(Vec<u8>, Option<SourceKind>)> {
    open_as(path, kind, true)
}

/// Reads a file; of a text only its beginning, unless `is_wanted`.
pub(super) fn open_as(
    path: &Path,
    kind: Option<SourceKind>,
    is_wanted: bool,
) -> Result<(Vec<u8>, Option<SourceKind>)> {
    let mut file = file(path)?;
    let mut bytes = head(&mut file, path)?;
    if sheet::is_workbook(&bytes) {
        let read = file.take(LARGEST_ARCHIVE).read_to_end(&mut bytes);
        read.map_err(|cause| Error::io(path, "cannot read the file", cause))?;
        if kind.is_some() {
            return Ok((bytes, kind));
        }
        let kind = if is_zip_of_files(path, &bytes) {
            let members = zipped::members(path, &bytes).unwrap_or_default();
            members.members.first().map(|member| member.kind)
        } else {
            recognise(&bytes)
        };
        return Ok((bytes, kind));
    }
    let kind = kind.or_else(|| recognise(&bytes));
    if !is_wanted {
        return Ok((bytes, kind));
    }
    let limit = match kind.or_else(|| by_ending(path)) {
        Some(SourceKind::DrugProducts | SourceKind::Rbcs) => TABLE_LIMIT,
        Some(_) => TEXT_LIMIT,
        None => return Ok((bytes, None)),
    };
    let rest = u64::try_from(limit + 1 - bytes.len()).unwrap_or(0);
    let read = file.take(rest).read_to_end(&mut bytes);
    read.map_err(|cause| Error::io(path, "cannot read the file", cause))?;
    if bytes.len() > limit {
        let limit = limit >> 20;
        let what = kind.map_or("file", SourceKind::name);
        let reason = format!("a {what} of more than {limit} MiB is not read; split it");
        return Err(Error::source(path, reason));
    }
    Ok((bytes, kind))
}

/// Whether the bytes are a zip and not a workbook; false for a damaged zip.
pub(super) fn is_zip_of_files(path: &Path, bytes: &[u8]) -> bool {
    is_archive(path, bytes).unwrap_or(false)
}

pub(super) fn file(path: &Path) -> Result<File> {
    File::open(path).map_err(|cause| Error::io(path, "cannot read the file", cause))
}

fn head(file: &mut File, path: &Path) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    let length = u64::try_from(HEAD).unwrap_or(u64::MAX);
    let read = file.take(length).read_to_end(&mut head);
    read.map_err(|cause| Error::io(path, "cannot read the file", cause))?;
    Ok(head)
}

/// A Markdown file that is given by name is meant as a note, so errors say what it lacks as a note.
pub(super) fn by_ending(path: &Path) -> Option<SourceKind> {
    let is_markdown = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    is_markdown.then_some(SourceKind::ClinicalNote)
}

pub(super) const NOT_RECOGNISED: &str = "a clinical note needs a code (`code: J1597` between two lines `---` at its head), \
     a record page a row `HCPCS Code`, a list of synonyms two columns with a tab between them, \
     a crosswalk and an RBCS file the headings that CMS gives them";

pub(super) fn not_recognised(head: &[u8]) -> String {
    match text::decode(head) {
        Some(_) => format!("not recognised: {NOT_RECOGNISED}"),
        None => BINARY.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_or_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("synonyms.tsv");
        let line = "asked words\tmeant words\n";
        for (length, is_read) in [
            (3 * HEAD, true),
            (TEXT_LIMIT, true),
            (TEXT_LIMIT + 1, false),
        ] {
            let mut text = line.repeat(length / line.len() + 1);
            text.truncate(length);
            std::fs::write(&path, &text).unwrap();
            let read = open(&path, Some(SourceKind::Synonyms));
            let read = read.map(|(bytes, _)| bytes.len()).ok();
            assert_eq!(read, is_read.then_some(length), "{length}");
        }
    }
}
