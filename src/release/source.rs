//! `Source`: a zip, a folder or a file, its members recognised by content and not by name.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::id::ReleaseId;
use super::member::{Content, Failure, Member, recognise};
use crate::table::archive::Archive;

/// If the text of a release is found, only workbooks up to this size are opened: a list of NOC
/// codes has 20 KiB, and opening the release's own workbook would cost more than everything else.
pub(super) const LARGEST_NOC_LIST: u64 = 256 << 10;

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

/// Opens the workbooks that matter, and drops members that are not of a release.
pub(super) fn sort_out(
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
            let own = member.id();
            // a zip may hold the workbook of another quarter too, as its name says
            let is_of = |text: &Option<ReleaseId>| {
                let ids = text.as_ref().zip(own.as_ref());
                ids.is_none_or(|(text, own)| text.is_same_quarter(own))
            };
            let is_covered = texts.contains(&own) || archive.is_some() && texts.iter().any(is_of);
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
