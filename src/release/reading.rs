//! Reads every release at a path.

use std::path::Path;

use rayon::prelude::*;

use super::assembly::no_release;
use super::id::ReleaseId;
use super::member::Member;
use super::noc_list::NocList;
use super::release::ReadOptions;
use super::release::Release;
use super::source::Source;
use super::source_opening;
use crate::error::{Error, Result};

/// Reads every release at a path, sorted by release.
///
/// The path is a zip as CMS publishes it, one of its members (fixed-width text, `.xlsx`, `.xls`, or
/// a `.csv` or `.tsv` with the workbook's headings), or a folder of such files. Members are
/// recognised by content. If a release has text and workbook, the text is read.
///
/// ```
/// use hcpcs::ReadOptions;
/// use hcpcs::release::{is_release, read};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("HCPC2026_JAN_ANWEB.csv");
/// std::fs::write(&path, "HCPC,LONG DESCRIPTION,COV\nE0601,Continuous airway pressure device,D\n")?;
///
/// assert!(is_release(&path)?);
/// let releases = read(&path, &ReadOptions::default())?;
/// assert_eq!(releases[0].id.to_string(), "2026-01");
/// assert_eq!(releases[0].records[0].code.as_str(), "E0601");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The path does not exist, holds no release or a damaged one, nothing says which release it is, or
/// with [`ReadOptions::strict`] a line cannot be read.
pub fn read(path: &Path, options: &ReadOptions) -> Result<Vec<Release>> {
    let sources = source_opening::open(path)?;
    let jobs: Vec<(&Source, usize, &Member)> = sources
        .iter()
        .flat_map(|source| {
            let members = source.releases().enumerate();
            members.map(move |(nth, member)| (source, nth, member))
        })
        .collect();
    let releases: Result<Vec<Release>> = jobs
        .into_par_iter()
        .map(|(source, nth, member)| {
            let mut release = source.read(member, options)?;
            // notices of the whole source are reported once
            let notices = source.notices.iter().filter(|_| nth == 0);
            release.notices.extend(notices.cloned());
            Ok(release)
        })
        .collect();
    let mut releases = releases?;
    let others = sources
        .iter()
        .filter(|source| source.releases().next().is_none())
        .flat_map(|source| source.notices.iter().cloned());
    let damage = sources
        .iter()
        .filter(|source| source.releases().next().is_none())
        .flat_map(|source| source.damage.iter().cloned());
    let Some(first) = releases.first_mut() else {
        return Err(Error::source(path, no_release(damage.chain(others).next())));
    };
    first.notices.extend(others);
    first.damage.extend(damage);
    releases.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(releases)
}

/// Whether there is a release of the code set at a path, by the content of the files.
///
/// # Errors
/// The path does not exist, or it is damaged.
pub fn is_release(path: &Path) -> Result<bool> {
    let sources = source_opening::open(path)?;
    Ok(sources
        .iter()
        .any(|source| source.releases().next().is_some()))
}

/// A list of NOC codes in a file of its own, with its release as far as its names state one; `None`
/// if the file is something else.
///
/// # Errors
/// The file cannot be read.
pub fn read_noc_list(path: &Path) -> Result<Option<(NocList, Option<ReleaseId>)>> {
    if path.is_dir() {
        return Ok(None);
    }
    source_opening::noc_list(path)
}

impl Release {
    /// Joins a list of NOC codes from a separate file, as those in CMS's zips are joined.
    pub fn join_noc_list(&mut self, list: NocList) {
        self.notices.extend(list.missing_in(&self.records));
        self.notices.extend(list.join(&mut self.records));
    }
}
