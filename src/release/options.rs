//! `ReadOptions`: how a release is read.

use super::id::ReleaseId;

/// Options for reading a release.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Whether the first unreadable line is an error. If not, such lines are skipped and reported.
    pub strict: bool,
    /// Which release it is, for files that do not say so.
    pub id: Option<ReleaseId>,
}
