//! What became of each item of a question that is a list of codes.

use serde::Serialize;

use crate::codeset::Code;

/// One item of a question that is a list of codes, and what it is on the day asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AskedCode {
    /// The item as it was asked.
    pub asked: String,
    /// What it is on the day.
    pub verdict: AskedVerdict,
    /// How many hits it has; the hits of a list are in the order of its items.
    pub hits: usize,
    /// Why it has none, or what is to be known of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Codes that may have been meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<Nearest>,
    /// The rank of the hit before which it is shown where it has no hit itself.
    #[serde(skip)]
    pub(crate) before: usize,
}

/// What an item of a list of codes is on the day asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AskedVerdict {
    /// A claim of that day may carry it, or one of its codes.
    Valid,
    /// It begins after that day.
    NotYetValid,
    /// It ended before that day.
    Terminated,
    /// A release that began by that day no longer lists it, and none gave a date of its end.
    NoLongerListed,
    /// The releases that would speak of that day are not indexed.
    UnknownBetweenReleases,
    /// It has a code that a filter leaves out.
    LeftOut,
    /// No release has it, or no drug product.
    Unknown,
    /// The release lacks it, and is not whole, so that it may be a code.
    Undetermined,
    /// CPT or CDT, of which nothing is known here but the number.
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

/// A code that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Nearest {
    /// The code.
    pub code: Code,
    /// The long descriptor as published.
    pub long_descriptor: String,
}
