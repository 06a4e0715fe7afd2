//! `ReadOptions`: how a release is read.

use super::id::ReleaseId;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Whether the first line that cannot be read is an error; else such lines are skipped and told.
    pub strict: bool,
    /// Which release it is where no name says it.
    pub id: Option<ReleaseId>,
}
