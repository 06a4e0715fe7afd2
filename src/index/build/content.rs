//! The sources of an index, which an update reads from one index and writes to the next.

use std::path::Path;

use crate::annotation::Annotations;
use crate::codeset::Record;
use crate::error::{Error, Remedy, Result};
use crate::history::{Edition, Timeline};
use crate::release::ReleaseId;

use super::annotated::Annotated;
use super::builder::{Corpus, build};
use super::differences::add_differences;
use super::latest_issue;
use crate::index::analyzer::ANALYSIS;
use crate::index::generation::indexed_release::IndexedRelease;
use crate::index::generation::manifest::{FORMAT, Manifest};
use crate::index::generation::reader::Reader;
use crate::index::generation::write_lock::WriteLock;

/// The sources of an index.
#[derive(Debug, Default)]
pub(crate) struct Content {
    /// The versions of the codes.
    pub(crate) timeline: Timeline,
    /// The releases of the timeline, as they were read.
    pub(crate) releases: Vec<IndexedRelease>,
    /// The annotations.
    pub(crate) annotations: Vec<Annotations>,
}

impl Content {
    /// Reads the sources of an index.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let reader = Reader::load(folder)?;
        let damaged = || {
            let reason = "the index does not hold what it was built from";
            Error::index(folder, reason).with(Remedy::RebuildIndex)
        };
        let (timeline, annotations) = rayon::join(|| reader.timeline(), || reader.annotations());
        Ok(Self {
            timeline: timeline.ok_or_else(damaged)?,
            annotations: annotations.ok_or_else(damaged)?,
            releases: reader.manifest.releases,
        })
    }

    /// The release of CMS with which another one is compared: that of its quarter, else the last
    /// one before it, with its records.
    pub(crate) fn before(&self, id: &ReleaseId) -> Option<(ReleaseId, Vec<Record>)> {
        let releases = &self.timeline.releases;
        let begins_before = |own: &Edition| own.id.is_same_quarter(id) || own.id < *id;
        let at = releases.partition_point(begins_before).checked_sub(1)?;
        let before = &releases[at].id;
        let is_of_cms = !before.is_starter();
        is_of_cms.then(|| (before.clone(), self.timeline.records(at)))
    }

    /// How many codes it has.
    pub(crate) fn codes(&self) -> usize {
        let versions = &self.timeline.versions;
        let codes = versions.chunk_by(|a, b| a.record.code == b.record.code);
        codes.count()
    }

    /// Builds a generation and makes it current. Also returns the notices about annotations that
    /// only the build finds, each with its file.
    pub(crate) fn publish(
        &mut self,
        folder: &Path,
        lock: &WriteLock,
    ) -> Result<(Manifest, Vec<String>)> {
        let fail = |cause: String| Error::index(folder, cause);
        self.annotations.sort_by(latest_issue::order);
        let versions = &self.timeline.versions;
        let known = versions.iter().map(|version| version.record.code).collect();
        let mut annotated = Annotated::new(&self.annotations, &known);
        add_differences(&self.annotations, &self.timeline, &mut annotated.sources);
        let annotations = postcard::to_allocvec(&self.annotations);
        let editions = postcard::to_allocvec(&self.timeline.releases);
        let corpus = Corpus {
            versions,
            annotated: &annotated,
            annotations: annotations.map_err(|cause| fail(cause.to_string()))?,
            editions: editions.map_err(|cause| fail(cause.to_string()))?,
        };
        let (packed, unused) = build(corpus).map_err(|cause| fail(cause.to_string()))?;
        annotated.name_unused_synonyms(&unused);
        let mut notices = Vec::new();
        for (own, source) in self.annotations.iter().zip(&annotated.sources) {
            let found = source.notices.iter().skip(own.source().notices.len());
            notices.extend(found.map(|own| format!("{}: {own}", source.source.display())));
        }
        let manifest = Manifest {
            format: FORMAT,
            analysis: ANALYSIS,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            generation: String::new(),
            bytes: 0,
            hash: String::new(),
            head_hash: String::new(),
            built: jiff::Timestamp::now()
                .strftime("%Y-%m-%dT%H:%M:%SZ")
                .to_string(),
            codes: self.codes(),
            versions: versions.len(),
            releases: self.releases.clone(),
            sources: annotated.sources,
        };
        Ok((lock.publish(&packed, manifest)?, notices))
    }

    /// Adds the releases that were read to those of the timeline, in its order.
    pub(crate) fn add_releases<'r>(
        &mut self,
        read: impl Iterator<Item = &'r crate::release::Release>,
    ) {
        self.releases.extend(read.map(IndexedRelease::from));
        let counting = self.timeline.releases.iter().filter_map(|edition| {
            let is_it = |own: &&IndexedRelease| own.id == edition.id && own.hash == edition.hash;
            self.releases.iter().rfind(is_it).cloned()
        });
        self.releases = counting.collect();
    }
}
