//! The annotations in a zip, such as CMS's zip of the crosswalk, recognised by content.

use std::path::{Path, PathBuf};

use super::file_kind::{HEAD, recognise};
use super::source::SourceKind;
use super::text;
use crate::error::{Error, Result};
use crate::release::is_text_of_release;
use crate::table::archive::{Archive, LARGEST_ARCHIVE};
use crate::table::sheet;

/// A member of a zip that is an annotation.
pub(super) struct Member {
    /// The path of the zip, followed by the member's name.
    pub(super) path: PathBuf,
    pub(super) kind: SourceKind,
    pub(super) bytes: Vec<u8>,
}

/// The annotations in a zip, and what is said of its other members.
#[derive(Default)]
pub(super) struct Members {
    pub(super) members: Vec<Member>,
    /// The other members, each with why it is not read.
    pub(super) notices: Vec<String>,
}

/// The members that are annotations: the texts, or if there is none, the workbooks. In the zip of a
/// release no workbook is opened.
///
/// # Errors
/// The zip is damaged, or a member that is recognised cannot be read.
pub(super) fn members(path: &Path, bytes: &[u8]) -> Result<Members> {
    let archive = Archive::open(path, bytes, LARGEST_ARCHIVE)?;
    let (mut workbooks, mut is_release) = (Vec::new(), false);
    let mut found = Members::default();
    for index in 0..archive.len() {
        let name = archive.name(index);
        let file = name.rsplit('/').next().unwrap_or_default();
        if file.is_empty() || file.starts_with('.') || name.starts_with("__MACOSX/") {
            continue;
        }
        let head = match archive.unpack(index, HEAD as u64) {
            Ok(head) => head,
            Err(reason) => {
                found.notices.push(format!("{name}: {reason}"));
                continue;
            }
        };
        if sheet::is_workbook(&head) {
            workbooks.push(index);
        } else if let Some(kind) = recognise(&head) {
            found.members.push(member(path, &archive, index, kind)?);
        } else if text::decode(&head).is_some_and(|own| is_text_of_release(&own.text)) {
            is_release = true;
        } else {
            found
                .notices
                .push(format!("{name}: not recognised, not read"));
        }
    }
    if is_release {
        return Ok(found);
    }
    let is_of_texts = !found.members.is_empty();
    for index in workbooks {
        let name = archive.name(index);
        if is_of_texts {
            // CMS's zips have each table as a text and as a workbook.
            let is_same = |own: &Member| own.path.file_stem() == Path::new(&name).file_stem();
            if !found.members.iter().any(is_same) {
                let notice = format!("{name}: a workbook beside texts, not read");
                found.notices.push(notice);
            }
            continue;
        }
        let bytes = archive.unpack_whole(index).unwrap_or_default();
        match recognise(&bytes) {
            Some(kind) => found.members.push(member(path, &archive, index, kind)?),
            None => found
                .notices
                .push(format!("{name}: a workbook of another kind, not read")),
        }
    }
    Ok(found)
}

fn member(path: &Path, archive: &Archive<'_>, index: usize, kind: SourceKind) -> Result<Member> {
    let path = path.join(archive.name(index));
    let bytes = archive.unpack_whole(index);
    Ok(Member {
        bytes: bytes.map_err(|reason| Error::source(&path, reason))?,
        path,
        kind,
    })
}
