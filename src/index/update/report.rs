//! `UpdateReport`: what an update changed, for people and for batch jobs.

use std::path::PathBuf;

use serde::Serialize;

use crate::codeset::Code;
use crate::history::Changes;
use crate::release::ReleaseId;

/// What an update changed, or with a dry run would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateReport {
    /// Whether what is indexed is another than before.
    pub changed: bool,
    /// Whether nothing was written, because that was asked for.
    pub dry_run: bool,
    /// The file of the new generation; `None` where nothing was written.
    pub generation: Option<String>,
    /// The releases that were given, in the order of time.
    pub releases: Vec<ReleaseUpdate>,
    /// The annotations that were given, in their order.
    pub sources: Vec<SourceUpdate>,
    /// What became of the annotations that were indexed before.
    pub annotations: Vec<AnnotationChange>,
    /// The releases that are indexed afterwards, in the order of time.
    pub indexed: Vec<ReleaseId>,
    /// How many codes are indexed afterwards.
    pub codes: usize,
    /// How many versions of them.
    pub versions: usize,
}

/// What became of something that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It was not indexed before.
    Added,
    /// It took the place of an earlier issue.
    Replaced,
    /// It was indexed already, to the letter.
    Unchanged,
    /// A later issue of it is indexed, which stays.
    Superseded,
}

impl Effect {
    /// Whether something was changed.
    #[must_use]
    pub fn is_change(self) -> bool {
        matches!(self, Self::Added | Self::Replaced)
    }
}

/// What became of a release that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReleaseUpdate {
    /// Which release it is.
    pub id: ReleaseId,
    /// The file that was given.
    pub source: PathBuf,
    /// What became of it.
    pub effect: Effect,
    /// The release that it is compared with: the issue that it replaces, else the release before
    /// it in time; `None` where it is the first.
    pub before: Option<ReleaseId>,
    /// The file from which that release was indexed.
    pub before_source: Option<PathBuf>,
    /// How many codes of the release before it lacks.
    pub lacks: usize,
    /// What changed since the release before; `None` where there is none, and where the release
    /// itself changed nothing.
    pub changes: Option<Changes>,
    /// Lines that could not be read.
    pub skipped: usize,
    /// Rows of CPT and CDT, which are not covered.
    pub left_out: usize,
}

/// What became of an annotation that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceUpdate {
    /// What it is, such as `clinical note`.
    pub kind: &'static str,
    /// Its title, or its kind with its quarter or year.
    pub label: String,
    /// The file that was given.
    pub source: PathBuf,
    /// What became of it.
    pub effect: Effect,
    /// The file whose place it takes, or which stands instead of it.
    pub before: Option<PathBuf>,
    /// How many codes it speaks of.
    pub codes: usize,
    /// How many of them no release has.
    pub unknown: usize,
}

/// What became of an annotation that was indexed before. One that nothing became of is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnnotationChange {
    /// What it is, such as `clinical note`.
    pub kind: &'static str,
    /// Its title, or its kind with its quarter or year.
    pub label: String,
    /// Codes that it now says something of: new codes, and those of a new issue of it.
    pub joined: Vec<Code>,
    /// Codes that it says nothing of any more.
    pub no_longer_joined: Vec<Code>,
    /// Codes that it speaks of and that the releases given gave a termination date.
    pub terminated: Vec<Code>,
}
