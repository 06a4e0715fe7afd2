//! A code's versions, each with the days on which it holds.

use crate::codeset::{Date, DateSpan, Record};

/// What the releases said of a code over a span of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// What they said.
    pub record: Record,
    /// From the first release that published it to the day before the one that did no more.
    pub holds: DateSpan,
    /// Number of the first release that published it, in the order of the releases.
    pub first_release: u16,
    /// Number of the last release that published it.
    pub last_release: u16,
    /// Whether the code means something else in another version.
    pub reissued: bool,
}

/// The versions of the codes of one release.
#[must_use]
pub fn versions(records: Vec<Record>) -> Vec<Version> {
    let holds = DateSpan {
        first: Date::MIN,
        last: Date::MAX,
    };
    let version = |record| Version {
        record,
        holds,
        first_release: 0,
        last_release: 0,
        reissued: false,
    };
    records.into_iter().map(version).collect()
}
