//! Refuses a release that is damaged, or lacks too much of the one before it.

use std::collections::HashSet;

use super::guard::{ONE_IN, check_damage, is_more_than};
use crate::codeset::{Code, Date, Kind, Record};
use crate::error::{Error, Result};
use crate::release::{Release, ReleaseId};

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

/// Whether more than a tenth is missing; a single missing code is always accepted.
fn is_too_much(missing: usize, all: usize) -> bool {
    is_more_than(missing, all, ONE_IN)
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
