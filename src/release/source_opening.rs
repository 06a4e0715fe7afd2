//! Opens a path as sources of releases: a zip, a folder or a file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use rayon::prelude::*;

use super::id::ReleaseId;
use super::member::{Content, Failure, Member, recognise};
use super::noc_list::NocList;
use super::source::{LARGEST_NOC_LIST, Source, sort_out};
use super::{noc_list, workbook};
use crate::error::{Error, Result};
use crate::table::archive::{Archive, LARGEST_ARCHIVE, LARGEST_RELEASE, is_archive};
use crate::table::sheet;
use crate::table::sheet::Book;

/// Opens a path; a folder gives a source for its files and one for each zip in it.
pub(super) fn open(path: &Path) -> Result<Vec<Source>> {
    if !path.exists() {
        return Err(Error::source(
            path,
            "no such file or folder; check the path",
        ));
    }
    if path.is_dir() {
        return open_folder(path);
    }
    let bytes = read_file(path, LARGEST_ARCHIVE)?;
    if bytes.is_empty() {
        return Err(Error::source(
            path,
            "is empty; download or copy the file again",
        ));
    }
    let source = if is_archive(path, &bytes)? {
        open_archive(path, &bytes)?
    } else {
        let fail = |reason| Error::source(path, reason);
        let content = recognise(&bytes).map_err(fail)?;
        let incomplete = match content {
            Content::Incomplete => {
                let missing = Book::open(&bytes).and_then(|mut book| workbook::missing(&mut book));
                Some(missing.map_err(fail)?)
            }
            _ => None,
        };
        Source {
            path: path.to_owned(),
            is_one_release: true,
            members: vec![Member {
                name: None,
                index: 0,
                bytes,
                content,
            }],
            notices: incomplete.into_iter().collect(),
            damage: Vec::new(),
        }
    };
    Ok(vec![source])
}

fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let cannot_read = |cause| Error::io(path, "cannot read", cause);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot_read)?;
    let read = file.take(limit + 1).read_to_end(&mut bytes);
    read.map_err(cannot_read)?;
    if bytes.len() as u64 > limit {
        let reason = format!(
            "is larger than {} MiB, which no release of CMS is; give the zip that CMS publishes",
            limit >> 20
        );
        return Err(Error::source(path, reason));
    }
    Ok(bytes)
}

/// The list of NOC codes in a file, with its release as far as name and sheet state one.
pub(super) fn noc_list(path: &Path) -> Result<Option<(NocList, Option<ReleaseId>)>> {
    let is_small = path
        .metadata()
        .is_ok_and(|own| own.len() <= LARGEST_NOC_LIST);
    if !is_small {
        return Ok(None);
    }
    let fail = |reason| Error::source(path, reason);
    let bytes = read_file(path, LARGEST_NOC_LIST)?;
    let Ok(Content::NocList(sheet)) = recognise(&bytes) else {
        return Ok(None);
    };
    let mut book = Book::open(&bytes).map_err(fail)?;
    let list = noc_list::read(&mut book, sheet).map_err(fail)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let id = ReleaseId::from_names(&[&name, &book.sheet_name(sheet)]);
    Ok(Some((list, id)))
}

/// Reads the members of an archive in parallel: first the texts, then the workbooks that matter.
fn open_archive(path: &Path, bytes: &[u8]) -> Result<Source> {
    let archive = Archive::open(path, bytes, LARGEST_RELEASE)?;
    let read: Vec<_> = (0..archive.len())
        .into_par_iter()
        .filter(|&index| !archive.name(index).ends_with('/'))
        .map(|index| read_member(&archive, index))
        .collect();
    Ok(sort_out(path, Some(&archive), read))
}

/// Reads a member; of a workbook only its first bytes.
fn read_member(archive: &Archive<'_>, index: usize) -> Result<Member, Failure> {
    let read = || {
        let head = archive.unpack(index, sheet::MAGIC)?;
        if sheet::is_workbook(&head) {
            return Ok(head);
        }
        if head.is_empty() {
            return Err("is empty; download the zip again".to_owned());
        }
        archive.unpack_whole(index)
    };
    let name = archive.name(index);
    match read() {
        Ok(bytes) => Ok(Member {
            index,
            ..Member::of(Some(name), bytes)
        }),
        Err(reason) => Err((name, reason)),
    }
}

/// Reads the files of a folder, without its subfolders.
fn open_folder(path: &Path) -> Result<Vec<Source>> {
    let cannot_read = |cause| Error::io(path, "cannot read the folder", cause);
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path).map_err(cannot_read)? {
        let file = entry.map_err(cannot_read)?.path();
        let is_hidden = file
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if file.is_file() && !is_hidden {
            paths.push(file);
        }
    }
    paths.sort();
    let read: Vec<_> = paths
        .par_iter()
        .map(|file| open_file_of_folder(file))
        .collect();
    let (mut files, mut archives) = (Vec::new(), Vec::new());
    for result in read {
        match result {
            Ok(Opened::Archive(source)) => archives.push(source),
            Ok(Opened::File(member)) => files.push(Ok(member)),
            Err(failure) => files.push(Err(failure)),
        }
    }
    let mut sources = vec![sort_out(path, None, files)];
    sources.append(&mut archives);
    Ok(sources)
}

enum Opened {
    Archive(Source),
    File(Member),
}

fn open_file_of_folder(path: &Path) -> Result<Opened, Failure> {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let open = || {
        let bytes = read_file(path, LARGEST_ARCHIVE)?;
        if is_archive(path, &bytes)? {
            return open_archive(path, &bytes).map(Opened::Archive);
        }
        if let Some(reason) = not_what_it_is_named(path, &bytes) {
            return Err(Error::source(path, reason));
        }
        Ok(Opened::File(Member::of(Some(name.clone()), bytes)))
    };
    open().map_err(|error| {
        let reason = match error {
            Error::Source { reason, .. } => reason,
            other => other.to_string(),
        };
        (name.clone(), reason)
    })
}

/// Why a file is not what its extension says, as a page saved in the place of a download.
fn not_what_it_is_named(path: &Path, bytes: &[u8]) -> Option<&'static str> {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    if ending == "zip" {
        Some("is no zip; download it again")
    } else if (ending == "xlsx" || ending == "xls") && !sheet::is_workbook(bytes) {
        Some("is no workbook; download it again")
    } else {
        bytes
            .is_empty()
            .then_some("is empty; download or copy it again")
    }
}
