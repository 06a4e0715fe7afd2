//! Guards: compare sources with what they follow or replace, and refuse damaged files.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use super::latest_issue::is_same;
use crate::annotation::{Annotations, SourceKind};
use crate::codeset::{Code, Date, Kind, Record};
use crate::error::{Error, Result};
use crate::release::{Release, ReleaseId};

/// If more than one in this many is missing, the source is taken for damaged. In the releases of
/// 2019 to 2026 none lacks a code of the one before.
const ONE_IN: usize = 10;

/// At most so many days lie between the first days of two quarters.
const DAYS_OF_A_QUARTER: i32 = 92;

/// A release that another one follows or replaces.
#[derive(Clone, Copy)]
pub(crate) struct Before<'a> {
    pub(crate) id: &'a ReleaseId,
    pub(crate) records: &'a [Record],
}

/// Refuses a damaged release.
pub(crate) fn check_whole(release: &Release) -> Result<()> {
    check_damage(&release.source, &release.damage)
}

/// Refuses a file with signs that it is cut or damaged.
fn check_damage(path: &Path, damage: &[String]) -> Result<()> {
    let (first, more) = match damage {
        [] => return Ok(()),
        [first] => (first, String::new()),
        [first, others @ ..] => (first, format!(" (and {} more faults)", others.len())),
    };
    let reason = format!("{first}{more}, so that it may be incomplete, and nothing was changed");
    Err(Error::refused(path, reason))
}

/// Whether more than a tenth is missing; a single missing code is always accepted.
fn is_too_much(missing: usize, all: usize) -> bool {
    is_more_than(missing, all, ONE_IN)
}

fn is_more_than(missing: usize, all: usize, one_in: usize) -> bool {
    missing > 1 && missing * one_in > all
}

/// Refuses a release that lacks more than a tenth of the codes of the one before it, or of one of
/// its kinds or sections.
pub(crate) fn check_release(before: Before<'_>, release: &Release) -> Result<()> {
    let codes: HashSet<Code> = release.records.iter().map(|own| own.code).collect();
    let lacks = |own: &&Record| !codes.contains(&own.code);
    let (missing, all) = (
        before.records.iter().filter(lacks).count(),
        before.records.len(),
    );
    let refuse = |missing: usize, all: usize, what: &str| {
        let reason = format!(
            "{} lacks {missing} of the {all} {what} of {}, more than a tenth, and nothing was changed",
            release.id, before.id
        );
        Err(Error::refused(&release.source, reason))
    };
    if is_too_much(missing, all) {
        return refuse(missing, all, "codes");
    }
    // what could not be read would look like what CMS has dropped
    if missing > 0 && !release.skipped.is_empty() {
        let (unread, id, before) = (release.skipped.len(), &release.id, before.id);
        let reason = format!(
            "lines of {id} that cannot be read: {unread}; it lacks {missing} of the codes of \
             {before}, and nothing was changed"
        );
        return Err(Error::refused(&release.source, reason));
    }
    // CMS drops codes from its files some years after their end
    let lives = |own: &&Record| {
        let ended = own.terminated.unwrap_or(Date::MAX);
        ended >= release.id.first_day()
    };
    let living: Vec<&Record> = before.records.iter().filter(lives).collect();
    let missing: Vec<&Record> = living.iter().copied().filter(|own| lacks(own)).collect();
    let mut groups: Vec<Group> = missing.iter().map(|own| Group::of(own.code)).collect();
    groups.sort_unstable();
    for same in groups.chunk_by(|a, b| a == b) {
        let [group, ..] = same else { continue };
        let all = living.iter().filter(|own| Group::of(own.code) == *group);
        let all = all.count();
        if is_too_much(same.len(), all) {
            return refuse(same.len(), all, &group.name());
        }
    }
    Ok(())
}

/// The modifiers, or the procedure codes of a section.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Modifiers,
    Section(char),
}

impl Group {
    fn of(code: Code) -> Self {
        match (code.kind(), code.as_str().chars().next()) {
            (Kind::Procedure, Some(letter)) => Self::Section(letter),
            _ => Self::Modifiers,
        }
    }

    fn name(self) -> String {
        match self {
            Self::Modifiers => "modifiers".to_owned(),
            Self::Section(letter) => format!("codes of section {letter}"),
        }
    }
}

/// Refuses a damaged crosswalk or taxonomy.
pub(crate) fn check_whole_annotations(given: &Annotations) -> Result<()> {
    check_damage(&given.source().path, &given.source().damage)
}

/// Refuses a crosswalk or a taxonomy that lacks more than a tenth of the codes or rows of the one
/// that it replaces or follows; of one that follows after more than a quarter, a half. Only codes that a release has are compared: without the others no answer is
/// lost.
pub(crate) fn check_annotations(
    before: &Annotations,
    given: &Annotations,
    is_in_a_release: impl Fn(Code) -> bool,
) -> Result<()> {
    let source = given.source();
    if !matches!(source.kind, SourceKind::DrugProducts | SourceKind::Rbcs) {
        return Ok(());
    }
    let place = if is_same(before, given) {
        "would replace"
    } else {
        "follows"
    };
    let (one_in, share) = if is_next(before, given) {
        (ONE_IN, "a tenth")
    } else {
        (2, "a half")
    };
    let refuse = |missing: usize, all: usize, what: &str| {
        let reason = format!(
            "lacks {missing} of the {all} {what} of {}, which it {place}, more than {share}, \
             and nothing was changed",
            before.source().name()
        );
        Err(Error::refused(&source.path, reason))
    };
    let codes = |own: &Annotations| -> BTreeSet<Code> {
        let codes = own.codes().into_iter();
        codes.filter(|code| is_in_a_release(*code)).collect()
    };
    let (old, new) = (codes(before), codes(given));
    let missing = old.difference(&new).count();
    if is_more_than(missing, old.len(), one_in) {
        return refuse(missing, old.len(), "codes");
    }
    let (old, new) = (before.rows_of(&old), given.rows_of(&new));
    let missing = old.saturating_sub(new);
    if is_more_than(missing, old, one_in) {
        return refuse(missing, old, "rows");
    }
    Ok(())
}

/// Whether an annotation is of the same quarter as another one, or of the next.
fn is_next(before: &Annotations, given: &Annotations) -> bool {
    let days = before.source().date.zip(given.source().date);
    is_same(before, given)
        || days.is_some_and(|(own, next)| {
            own.later(DAYS_OF_A_QUARTER)
                .is_some_and(|latest| next <= latest)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(id: &str, codes: &[String], ended: &[&str]) -> Release {
        let mut release = Release::starter().unwrap();
        release.id = id.parse().unwrap();
        release.records = codes
            .iter()
            .map(|code| {
                let mut record = Record::new(code.parse().unwrap());
                if ended.contains(&code.as_str()) {
                    record.terminated = Some("2020-12-31".parse().unwrap());
                }
                record
            })
            .collect();
        release
    }

    fn codes() -> Vec<String> {
        let section = |letter: char, count: usize| {
            (0..count).map(move |nth| format!("{letter}{:04}", 1000 + nth))
        };
        let modifiers = ["JW", "RR", "NU"].map(str::to_owned);
        let codes = section('J', 80)
            .chain(section('T', 10))
            .chain(section('V', 2));
        codes.chain(modifiers).collect()
    }

    /// The error for a release without some codes, after one in which some have ended.
    fn refusal(without: &[&str], ended: &[&str]) -> Option<String> {
        let all = codes();
        let before = release("2025-10", &all, ended);
        let kept = all
            .iter()
            .filter(|code| !without.iter().any(|own| code.starts_with(own)));
        let kept: Vec<String> = kept.cloned().collect();
        let before = Before {
            id: &before.id,
            records: &before.records,
        };
        let error = check_release(before, &release("2026-01", &kept, &[])).err()?;
        let error = error.to_string();
        let reason = error.split_once(": 2026-01 lacks ").unwrap().1;
        Some(reason.split_once(" of 2025-10").unwrap().0.to_owned())
    }

    #[test]
    fn kinds_and_sections_are_held_by_themselves() {
        assert_eq!(refusal(&[], &[]), None);
        assert_eq!(refusal(&["J100"], &[]).unwrap(), "10 of the 95 codes");
        assert_eq!(
            refusal(&["JW", "RR", "NU"], &[]).unwrap(),
            "3 of the 3 modifiers"
        );
        assert_eq!(
            refusal(&["V"], &[]).unwrap(),
            "2 of the 2 codes of section V"
        );
        assert_eq!(
            refusal(&["T1008"], &[]),
            None,
            "a tenth is not more than a tenth"
        );
        assert_eq!(
            refusal(&["T1008", "T1009"], &[]).unwrap(),
            "2 of the 10 codes of section T"
        );
        assert_eq!(refusal(&["V"], &["V1000", "V1001"]), None, "they had ended");
        assert_eq!(refusal(&["V"], &["V1000"]), None, "a single code");
    }

    #[test]
    fn damage_is_named() {
        let mut given = release("2026-01", &codes(), &[]);
        assert!(check_whole(&given).is_ok());
        given.damage = vec!["line 9: cut".into(), "other".into()];
        let error = check_whole(&given).unwrap_err().to_string();
        assert!(
            error.contains("line 9: cut (and 1 more faults), so that it may be incomplete"),
            "{error}"
        );
    }
}
