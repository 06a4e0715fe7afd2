//! A zip, a folder or a file: its members, known by what they hold and not by their names.
//!
//! Nothing is ever unpacked to disk, and no size that an archive states is believed.

use std::fmt::Display;
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use zip::ZipArchive;
use zip::result::ZipError;

use super::encoding::decode;
use super::id::ReleaseId;
use super::sheet::{self, Book};
use super::workbook::{self, Holds};
use super::{lines, processing_notes};
use crate::error::{Error, Result};

/// An archive larger than this is not read; CMS's have 3 MiB.
const LARGEST_ARCHIVE: u64 = 256 << 20;

/// A member that unpacks to more than this is not read; CMS's largest has 6 MiB.
const LARGEST_MEMBER: u64 = 64 << 20;

/// More members than this are not read; CMS's archives have seven.
const MOST_MEMBERS: usize = 1_000;

/// Where the text of a release is found, only workbooks up to this size are looked at: a list of
/// NOC codes has 20 KiB, and opening the release's own workbook would cost more than all else.
const LARGEST_NOC_LIST: u64 = 256 << 10;

/// An archive, a folder or a file.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    /// Whether all members are of one release, as those of an archive are.
    pub(super) is_one_release: bool,
    /// Sorted by name.
    pub(super) members: Vec<Member>,
    /// What a user should know, such as members that could not be read.
    pub(super) notices: Vec<String>,
}

/// A member of an archive or a folder, or the file itself, which has no name beside its path.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: Option<String>,
    /// Its place in the archive.
    index: usize,
    pub(super) bytes: Vec<u8>,
    pub(super) content: Content,
}

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// The records as fixed-width text, the authority.
    Text,
    /// The records on a sheet of a workbook or in a table.
    Sheet(usize),
    ProcessingNotes,
    NocList(usize),
    /// A workbook that has not been looked into.
    Unknown,
    /// The record layout, a transaction report, corrections, a listing of changes, prose.
    Other,
}

/// A member that could not be read, and why.
type Failure = (String, String);

/// Opens what lies at a path; a folder gives a source for its files and one for each zip in it.
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
    let source = if sheet::is_zip(&bytes) && !is_xlsx(path, &bytes)? {
        open_archive(path, &bytes)?
    } else {
        let content = recognise(&bytes).map_err(|reason| Error::source(path, reason))?;
        Source {
            path: path.to_owned(),
            is_one_release: true,
            members: vec![Member {
                name: None,
                index: 0,
                bytes,
                content,
            }],
            notices: Vec::new(),
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

fn open_zip<'a>(path: &Path, bytes: &'a [u8]) -> Result<ZipArchive<Cursor<&'a [u8]>>> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|cause| {
        let reason = format!("is a damaged zip, perhaps cut short ({cause}); download it again");
        Error::source(path, reason)
    })
}

fn is_xlsx(path: &Path, bytes: &[u8]) -> Result<bool> {
    let zip = open_zip(path, bytes)?;
    Ok(zip.index_for_name("[Content_Types].xml").is_some())
}

/// Reads the members of an archive side by side: first the texts, then the workbooks that matter.
fn open_archive(path: &Path, bytes: &[u8]) -> Result<Source> {
    let archive = open_zip(path, bytes)?;
    if archive.len() > MOST_MEMBERS {
        let reason = format!(
            "holds {} members, and a release of CMS holds seven; give the zip that CMS publishes",
            archive.len()
        );
        return Err(Error::source(path, reason));
    }
    let unpacker = Unpacker {
        archive,
        left: AtomicU64::new(LARGEST_ARCHIVE),
    };
    let read: Vec<_> = (0..unpacker.archive.len())
        .into_par_iter()
        .filter_map(|index| unpacker.member(index).transpose())
        .collect();
    Ok(sort_out(path, Some(&unpacker), read))
}

/// Unpacks members into memory, within bounds.
struct Unpacker<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// So many bytes may still be unpacked.
    left: AtomicU64,
}

impl Unpacker<'_> {
    /// Reads a member, of a workbook only the beginning; a folder is none.
    fn member(&self, index: usize) -> Result<Option<Member>, Failure> {
        let name = match self.archive.name_for_index(index) {
            Some(Ok(name)) => name.into_owned(),
            _ => format!("member {}", index + 1),
        };
        if name.ends_with('/') {
            return Ok(None);
        }
        let read = || {
            let head = self.unpack(index, sheet::MAGIC)?;
            if sheet::is_workbook(&head) {
                return Ok(head);
            }
            self.unpack_whole(index)
        };
        match read() {
            Ok(bytes) => Ok(Some(Member {
                index,
                ..Member::of(Some(name), bytes)
            })),
            Err(reason) => Err((name, reason)),
        }
    }

    /// The first bytes of a member, as many as wanted or as there are.
    fn unpack(&self, index: usize, most: u64) -> Result<Vec<u8>, String> {
        let damaged = |cause: &dyn Display| format!("is damaged ({cause}); download the zip again");
        let mut archive = self.archive.clone();
        let file = match archive.by_index(index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err("is encrypted; unpack the zip and give the folder".to_owned());
            }
            Err(cause) => return Err(damaged(&cause)),
        };
        let mut bytes = Vec::new();
        let read = file.take(most).read_to_end(&mut bytes);
        read.map_err(|cause| damaged(&cause))?;
        Ok(bytes)
    }

    fn unpack_whole(&self, index: usize) -> Result<Vec<u8>, String> {
        let limit = LARGEST_MEMBER.min(self.left.load(Ordering::Relaxed));
        let bytes = self.unpack(index, limit + 1)?;
        let length = bytes.len() as u64;
        if length > limit {
            return Err(format!(
                "unpacks to more than {} MiB, which no member of a release does; check where the zip comes from",
                limit >> 20
            ));
        }
        self.left.fetch_sub(length, Ordering::Relaxed);
        Ok(bytes)
    }
}

impl Member {
    /// A member of which a text is known, and a workbook is not looked into yet.
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

    /// Which release the name tells, if it does.
    pub(super) fn id(&self) -> Option<ReleaseId> {
        ReleaseId::from_names(&[self.name.as_deref()?])
    }
}

/// What the bytes hold.
fn recognise(bytes: &[u8]) -> Result<Content, String> {
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
        Holds::Nothing => Content::Other,
    })
}

/// Looks into the workbooks that matter, and leaves out what is not of a release.
fn sort_out(
    path: &Path,
    unpacker: Option<&Unpacker<'_>>,
    read: Vec<Result<Member, Failure>>,
) -> Source {
    let (mut members, mut failures) = (Vec::new(), Vec::new());
    for result in read {
        match result {
            Ok(member) => members.push(member),
            Err(failure) => failures.push(failure),
        }
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    let texts: Vec<Option<ReleaseId>> = members
        .iter()
        .filter(|member| member.content == Content::Text)
        .map(Member::id)
        .collect();
    let looked: Vec<Option<Failure>> = members
        .par_iter_mut()
        .map(|member| {
            let of_one = unpacker.is_some() && !texts.is_empty();
            let is_covered = of_one || texts.contains(&member.id());
            let looked = look(member, unpacker, is_covered);
            let name = || member.name.clone().unwrap_or_default();
            looked.err().map(|reason| (name(), reason))
        })
        .collect();
    failures.extend(looked.into_iter().flatten());
    let mut notices: Vec<String> = members.iter().filter_map(odd_name).collect();
    let failures = failures
        .iter()
        .map(|(name, reason)| format!("{name}: {reason}"));
    notices.extend(failures);
    members.retain(|member| !matches!(member.content, Content::Unknown | Content::Other));
    Source {
        path: path.to_owned(),
        is_one_release: unpacker.is_some(),
        members,
        notices,
    }
}

/// Looks into a workbook, unless the text of its release is there and it can be no list of NOC codes.
fn look(
    member: &mut Member,
    unpacker: Option<&Unpacker<'_>>,
    is_covered: bool,
) -> Result<(), String> {
    if member.content == Content::Unknown {
        if let Some(unpacker) = unpacker {
            member.bytes = if is_covered {
                unpacker.unpack(member.index, LARGEST_NOC_LIST + 1)?
            } else {
                unpacker.unpack_whole(member.index)?
            };
        }
        if !is_covered || member.bytes.len() as u64 <= LARGEST_NOC_LIST {
            member.content = recognise(&member.bytes)?;
        }
    }
    if is_covered && matches!(member.content, Content::Sheet(_)) {
        member.content = Content::Other;
    }
    Ok(())
}

fn odd_name(member: &Member) -> Option<String> {
    let name = member.name.as_deref()?;
    let is_odd = name.starts_with(['/', '\\'])
        || name.contains(':')
        || name.split(['/', '\\']).any(|part| part == "..");
    is_odd.then(|| format!("{name}: an odd name for a member; it is only read, never unpacked"))
}

/// Reads the files of a folder, not of the folders in it.
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
        if sheet::is_zip(&bytes) && !is_xlsx(path, &bytes)? {
            return open_archive(path, &bytes).map(Opened::Archive);
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
