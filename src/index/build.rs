//! Releases and annotations → an index folder, made current at once or not at all.

use std::path::Path;

use crate::annotation::{Annotations, Difference};
use crate::error::{Error, Result};
use crate::history::{Edition, Version, timeline};
use crate::release::Release;

use super::annotated::Annotated;
use super::builder::{Corpus, build};
use super::manifest::{FORMAT, IndexedRelease, IndexedSource, Manifest, WriteLock};

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
        releases: given,
        annotations,
    } = sources;
    if given.is_empty() {
        return Err(Error::index(
            folder,
            "no release was given to index; name a release of CMS",
        ));
    }
    let timeline = timeline(&given);
    let releases = indexed(&timeline.releases, &given);
    let versions = timeline.versions;
    let codes = versions.chunk_by(|a, b| a.record.code == b.record.code);
    let codes = codes.count();
    let known = versions.iter().map(|version| version.record.code).collect();
    let mut annotated = Annotated::new(&annotations, &known);
    tell_differences(&annotations, &versions, &mut annotated.sources);
    let annotations = postcard::to_allocvec(&annotations)
        .map_err(|cause| Error::index(folder, cause.to_string()))?;
    let corpus = Corpus {
        versions: &versions,
        annotated: &annotated,
        annotations,
    };
    let packed = build(corpus).map_err(|cause| Error::index(folder, cause.to_string()))?;
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        generation: String::new(),
        bytes: 0,
        built: jiff::Timestamp::now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string(),
        codes,
        versions: versions.len(),
        releases,
        sources: annotated.sources,
    };
    lock.publish(&packed, manifest)
}

/// Notes where a record page differs from the newest release; the release stands.
fn tell_differences(
    annotations: &[Annotations],
    versions: &[Version],
    sources: &mut [IndexedSource],
) {
    for (annotations, source) in annotations.iter().zip(sources) {
        let Annotations::RecordPage(_, page) = annotations else {
            continue;
        };
        let code = page.record.code;
        let newest = versions
            .iter()
            .rev()
            .find(|version| version.record.code == code);
        for difference in newest.map_or(Vec::new(), |version| page.differences(&version.record)) {
            let Difference {
                field,
                page,
                release,
            } = difference;
            let notice = format!(
                "{code}: {field} is `{page}` there and `{release}` in the release, which stands"
            );
            source.notices.push(notice);
        }
    }
}

/// The releases that count, in the order of time.
fn indexed(editions: &[Edition], releases: &[Release]) -> Vec<IndexedRelease> {
    let counting = editions.iter().filter_map(|edition| {
        let is_it = |own: &&Release| own.id == edition.id && own.hash == edition.hash;
        releases.iter().rfind(is_it)
    });
    counting.map(IndexedRelease::from).collect()
}
