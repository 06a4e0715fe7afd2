//! Releases and annotations → an index folder, made current at once or not at all.

use std::path::Path;

use crate::annotation::Annotations;
use crate::error::{Error, Result};
use crate::history::timeline;
use crate::release::Release;

use super::content::Content;
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
    /// Whether to take what would lose what there was.
    pub force: bool,
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
    build_index_with(folder, sources, &BuildOptions::default())
}

/// Builds an index as [`build_index`] does, with options.
///
/// # Errors
/// There is no release, or the folder cannot be written. Without [`BuildOptions::force`] also where
/// the starter set would take the place of a release of CMS.
pub fn build_index_with(
    folder: &Path,
    sources: Sources,
    options: &BuildOptions,
) -> Result<Manifest> {
    let lock = WriteLock::take(folder, true)?.ok_or_else(|| Error::index(folder, "is locked"))?;
    let Sources {
        releases,
        annotations,
    } = sources;
    if releases.is_empty() {
        return Err(Error::index(
            folder,
            "no release was given to index; name a release of CMS",
        ));
    }
    if !options.force && releases.iter().all(|own| own.id.is_starter()) {
        keep_releases(folder)?;
    }
    let mut content = Content {
        timeline: timeline(&releases),
        releases: Vec::new(),
        annotations,
    };
    content.tell_releases(releases.iter());
    let manifest = content.publish(folder, &lock);
    rayon::spawn(move || drop((content, releases)));
    manifest
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
