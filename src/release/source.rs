//! A zip, a folder or a file as a source of releases. Its members are recognised by content and not
//! by name.

use rayon::prelude::*;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::id::ReleaseId;
use super::member::{Content, Failure, Member, recognise};
use super::noc_list::NocList;
use super::{noc_list, workbook};
use crate::error::{Error, Result};
use crate::table::archive::{Archive, LARGEST_ARCHIVE, LARGEST_RELEASE, is_archive};
use crate::table::sheet;
use crate::table::sheet::Book;

/// If the text of a release is found, only workbooks up to this size are opened: a list of NOC
/// codes has 20 KiB, and opening the release's own workbook would cost more than everything else.
const LARGEST_NOC_LIST: u64 = 256 << 10;

/// An archive, a folder or a file.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    /// Whether all members are of one release, as those of an archive are.
    pub(super) is_one_release: bool,
    /// Sorted by name.
    pub(super) members: Vec<Member>,
    /// Notices for the user, such as odd names of members.
    pub(super) notices: Vec<String>,
    /// Members that could not be unpacked, and workbooks that could not be read.
    pub(super) damage: Vec<String>,
}

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

/// Opens the workbooks that matter, and drops members that are not of a release.
fn sort_out(
    path: &Path,
    archive: Option<&Archive<'_>>,
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
            let of_one = archive.is_some() && !texts.is_empty();
            let is_covered = of_one || texts.contains(&member.id());
            let looked = look(member, archive, is_covered);
            let name = || member.name.clone().unwrap_or_default();
            looked.err().map(|reason| (name(), reason))
        })
        .collect();
    failures.extend(looked.into_iter().flatten());
    let mut notices: Vec<String> = members.iter().filter_map(odd_name).collect();
    // a folder may hold any files, but a zip holds one release and its members
    let is_damage = |(name, _): &&Failure| {
        let is_zip = name.to_ascii_lowercase().ends_with(".zip");
        is_zip || archive.is_some() && !is_foreign(name)
    };
    let described = |(name, reason): &Failure| format!("{name}: {reason}");
    let damage = failures.iter().filter(is_damage).map(described).collect();
    let others = failures.iter().filter(|own| !is_damage(own));
    notices.extend(others.map(described));
    let is_none = |content| {
        matches!(
            content,
            Content::Unknown | Content::Incomplete | Content::Other
        )
    };
    members.retain(|member| !is_none(member.content));
    Source {
        path: path.to_owned(),
        is_one_release: archive.is_some(),
        members,
        notices,
        damage,
    }
}

/// Whether a member has an extension that no member of a release has, such as that of a letter.
fn is_foreign(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    !["", "txt", "prn", "csv", "tsv", "xls", "xlsx"].contains(&ending.as_str())
}

/// Opens a workbook, unless the text of its release was found and it cannot be a list of NOC codes.
fn look(
    member: &mut Member,
    archive: Option<&Archive<'_>>,
    is_covered: bool,
) -> Result<(), String> {
    if member.content == Content::Unknown {
        if let Some(archive) = archive {
            member.bytes = if is_covered {
                archive.unpack(member.index, LARGEST_NOC_LIST + 1)?
            } else {
                archive.unpack_whole(member.index)?
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_no_member_of_a_release() {
        for name in ["letter.docx", "Read me.PDF", "proc.notes"] {
            assert!(is_foreign(name), "{name}");
        }
        for name in ["HCPC2026.TXT", "HCPC2026.xlsx", "HCPC2026", "notes.prn"] {
            assert!(!is_foreign(name), "{name}");
        }
    }
}
