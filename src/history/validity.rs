//! Decides whether a code is valid on a day, and by which release; nothing else decides it.
//!
//! CMS often publishes a code a quarter or more after its added date, and a termination date after
//! that day. So the release in force on a day does not determine a code's validity on that day: of
//! all releases that cover a life of the code, the newest gives its dates.

use std::cmp::Ordering;

use serde::Serialize;

use super::calendar::Calendar;
use super::publication::{Publication, Published};
use crate::codeset::{Date, DateSpan, Record};
use crate::release::ReleaseId;

/// The status of a code on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
}

/// A life of a code: from its added to its termination date, both days included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

    /// Takes the dates of a newer record. A record without an added date does not change the
    /// beginning, and one without any date does not change the end.
    fn take(&mut self, record: &Record) {
        if record.added.is_none() && self.from.is_some() {
            self.until = record.terminated.or(self.until);
        } else {
            self.from = record.added;
            self.until = record.terminated;
        }
    }

    /// Whether a record belongs to a later life than this one: its added date is after this one's
    /// end. The end is its termination date, or if the releases between do not list it, the last
    /// day that a release with it covers. A record that only corrects a date belongs to this life.
    fn ends_before(&self, record: &Record, last_listed: Option<Date>) -> bool {
        let end = match (self.until, last_listed) {
            (Some(until), Some(listed)) => Some(until.min(listed)),
            (until, listed) => until.or(listed),
        };
        let is_later = record
            .added
            .zip(end)
            .is_some_and(|(added, end)| end < added);
        is_later && record.added != self.from
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
        })
    }
}

/// The release from which a version is read: the one in force if it publishes the version, else the
/// nearest that does.
pub(crate) fn release_of((first, last): (u16, u16), in_force: u16) -> u16 {
    in_force.max(first).min(last)
}

/// A record of a code and the consecutive releases that publish it, from which lives are built.
pub(super) struct Said<'r> {
    pub(super) record: &'r Record,
    /// Numbers of the first and the last of these releases.
    pub(super) listed: (u16, u16),
}

/// For each of `said`, its life and the days on which it answers. `said` is in the order of
/// releases.
pub(super) fn lives(calendar: &Calendar, said: &[Said<'_>]) -> Vec<(Life, Option<DateSpan>)> {
    let mut lives: Vec<(Life, usize)> = Vec::new();
    for (at, own) in said.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| said.get(before));
        let left = before.filter(|before| before.listed.1 + 1 < own.listed.0);
        let last_listed = left.and_then(|before| calendar.id(before.listed.1));
        let last_listed = last_listed.map(ReleaseId::last_day);
        match lives.last_mut() {
            Some((life, end)) if !life.ends_before(own.record, last_listed) => {
                life.take(own.record);
                *end = at + 1;
            }
            _ => {
                let mut life = Life::default();
                life.take(own.record);
                lives.push((life, at + 1));
            }
        }
    }
    let mut all = Vec::with_capacity(said.len());
    for (at, (mut life, end)) in lives.iter().copied().enumerate() {
        let start = all.len();
        let next = said.get(end).map(|own| own.listed.0);
        if let Some(last) = said.get(end - 1) {
            life.dropped = dropped(&life, calendar, last.listed.1, next);
        }
        let reigns = reign(&lives, at);
        for place in start..end {
            let before = place.checked_sub(1).filter(|before| start <= *before);
            let before = before.and_then(|before| said.get(before));
            let is_last = place + 1 == end;
            let answers = said.get(place).and_then(|own| {
                let first = before.map_or(0, |before| before.listed.1 + 1);
                let last = if is_last { u16::MAX } else { own.listed.1 };
                cut(calendar.span(first, last), reigns?)
            });
            all.push((life, answers));
        }
    }
    all
}

/// How a life disappeared from the releases, by the last release that lists it and the next that
/// lists the code.
fn dropped(life: &Life, calendar: &Calendar, last: u16, next: Option<u16>) -> Option<Dropped> {
    let absent = last.checked_add(1).filter(|absent| next != Some(*absent))?;
    let from = calendar.first_day(absent)?;
    let is_explained = life.until.is_some_and(|until| until < from);
    (!is_explained).then_some(Dropped {
        last_known: calendar.id(last)?.last_day(),
        from,
    })
}

/// The days on which a life answers: from its first day to the day before a later one begins; the
/// earliest also on all days before.
fn reign(lives: &[(Life, usize)], at: usize) -> Option<DateSpan> {
    let begins = |(life, _): &(Life, usize)| life.from.unwrap_or(Date::MIN);
    let own = begins(lives.get(at)?);
    let next = lives.iter().skip(at + 1).map(begins).min();
    let is_earliest = lives.iter().take(at).all(|before| own <= begins(before));
    let span = DateSpan {
        first: if is_earliest { Date::MIN } else { own },
        last: next.map_or(Date::MAX, Date::yesterday),
    };
    next.is_none_or(|next| own < next).then_some(span)
}

/// The days that two spans share.
fn cut(a: DateSpan, b: DateSpan) -> Option<DateSpan> {
    let both = DateSpan {
        first: a.first.max(b.first),
        last: a.last.min(b.last),
    };
    (both.first <= both.last).then_some(both)
}
