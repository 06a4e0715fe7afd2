//! Joins what releases say of a code to its lives, and says on which days each version answers.

use super::calendar::Calendar;
use super::reissue::is_reissue;
use super::validity::{Dropped, Life};
use crate::codeset::{Date, DateSpan, Record};
use crate::release::ReleaseId;

/// A record of a code and the consecutive releases that publish it, from which lives are built.
pub(super) struct Said<'r> {
    pub(super) record: &'r Record,
    /// The effective date of the action of the first of these releases.
    pub(super) effective: Option<Date>,
    /// Numbers of the first and the last of these releases.
    pub(super) listed: (u16, u16),
}

/// A life and the records that belong to it.
struct Joined {
    life: Life,
    /// The number of the first record that no longer belongs to it.
    end: usize,
    /// The day on which CMS re-activated the code, if that began the life.
    again: Option<Date>,
}

impl Joined {
    fn new(own: &Said<'_>, end: usize, again: Option<Date>) -> Self {
        let mut joined = Self {
            life: Life::default(),
            end,
            again,
        };
        joined.take(own.record, end);
        joined
    }

    /// Takes the dates of a newer record. A record without an added date does not change the
    /// beginning, and one without any date does not change the end.
    fn take(&mut self, record: &Record, end: usize) {
        self.end = end;
        let life = &mut self.life;
        if record.added.is_none() && life.from.is_some() {
            life.until = record.terminated.or(life.until);
        } else {
            life.from = record.added.max(self.again);
            life.until = record.terminated;
        }
    }

    /// Whether a record belongs to a later life than this one: its added date is after this one's
    /// end. The end is its termination date, or if the releases between do not list it, the last
    /// day that a release with it covers. A record that only corrects a date belongs to this life.
    fn ends_before(&self, record: &Record, last_listed: Option<Date>) -> bool {
        let end = match (self.life.until, last_listed) {
            (Some(until), Some(listed)) => Some(until.min(listed)),
            (until, listed) => until.or(listed),
        };
        let is_later = record
            .added
            .zip(end)
            .is_some_and(|(added, end)| end < added);
        is_later && record.added != self.life.from
    }

    /// The day on which a record makes the code valid again after the end of this life: that of its
    /// action, else the first day of its release. A later termination date alone is a correction.
    fn again_by(&self, own: &Said<'_>, calendar: &Calendar) -> Option<Date> {
        let until = self.life.until?;
        let ended = own.record.terminated;
        let is_possible = self.life.from.is_none_or(|from| from <= until);
        own.record.added.filter(|_| is_possible)?;
        let effective = own.effective.filter(|day| until < *day);
        let begin = match ended {
            Some(ended) => effective.filter(|day| *day <= ended),
            None => effective.or_else(|| calendar.first_day(own.listed.0)),
        };
        begin.filter(|begin| until < begin.yesterday())
    }
}

/// Joins records in the order of releases to lives.
fn joined(calendar: &Calendar, said: &[Said<'_>]) -> Vec<Joined> {
    let mut lives: Vec<Joined> = Vec::new();
    for (at, own) in said.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| said.get(before));
        let left = before.filter(|before| before.listed.1 + 1 < own.listed.0);
        let last_listed = left.and_then(|before| calendar.id(before.listed.1));
        let last_listed = last_listed.map(ReleaseId::last_day);
        // a release that has the earlier end again takes the re-activation back
        let ended = own.record.terminated;
        while let Some(back) = lives.pop_if(|own| ended.is_some() && ended < own.again) {
            if let Some(life) = lives.last_mut() {
                life.end = back.end;
            }
        }
        match lives.last_mut() {
            Some(life) if !life.ends_before(own.record, last_listed) => {
                if let Some(again) = life.again_by(own, calendar) {
                    lives.push(Joined::new(own, at + 1, Some(again)));
                } else {
                    life.take(own.record, at + 1);
                }
            }
            _ => lives.push(Joined::new(own, at + 1, None)),
        }
    }
    lives
}

/// For each of `said`, its life and the days on which it answers. `said` is in the order of
/// releases.
pub(super) fn lives(calendar: &Calendar, said: &[Said<'_>]) -> Vec<(Life, Option<DateSpan>)> {
    let lives = joined(calendar, said);
    let mut all = Vec::with_capacity(said.len());
    for (at, Joined { life, end, .. }) in lives.iter().enumerate() {
        let (mut life, end) = (*life, *end);
        let start = all.len();
        let next = said.get(end).map(|own| own.listed.0);
        if let Some(last) = said.get(end - 1) {
            life.dropped = dropped(&life, calendar, last.listed.1, next);
        }
        let reigns = reign(&lives, at);
        let own = said.get(start..end).unwrap_or_default();
        let firsts: Vec<Date> = (0..own.len())
            .map(|at| first_day(calendar, own, at))
            .collect();
        for (place, first) in firsts.iter().enumerate() {
            let next = firsts.get(place + 1);
            let days = DateSpan {
                first: *first,
                last: next.copied().map_or(Date::MAX, Date::yesterday),
            };
            all.push((life, reigns.and_then(|reigns| cut(days, reigns))));
        }
    }
    all
}

/// The day from which a record answers within its life: the one from which the release before no
/// longer does. A new meaning that CMS dates back answers from that day.
fn first_day(calendar: &Calendar, said: &[Said<'_>], at: usize) -> Date {
    let before = at.checked_sub(1).and_then(|before| said.get(before));
    let Some((before, own)) = before.zip(said.get(at)) else {
        return Date::MIN;
    };
    let last = before.listed.1;
    let first = calendar.span(last + 1, last + 1).first;
    let known = calendar.first_day(last);
    own.effective
        .filter(|day| known < Some(*day) && *day < first)
        .filter(|_| is_reissue(before.record, own.record))
        .unwrap_or(first)
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
fn reign(lives: &[Joined], at: usize) -> Option<DateSpan> {
    let begins = |own: &Joined| own.life.from.unwrap_or(Date::MIN);
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
