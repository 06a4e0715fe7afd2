//! The verdicts on the items of a list of codes.

use serde::Serialize;

use crate::codeset::Code;

/// An item of a list of codes, and its verdict on the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct AskedCode {
    /// The item as asked.
    pub asked: String,
    /// Its verdict on the day.
    pub verdict: AskedVerdict,
    /// How many hits it has; the hits of a list are in the order of its items.
    pub hits: usize,
    /// Why it has no hit, or a notice about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Codes that were possibly meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<Nearest>,
    /// The rank of the hit before which it is shown, if it has no hit itself.
    #[serde(skip)]
    pub(crate) before: usize,
}

/// The verdict on an item of a list of codes on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AskedVerdict {
    /// It is valid: a claim of that day may carry it, or one of its codes.
    Valid,
    /// It begins after that day.
    NotYetValid,
    /// It ended before that day.
    Terminated,
    /// A release that began by that day no longer lists it, and no release gives a termination
    /// date.
    NoLongerListed,
    /// The releases that would cover that day are not indexed.
    UnknownBetweenReleases,
    /// A filter leaves its codes out.
    LeftOut,
    /// No release has it, or no drug product has the NDC.
    Unknown,
    /// The release lacks it but is not complete, so it may still be a code; or CMS re-activated it,
    /// and no indexed release says whether it was valid on the day.
    Undetermined,
    /// CPT or CDT: only the number is recognised.
    OutOfScope,
}

impl AskedVerdict {
    /// The verdict in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::NotYetValid => "not yet valid",
            Self::Terminated => "terminated",
            Self::NoLongerListed => "no longer listed",
            Self::UnknownBetweenReleases => "unknown between releases",
            Self::LeftOut => "left out by the filters",
            Self::Unknown => "unknown",
            Self::Undetermined => "undetermined",
            Self::OutOfScope => "out of scope",
        }
    }
}

/// A code that was possibly meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Nearest {
    /// The code.
    pub code: Code,
    /// The long descriptor as published.
    pub long_descriptor: String,
}
