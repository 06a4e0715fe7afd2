//! A reading of releases by hand, day by day, that shares nothing with the library's.

use hcpcs::history::is_reissue;
use hcpcs::{Code, Date, Record, Release, Status};

/// What a code is on a day.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    pub(crate) status: Status,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    /// Place of the release that text, values and action are from.
    pub(crate) release: usize,
    /// Its record.
    pub(crate) record: Record,
    /// Whether no release up to the day lists this life, and that one came later.
    pub(crate) is_ahead: bool,
    /// Whether it may not be valid though its dates say so: it was re-activated later, and no
    /// release says when it had ended.
    pub(crate) is_unclear: bool,
}

/// A life as it is read: dates, and the places of the releases that speak of it.
struct Life {
    /// The day on which it was re-activated, if that began it.
    again: Option<Date>,
    from: Option<Date>,
    until: Option<Date>,
    listed: Vec<usize>,
}

fn find(release: &Release, code: Code) -> Option<&Record> {
    release.records.iter().find(|own| own.code == code)
}

/// The last day of a release's quarter.
fn quarter_end(release: &Release) -> Date {
    let month = u32::from(release.id.quarter.month()) + 2;
    let last = if matches!(month, 6 | 9) { 30 } else { 31 };
    Date::from_number(u32::from(release.id.year) * 10_000 + month * 100 + last).unwrap()
}

/// The day on which a record of an ended life is valid again: neither a correction of its end nor
/// a life of another added date.
fn again(life: &Life, record: &Record, release: &Release) -> Option<Date> {
    let until = life.until?;
    let from = life.from.unwrap_or(Date::MIN);
    let action = record.action_effective.filter(|day| *day > until);
    let day = match (record.terminated, action) {
        (Some(ended), Some(day)) if day <= ended => day,
        (Some(_), _) => return None,
        (None, Some(day)) => day,
        (None, None) => release.id.first_day(),
    };
    let has_gap = from <= until && day > until && day.yesterday() != until;
    record.added.filter(|_| has_gap).map(|_| day)
}

fn lives(releases: &[Release], code: Code) -> Vec<Life> {
    let mut lives: Vec<Life> = Vec::new();
    for (at, release) in releases.iter().enumerate() {
        let Some(record) = find(release, code) else {
            continue;
        };
        while let (Some(own), Some(ended)) = (lives.last(), record.terminated)
            && own.again.is_some_and(|again| ended < again)
        {
            let taken_back = lives.pop().unwrap().listed;
            lives.last_mut().unwrap().listed.extend(taken_back);
        }
        if let Some(life) = lives.last_mut() {
            let before = *life.listed.last().unwrap();
            let mut ends: Vec<Date> = life.until.into_iter().collect();
            if before + 1 < at {
                ends.push(quarter_end(&releases[before]));
            }
            let end = ends.into_iter().min();
            let is_new = record.added != life.from
                && matches!((record.added, end), (Some(added), Some(end)) if added > end);
            if let (false, Some(again)) = (is_new, again(life, record, release)) {
                lives.push(Life {
                    again: Some(again),
                    from: Some(again),
                    until: record.terminated,
                    listed: vec![at],
                });
                continue;
            }
            if !is_new {
                life.listed.push(at);
                if record.added.is_some() || life.from.is_none() {
                    let day = record.added.unwrap_or(Date::MIN);
                    let reactivated = life.again.filter(|again| *again > day);
                    life.from = reactivated.or(record.added);
                    life.until = record.terminated;
                } else if record.terminated.is_some() {
                    life.until = record.terminated;
                }
                continue;
            }
        }
        lives.push(Life {
            again: None,
            from: record.added,
            until: record.terminated,
            listed: vec![at],
        });
    }
    lives
}

/// Reads what a code is on a day out of releases in the order of time.
pub(crate) fn read(releases: &[Release], code: Code, day: Date) -> Option<Read> {
    let lives = lives(releases, code);
    let begins = |life: &Life| life.from.unwrap_or(Date::MIN);
    let begun = lives.iter().rposition(|life| begins(life) <= day);
    let earliest = || (0..lives.len()).rev().min_by_key(|at| begins(&lives[*at]));
    let life = &lives[begun.or_else(earliest)?];
    let begun = releases.iter().filter(|own| own.id.first_day() <= day);
    let in_force = begun.count().saturating_sub(1);
    let mut following = life.listed.iter().filter(|at| **at >= in_force);
    let listed = *following.next().or(life.listed.last())?;
    let release = following.next().copied().filter(|next| {
        let (old, new) = (&releases[listed], &releases[*next]);
        let Some((before, after)) = find(old, code).zip(find(new, code)) else {
            return false;
        };
        let dated_back = after.action_effective;
        dated_back.is_some_and(|from| old.id.first_day() < from && from <= day)
            && is_reissue(before, after)
    });
    let release = release.unwrap_or(listed);
    let last = *life.listed.last()?;
    let lacking = releases.get(last + 1);
    let lacking = lacking.filter(|own| find(own, code).is_none());
    let dropped = lacking.map(|own| own.id.first_day());
    let dropped = dropped.filter(|from| life.until.is_none_or(|until| until >= *from));
    let status = if life.until.is_some_and(|until| day > until) {
        Status::Terminated
    } else if dropped.is_some_and(|from| day >= from) {
        Status::NoLongerListed
    } else if begins(life) > day {
        Status::NotYetValid
    } else if dropped.is_some() && day > quarter_end(&releases[last]) {
        Status::UnknownBetweenReleases
    } else {
        Status::Valid
    };
    let record = find(&releases[release], code)?;
    let again = record.action_effective.filter(|again| day < *again);
    let is_reactivated = record.action.is_some_and(|own| own.as_str() == "R") && again.is_some();
    Some(Read {
        status,
        is_unclear: is_reactivated && status == Status::Valid && life.from.is_some(),
        from: life.from,
        until: life.until,
        release,
        record: record.clone(),
        is_ahead: in_force < release,
    })
}
