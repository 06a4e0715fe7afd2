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

/// The members that are annotations: the texts, or if there is none, the workbooks. In the zip of a
/// release no workbook is opened.
///
/// # Errors
/// The zip is damaged, or a member that is recognised cannot be read.
pub(super) fn members(path: &Path, bytes: &[u8]) -> Result<Vec<Member>> {
    let archive = Archive::open(path, bytes, LARGEST_ARCHIVE)?;
    let (mut found, mut workbooks, mut is_release) = (Vec::new(), Vec::new(), false);
    for index in 0..archive.len() {
        let name = archive.name(index);
        let file = name.rsplit('/').next().unwrap_or_default();
        if file.is_empty() || file.starts_with('.') || name.starts_with("__MACOSX/") {
            continue;
        }
        let Ok(head) = archive.unpack(index, HEAD as u64) else {
            continue;
        };
        if sheet::is_workbook(&head) {
            workbooks.push(index);
        } else if let Some(kind) = recognise(&head) {
            found.push(member(path, &archive, index, kind)?);
        } else {
            is_release |= text::decode(&head).is_some_and(|own| is_text_of_release(&own.text));
        }
    }
    if found.is_empty() && !is_release {
        for index in workbooks {
            let bytes = archive.unpack_whole(index).unwrap_or_default();
            if let Some(kind) = recognise(&bytes) {
                found.push(member(path, &archive, index, kind)?);
            }
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
