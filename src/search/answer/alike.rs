//! `Alike`: a look-alike, with the words in which its descriptor differs.

use serde::Serialize;

use crate::codeset::Code;

use super::difference::differing;

/// A look-alike of the described code, and the words that differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Alike {
    /// The code that looks like it.
    pub code: Code,
    /// The words that only `code` has in its long descriptor.
    pub has: String,
    /// The words that only the described code has.
    pub has_not: String,
}

impl Alike {
    /// A look-alike with its long descriptor, compared with the described one.
    pub(super) fn new(code: Code, text: &str, described: &str) -> Self {
        let (has, has_not) = differing(text, described);
        Self { code, has, has_not }
    }
}

/// The result of comparing a version with the first of a run.
pub(crate) struct Compared {
    /// The first version of the run.
    pub(crate) first: u32,
    /// How they differ, if the version continues the run.
    pub(crate) alike: Option<Alike>,
}
