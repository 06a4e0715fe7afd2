//! Decides whether a code is valid on a day, and by which release; nothing else decides it.
//!
//! CMS often publishes a code a quarter or more after its added date, and a termination date after
//! that day. So the release in force on a day does not determine a code's validity on that day: of
//! all releases that cover a life of the code, the newest gives its dates. A code that CMS
//! re-activates begins another life on that day: it stays invalid on the days between.

use std::cmp::Ordering;

use serde::Serialize;

use super::calendar::Calendar;
use super::publication::{Publication, Published};
use crate::codeset::Date;

/// The status of a code on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A claim of that day may carry it.
    Valid,
    /// It ended before that day.
    Terminated,
    /// It begins after that day.
    NotYetValid,
    /// The last release that lists it covers earlier days only, and the next indexed release, which
    /// no longer lists it, begins after that day. The quarters between are not indexed.
    UnknownBetweenReleases,
    /// A release that began by that day no longer lists it, and no release gives a termination
    /// date.
    NoLongerListed,
}

impl Status {
    /// The status in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Terminated => "terminated",
            Self::NotYetValid => "not yet valid",
            Self::UnknownBetweenReleases => "unknown between releases",
            Self::NoLongerListed => "no longer listed",
        }
    }

    /// Whether the code was valid before and is no more, so that CMS may name others in its place.
    pub(crate) fn has_ended(self) -> bool {
        matches!(self, Self::Terminated | Self::NoLongerListed)
    }
}

/// A life of a code: from its added to its termination date, both days included. Of a code that CMS
/// re-activated, the second life begins on that day, not on the added date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Life {
    /// The first valid day, if a release gives one.
    pub from: Option<Date>,
    /// The last valid day, if a release gives one.
    pub until: Option<Date>,
    /// How it was dropped from the releases before such a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Dropped>,
}

/// How a code disappeared from the releases without a termination date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Dropped {
    /// The last day that the last release with the code covers: the end of its quarter.
    pub last_known: Date,
    /// The first day of the next indexed release, which no longer lists it.
    pub from: Date,
}

impl Life {
    /// The status of a code of this life on a day.
    #[must_use]
    #[inline]
    pub fn status(&self, day: Date) -> Status {
        if self.until.is_some_and(|until| until < day) {
            Status::Terminated
        } else if self.dropped.is_some_and(|own| own.from <= day) {
            Status::NoLongerListed
        } else if self.from.is_some_and(|from| day < from) {
            Status::NotYetValid
        } else if self.dropped.is_some_and(|own| own.last_known < day) {
            Status::UnknownBetweenReleases
        } else {
            Status::Valid
        }
    }
}

/// The validity of a code on a day, by all releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The status.
    pub status: Status,
    /// The life of the code, by the newest release that covers it.
    pub life: Life,
    /// The release that gives text, values and action.
    pub publication: Publication,
    /// Of a valid code: why it may not have been valid on the day all the same, if a release
    /// re-activated it and none that is indexed says when it had ended.
    pub unclear: Option<String>,
}

impl Validity {
    /// The validity of a version on one of the days on which it answers.
    ///
    /// `listed` are the numbers of the first and the last release that publish the version.
    pub(crate) fn of(
        life: Life,
        listed: (u16, u16),
        calendar: &Calendar,
        day: Date,
    ) -> Option<Self> {
        let in_force = calendar.in_force(day)?;
        let release = release_of(listed, in_force);
        let id = calendar.id(release)?;
        let when = match release.cmp(&in_force) {
            _ if day < id.first_day() => Published::Later,
            Ordering::Less => Published::Earlier,
            _ => Published::InForce,
        };
        Some(Self {
            status: life.status(day),
            life,
            publication: Publication {
                release: id.clone(),
                when,
            },
            unclear: None,
        })
    }
}

/// The release from which a version is read: the one in force if it publishes the version, else the
/// nearest that does.
pub(crate) fn release_of((first, last): (u16, u16), in_force: u16) -> u16 {
    in_force.max(first).min(last)
}
