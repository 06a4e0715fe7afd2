//! `CrossReference`: a code that another names as its successor, and what has become of it.

use serde::Serialize;

use crate::codeset::Code;

/// The standing of a cross reference's target on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A code that is valid on the day.
    Valid,
    /// A code that is valid only later.
    NotYetValid,
    /// A code that is terminated and names no successor.
    Terminated,
    /// A code that is no longer listed, without a termination date, and names no successor.
    NoLongerListed,
    /// A code on which no indexed release has information for the day (see
    /// [`Status::UnknownBetweenReleases`](super::Status::UnknownBetweenReleases)).
    UnknownBetweenReleases,
    /// A code that CMS re-activated; no indexed release says whether it was valid on the day.
    Undetermined,
    /// A code that was already followed, so the references form a cycle.
    Cycle,
    /// A code that is in none of the releases.
    Unknown,
    /// A CPT number, or the word CPT: HCPCS Level I, which is not covered here.
    Cpt,
    /// A CDT (dental) code, which is not covered here.
    Cdt,
    /// Not a code.
    NotACode,
}

impl Standing {
    /// The standing in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::NotYetValid => "not yet valid",
            Self::Terminated => "terminated, leads no further",
            Self::NoLongerListed => "no longer listed, leads no further",
            Self::UnknownBetweenReleases => "unknown between releases",
            Self::Undetermined => "re-activated, may not have been valid on the day",
            Self::Cycle => "leads back",
            Self::Unknown => "in no release that is indexed",
            Self::Cpt => "CPT, not covered here",
            Self::Cdt => "CDT, not covered here",
            Self::NotACode => "not a code",
        }
    }
}

/// The target of a cross reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct CrossReference {
    /// The target as CMS writes it. CMS: columns 205–229, `HCPCS_XREF_CD`.
    pub target: String,
    /// Its standing on the day.
    pub standing: Standing,
    /// The ended codes between the requested code and the target.
    pub through: Vec<Code>,
}
