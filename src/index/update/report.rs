//! `UpdateReport`: the changes of an update, for people and for batch jobs.

use std::path::PathBuf;

use serde::Serialize;

use crate::codeset::Code;
use crate::history::Changes;
use crate::release::ReleaseId;

/// The changes of an update; of a dry run the changes that it would make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateReport {
    /// Whether the content of the index changed.
    pub changed: bool,
    /// Whether it was a dry run, which writes nothing.
    pub dry_run: bool,
    /// The file of the new generation; `None` if nothing was written.
    pub generation: Option<String>,
    /// The given releases, in order of time.
    pub releases: Vec<ReleaseUpdate>,
    /// The given annotations, in order.
    pub sources: Vec<SourceUpdate>,
    /// The changes of annotations that were indexed before.
    pub annotations: Vec<AnnotationChange>,
    /// What only the build finds out about annotations, each with its file: synonyms that find
    /// nothing, differences between a record page and the newest release. Empty for a dry run.
    pub notices: Vec<String>,
    /// The indexed releases after the update, in order of time.
    pub indexed: Vec<ReleaseId>,
    /// The number of indexed codes after the update.
    pub codes: usize,
    /// The number of their versions.
    pub versions: usize,
}

/// The effect of a given source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It was not indexed before.
    Added,
    /// It replaced an earlier issue.
    Replaced,
    /// The same bytes were already indexed.
    Unchanged,
    /// It was ignored, because a later issue is indexed.
    Superseded,
}

impl Effect {
    /// Whether it changed something.
    #[must_use]
    pub fn is_change(self) -> bool {
        matches!(self, Self::Added | Self::Replaced)
    }
}

/// The effect of a given release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReleaseUpdate {
    /// Which release it is.
    pub id: ReleaseId,
    /// The file that was given.
    pub source: PathBuf,
    /// The effect.
    pub effect: Effect,
    /// The release with which it is compared: the issue that it replaces, else the release before
    /// it in time; `None` if it is the first.
    pub before: Option<ReleaseId>,
    /// The file from which that release was indexed.
    pub before_source: Option<PathBuf>,
    /// How many codes of that release it lacks.
    pub lacks: usize,
    /// The changes since that release; `None` if there is none, or if the given release changed
    /// nothing.
    pub changes: Option<Changes>,
    /// How many lines could not be read.
    pub skipped: usize,
    /// How many rows of CPT and CDT, which are not covered, were left out.
    pub left_out: usize,
}

/// The effect of a given annotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceUpdate {
    /// Its kind, such as `clinical note`.
    pub kind: &'static str,
    /// Its title, or its kind with its quarter or year.
    pub label: String,
    /// The file that was given.
    pub source: PathBuf,
    /// The effect.
    pub effect: Effect,
    /// The file that it replaces, or the later issue that is indexed instead.
    pub before: Option<PathBuf>,
    /// How many codes it is about.
    pub codes: usize,
    /// How many of them no release has.
    pub unknown: usize,
}

/// The change of an annotation that was indexed before. Annotations without a change are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnnotationChange {
    /// Its kind, such as `clinical note`.
    pub kind: &'static str,
    /// Its title, or its kind with its quarter or year.
    pub label: String,
    /// Codes that it now applies to: new codes, and those of a new issue of it.
    pub joined: Vec<Code>,
    /// Codes that it no longer applies to.
    pub no_longer_joined: Vec<Code>,
    /// Its codes to which the given releases gave a termination date.
    pub terminated: Vec<Code>,
}
