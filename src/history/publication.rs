//! `Publication`: the release that gives text and values of a code on a day.

use std::fmt;

use serde::Serialize;

use crate::release::ReleaseId;

/// Whether the release that answers for a day was published by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Published {
    /// It is the release in force on the day.
    InForce,
    /// It came into force after the day; the releases up to the day do not list the code.
    Later,
    /// It was in force before the day; the releases since do not list the code, or another life of
    /// it.
    Earlier,
}

impl Published {
    /// The words before the release's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InForce => "release",
            Self::Later => "published in",
            Self::Earlier => "earlier release",
        }
    }
}

/// The release that gives text, values and action of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Publication {
    /// The release.
    pub release: ReleaseId,
    /// Whether it was published by the day asked for.
    pub when: Published,
}

impl fmt::Display for Publication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.when.name(), self.release)
    }
}
