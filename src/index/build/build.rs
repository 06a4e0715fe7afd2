//! Releases and annotations → an index folder; the switch to the new index is atomic.

use std::collections::HashSet;
use std::path::Path;

use crate::annotation::Annotations;
use crate::codeset::Code;
use crate::error::{Error, Result};
use crate::history::timeline;
use crate::release::Release;

use super::annotation_guard::{check_annotations, check_whole_annotations};
use super::content::Content;
use super::latest_issue;
use super::latest_issue::Displaced;
use super::release_guard::{Before, check_release, check_whole};
use crate::index::generation::manifest::Manifest;
use crate::index::generation::write_lock::WriteLock;

/// The sources of an index.
#[derive(Debug, Default)]
pub struct Sources {
    /// Releases, in any order.
    pub releases: Vec<Release>,
    /// Annotations, in any order.
    pub annotations: Vec<Annotations>,
}

/// Build options.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuildOptions {
    /// Whether to accept sources that are damaged, or lack more than a tenth of what they follow or
    /// replace.
    pub force: bool,
}

/// The result of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildReport {
    /// The manifest of the new index.
    pub manifest: Manifest,
    /// The given sources that are not indexed, because a later issue was given too.
    pub displaced: Vec<Displaced>,
    /// What only the build finds out about annotations, each with its file: synonyms that find
    /// nothing, differences between a record page and the newest release.
    pub notices: Vec<String>,
}

/// Builds an index in a folder and makes it current. The previous generation stays on disk until
/// the next build, and stays current if anything fails.
///
/// # Errors
///
/// There is no release, the folder cannot be written, or the sources would lose data; see
/// [`build_index_with`].
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

/// Builds an index as [`build_index`] does, with options, and reports which sources it uses.
///
/// A release is compared with the one before it if that is given too, else with that of the index
/// to be replaced; crosswalks and RBCS are compared with those that they replace.
///
/// ```
/// use hcpcs::Release;
/// use hcpcs::index::{BuildOptions, Sources, build_index_with};
///
/// let folder = tempfile::tempdir()?;
/// let mut release = Release::starter()?;
/// release.damage.push("the text is cut".to_owned());
/// let sources = |release| Sources { releases: vec![release], ..Sources::default() };
///
/// let refused = build_index_with(folder.path(), sources(release.clone()), &BuildOptions::default());
/// assert!(refused.is_err());
/// let report = build_index_with(folder.path(), sources(release), &BuildOptions { force: true })?;
/// assert_eq!(report.manifest.releases[0].damage, ["the text is cut"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// There is no release, or the folder cannot be written. Without [`BuildOptions::force`] also if
/// the starter set would replace a release of CMS, or if a source is damaged or lacks more than a
/// tenth of what it follows or replaces, a kind or a section.
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
    let (annotations, mut displaced) = latest_issue::of_each(annotations);
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
    content.add_releases(releases.iter());
    let published = content.publish(folder, &lock);
    rayon::spawn(move || drop((content, releases)));
    let (manifest, notices) = published?;
    Ok(BuildReport {
        manifest,
        displaced,
        notices,
    })
}

/// Compares each release with the one before it, and each replacement with what it replaces.
fn hold(folder: &Path, releases: &[Release], annotations: &[Annotations]) -> Result<()> {
    for release in releases {
        check_whole(release)?;
    }
    for (before, release) in releases.iter().zip(releases.iter().skip(1)) {
        let (id, records) = (&before.id, before.records.as_slice());
        check_release(Before { id, records }, release)?;
    }
    for given in annotations {
        check_whole_annotations(given)?;
    }
    let codes: HashSet<Code> = releases
        .iter()
        .flat_map(|own| own.records.iter().map(|record| record.code))
        .collect();
    let is_in_a_release = |code: Code| codes.contains(&code);
    for given in annotations {
        if let Some(before) = latest_issue::followed(given, annotations) {
            check_annotations(before, given, is_in_a_release)?;
        }
    }
    // sources that were already indexed need no check
    let Ok(replaced) = Manifest::read(folder) else {
        return Ok(());
    };
    let known: HashSet<&str> = replaced.hashes().collect();
    let is_known = |hash: &String| known.contains(hash.as_str());
    let first = releases.first().filter(|own| !is_known(&own.hash));
    let mut new = annotations
        .iter()
        .filter(|own| !is_known(&own.source().hash));
    if first.is_none() && !new.any(latest_issue::is_of_cms) {
        return Ok(());
    }
    let Ok(replaced) = Content::read(folder) else {
        return Ok(());
    };
    if let Some(release) = first
        && let Some((id, records)) = replaced.before(&release.id)
    {
        let records = records.as_slice();
        check_release(Before { id: &id, records }, release)?;
    }
    for given in annotations
        .iter()
        .filter(|own| latest_issue::is_of_cms(own) && !is_known(&own.source().hash))
    {
        let there = &replaced.annotations;
        let same = there.iter().find(|own| latest_issue::is_same(own, given));
        if let Some(before) = same.or_else(|| latest_issue::followed(given, there)) {
            check_annotations(before, given, is_in_a_release)?;
        }
    }
    Ok(())
}

/// Refuses to replace an index of releases of CMS by one of the starter set.
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
