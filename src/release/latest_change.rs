//! The latest change to the codes of a release, which dates its content.

use super::id::ReleaseId;
use super::quarter::Quarter;
use crate::codeset::{Code, Date, Record};

/// The latest day on which an action happened to a code.
#[derive(Clone, Copy)]
pub(super) struct Latest {
    pub(super) day: Date,
    code: Code,
    /// The action.
    what: &'static str,
}

impl Latest {
    /// That of some records.
    pub(super) fn of(records: &[Record]) -> Option<Self> {
        let added = records.iter().filter_map(|own| {
            let (day, code) = (own.added?, own.code);
            let what = "was added";
            Some(Self { day, code, what })
        });
        let changed = records.iter().filter_map(|own| {
            let (day, code) = (own.action_effective?, own.code);
            let what = "was changed";
            Some(Self { day, code, what })
        });
        changed.chain(added).max_by_key(|own| (own.day, own.code))
    }

    /// The change in words.
    pub(super) fn text(self) -> String {
        let Self { day, code, what } = self;
        format!("{code} {what} on {day}")
    }

    /// The release of the quarter in which a day lies.
    pub(super) fn release(self) -> ReleaseId {
        let number = self.day.number();
        let quarter = match number / 100 % 100 {
            1..=3 => Quarter::January,
            4..=6 => Quarter::April,
            7..=9 => Quarter::July,
            _ => Quarter::October,
        };
        of_quarter(u16::try_from(number / 10_000).unwrap_or(u16::MAX), quarter)
    }
}

/// The release of a quarter, of no issue.
pub(super) fn of_quarter(year: u16, quarter: Quarter) -> ReleaseId {
    ReleaseId {
        year,
        quarter,
        issue: None,
    }
}
