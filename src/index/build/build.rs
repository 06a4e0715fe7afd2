//! Releases and annotations → an index folder, made current at once or not at all.

use std::path::Path;

use crate::annotation::Annotations;
use crate::error::{Error, Result};
use crate::history::timeline;
use crate::release::Release;

use super::content::Content;
use crate::index::generation::manifest::{Manifest, WriteLock};

/// What an index is built from.
#[derive(Debug, Default)]
pub struct Sources {
    /// Releases, in any order.
    pub releases: Vec<Release>,
    /// What else is said of codes, in any order.
    pub annotations: Vec<Annotations>,
}

/// Builds an index in a folder and makes it current. What was current stays on the disk until
/// the next time, and stays current where anything fails.
///
/// # Errors
/// There is no release, or the folder cannot be written.
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
