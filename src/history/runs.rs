//! Joins consecutive releases that say the same of a code into one version.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::calendar::{Calendar, number};
use super::content;
use super::edition::Edition;
use super::gaps::{Filled, Gaps};
use super::lives::{Said, lives};
use super::quarterly::Point;
use super::quarterly::Quarterly;
use super::reissue::is_reissue;
use super::validity::Life;
use super::version::Version;
use crate::codeset::Code;
use crate::release::Release;

/// The points of each code.
#[derive(Default)]
pub(super) struct Codes<'a>(BTreeMap<Code, Vec<Point<'a>>>);

impl<'a> Codes<'a> {
    /// Adds the records of a release.
    pub(super) fn add(&mut self, release: usize, from: &'a Release) {
        for record in &from.records {
            let points = self.0.entry(record.code).or_default();
            points.push(Point::of(release, record));
        }
    }

    /// Splits a version into the points of its releases, under the releases' new numbers.
    pub(super) fn take(&mut self, version: &'a Version, moved: impl Fn(usize) -> Option<usize>) {
        let points = self.0.entry(version.record.code).or_default();
        for old in version.first_release..=version.last_release {
            let (Some(release), Some(entry)) = (moved(old.into()), version.quarterly_of(old))
            else {
                continue;
            };
            let mut quarterly = entry.clone();
            quarterly.release = number(release);
            points.push(Point {
                release,
                record: &version.record,
                quarterly,
            });
        }
    }

    /// The versions, sorted by code, then by first day.
    pub(super) fn versions(mut self, releases: &[Edition]) -> Vec<Version> {
        for points in self.0.values_mut() {
            points.sort_by_key(|point| point.release);
        }
        let gaps = Gaps::new(releases, self.0.values().flatten());
        let calendar = Calendar::new(releases.iter().map(|own| own.id.clone()));
        let codes: Vec<Vec<Point<'_>>> = self.0.into_values().collect();
        let versions = codes.into_par_iter();
        let versions = versions.flat_map_iter(|points| versions_of(&calendar, &gaps, points));
        versions.collect()
    }
}

/// The versions of one code, by first day.
fn versions_of(calendar: &Calendar, gaps: &Gaps<'_>, points: Vec<Point<'_>>) -> Vec<Version> {
    let mut versions = Vec::with_capacity(1);
    let filled = gaps.fill(&points);
    let mut said = points.into_iter().zip(filled).peekable();
    while let Some((point, filled)) = said.next() {
        let mut run = vec![point];
        while let Some((next, _)) =
            said.next_if(|(next, own)| *own == filled && goes_on(&run, next))
        {
            run.push(next);
        }
        versions.extend(version(calendar, run, filled));
    }
    mark_reissues(&mut versions);
    give_lives(calendar, &mut versions);
    versions
}

/// Whether the next release says the same of the code as the last of a run.
fn goes_on(run: &[Point], next: &Point) -> bool {
    run.last().is_some_and(|last| {
        last.release + 1 == next.release && content::is_same(last.record, next.record)
    })
}

/// The version of consecutive points; the newest gives the record.
fn version(calendar: &Calendar, run: Vec<Point>, filled: Filled) -> Option<Version> {
    let (first, last) = (number(run.first()?.release), number(run.last()?.release));
    let mut record = run.last()?.record.clone();
    run.last()?.quarterly.apply(&mut record);
    record.not_otherwise_classified = filled.not_otherwise_classified;
    if let Some(note) = &mut record.processing_note {
        note.text = filled.note.map(str::to_owned);
    }
    let mut quarterly: Vec<Quarterly> = Vec::new();
    for point in run {
        let own = point.quarterly.rebase(point.record, &record);
        if quarterly
            .last()
            .is_none_or(|last| !last.says_the_same(&own))
        {
            quarterly.push(own);
        }
    }
    // a workbook may lack a date that an earlier text has
    let mut dates = quarterly.iter().rev().map(|entry| entry.action_effective);
    record.action_effective = dates.find_map(|date| date);
    Some(Version {
        record,
        holds: calendar.span(first, last),
        first_release: first,
        last_release: last,
        reissued: false,
        quarterly,
        life: Life::default(),
        answers: None,
    })
}

/// Marks the versions of a code if one means something else than the one before.
fn mark_reissues(versions: &mut [Version]) {
    let is_reissued = versions
        .windows(2)
        .any(|pair| matches!(pair, [before, after] if is_reissue(&before.record, &after.record)));
    for version in versions {
        version.reissued = is_reissued;
    }
}

/// Gives each version of a code its life and the days on which it answers.
fn give_lives(calendar: &Calendar, versions: &mut [Version]) {
    let said = versions.iter().map(|own| Said {
        record: &own.record,
        effective: own
            .quarterly
            .first()
            .and_then(|first| first.action_effective),
        listed: (own.first_release, own.last_release),
    });
    let said: Vec<Said<'_>> = said.collect();
    let lives = lives(calendar, &said);
    for (version, (life, answers)) in versions.iter_mut().zip(lives) {
        version.life = life;
        version.answers = answers;
    }
}
