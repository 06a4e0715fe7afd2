//! Releases and annotations → an index folder, made current at once or not at all.

use std::collections::HashSet;
use std::path::Path;

use crate::annotation::Annotations;
use crate::codeset::Code;
use crate::error::{Error, Result};
use crate::history::timeline;
use crate::release::Release;

use super::content::Content;
use super::guard;
use super::guard::Before;
use super::standing;
use super::standing::Displaced;
use crate::index::generation::manifest::Manifest;
use crate::index::generation::write_lock::WriteLock;

/// What an index is built from.
#[derive(Debug, Default)]
pub struct Sources {
    /// Releases, in any order.
    pub releases: Vec<Release>,
    /// What else is said of codes, in any order.
    pub annotations: Vec<Annotations>,
}

/// How to build.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuildOptions {
    /// Whether to take what is damaged, or lacks more than a tenth of what it follows or replaces.
    pub force: bool,
}

/// What was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildReport {
    /// What is indexed.
    pub manifest: Manifest,
    /// What was given and is not indexed, because a later issue of it was given too.
    pub displaced: Vec<Displaced>,
}

/// Builds an index in a folder and makes it current. What was current stays on the disk until
/// the next time, and stays current where anything fails.
///
/// # Errors
/// There is no release, the folder cannot be written, or what was given would lose what there was;
/// see [`build_index_with`].
///
/// ```
/// use hcpcs::index::{Sources, build_index};
/// use hcpcs::{Query, Release, Searcher};
///
/// let folder = tempfile::tempdir()?;
/// let releases = vec![Release::starter()?];
/// build_index(folder.path(), Sources { releases, annotations: hcpcs::annotation::shipped()? })?;
/// let searcher = Searcher::open(folder.path())?;
/// let answer = searcher.search(&Query { text: "hemin".into(), ..Query::default() })?;
/// assert_eq!(answer.hits[0].code.as_str(), "J1640");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn build_index(folder: &Path, sources: Sources) -> Result<Manifest> {
    let report = build_index_with(folder, sources, &BuildOptions::default());
    report.map(|report| report.manifest)
}

/// Builds an index as [`build_index`] does, with options, and says what of it stands.
///
/// A release is held against the one before it that is given too, else against that of the index
/// whose place is taken; so are crosswalks and RBCS against those that they replace.
///
/// # Errors
/// There is no release, or the folder cannot be written. Without [`BuildOptions::force`] also where
/// the starter set would take the place of a release of CMS, and where what is given is damaged or
/// lacks more than a tenth of what it follows or replaces, a kind or a section.
pub fn build_index_with(
    folder: &Path,
    sources: Sources,
    options: &BuildOptions,
) -> Result<BuildReport> {
    let lock = WriteLock::take(folder, true)?.ok_or_else(|| Error::index(folder, "is locked"))?;
    let Sources {
        mut releases,
        annotations,
    } = sources;
    if releases.is_empty() {
        return Err(Error::index(
            folder,
            "no release was given to index; name a release of CMS",
        ));
    }
    releases.sort_by(|a, b| a.id.cmp(&b.id));
    let (annotations, mut displaced) = standing::of_each(annotations);
    if !options.force {
        if releases.iter().all(|own| own.id.is_starter()) {
            keep_releases(folder)?;
        }
        hold(folder, &releases, &annotations)?;
    }
    let pairs = releases.iter().zip(releases.iter().skip(1));
    let pairs = pairs.filter(|(own, next)| own.id.is_same_quarter(&next.id));
    displaced.extend(pairs.map(|(own, next)| Displaced {
        what: format!("{:#}", own.id),
        source: own.source.clone(),
        by: format!("{:#}", next.id),
        by_source: next.source.clone(),
    }));
    let mut content = Content {
        timeline: timeline(&releases),
        releases: Vec::new(),
        annotations,
    };
    content.tell_releases(releases.iter());
    let manifest = content.publish(folder, &lock);
    rayon::spawn(move || drop((content, releases)));
    Ok(BuildReport {
        manifest: manifest?,
        displaced,
    })
}

/// Holds each release against the one before it, and what replaces something against that.
fn hold(folder: &Path, releases: &[Release], annotations: &[Annotations]) -> Result<()> {
    for release in releases {
        guard::check_whole(release)?;
    }
    for (before, release) in releases.iter().zip(releases.iter().skip(1)) {
        let (id, records) = (&before.id, before.records.as_slice());
        guard::check_release(Before { id, records }, release)?;
    }
    for given in annotations {
        guard::check_whole_annotations(given)?;
    }
    // what was built from the same files needs no look
    let Ok(replaced) = Manifest::read(folder) else {
        return Ok(());
    };
    let known: HashSet<&str> = replaced.hashes().collect();
    let is_known = |hash: &String| known.contains(hash.as_str());
    let first = releases.first().filter(|own| !is_known(&own.hash));
    let mut new = annotations
        .iter()
        .filter(|own| !is_known(&own.source().hash));
    if first.is_none() && !new.any(standing::is_of_cms) {
        return Ok(());
    }
    let Ok(replaced) = Content::read(folder) else {
        return Ok(());
    };
    if let Some(release) = first
        && let Some((id, records)) = replaced.before(&release.id)
    {
        let records = records.as_slice();
        guard::check_release(Before { id: &id, records }, release)?;
    }
    let codes: HashSet<Code> = releases
        .iter()
        .flat_map(|own| own.records.iter().map(|record| record.code))
        .collect();
    for given in annotations.iter().filter(|own| standing::is_of_cms(own)) {
        let mut there = replaced.annotations.iter();
        if let Some(before) = there.find(|own| standing::is_same(own, given)) {
            guard::check_annotations(before, given, |code| codes.contains(&code))?;
        }
    }
    Ok(())
}

/// Refuses to give up an index of releases of CMS for one of the starter set.
fn keep_releases(folder: &Path) -> Result<()> {
    let mut ids = Manifest::release_ids(folder);
    ids.retain(|id| !id.is_starter());
    if ids.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let reason = format!(
        "no release was given, and the starter set would take the place of {}",
        ids.join(", ")
    );
    Err(Error::refused(folder, reason))
}
