//! `Verdict`: the verdict on a code or a modifier for a day.

use std::fmt;

use serde::Serialize;

/// The verdict on a code or a modifier for the day of service.
///
/// ```
/// use hcpcs::claims::Verdict;
///
/// assert!(Verdict::Noc.is_valid()); // with a narrative
/// assert_eq!(Verdict::NotYetValid.to_string(), "not yet valid");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A claim of that day may carry it.
    Valid,
    /// A claim may carry it and needs a narrative: "not otherwise classified".
    Noc,
    /// It begins after that day.
    NotYetValid,
    /// It ended before that day.
    Terminated,
    /// A release that began by that day no longer lists it, and no release gives a termination
    /// date.
    NoLongerListed,
    /// The last release that lists it covers earlier days only, and the next indexed release, which
    /// no longer lists it, begins after that day.
    UnknownBetweenReleases,
    /// The release of that day lacks it and does not contain its part of the code set, so it is
    /// unknown whether it is a code.
    Undetermined,
    /// No indexed release has it.
    Unknown,
    /// A code of CPT, CDT, HIPPS or another code set, on which there is no data here: not judged.
    OutOfScope,
    /// The line has a description and no code: not judged.
    NoCode,
}

impl Verdict {
    /// Whether a claim may carry it.
    #[must_use]
    pub fn is_valid(self) -> bool {
        matches!(self, Self::Valid | Self::Noc)
    }

    /// All verdicts.
    #[cfg(feature = "serve")]
    pub(crate) const ALL: [Self; 10] = [
        Self::Valid,
        Self::Noc,
        Self::NotYetValid,
        Self::Terminated,
        Self::NoLongerListed,
        Self::UnknownBetweenReleases,
        Self::Undetermined,
        Self::Unknown,
        Self::OutOfScope,
        Self::NoCode,
    ];

    /// The verdict in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Noc => "noc",
            Self::NotYetValid => "not yet valid",
            Self::Terminated => "terminated",
            Self::NoLongerListed => "no longer listed",
            Self::UnknownBetweenReleases => "unknown between releases",
            Self::Undetermined => "undetermined",
            Self::Unknown => "unknown",
            Self::OutOfScope => "out of scope",
            Self::NoCode => "no code",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
