//! `Quarterly`: the part of a record that belongs to the release and not to the code.

use serde::{Deserialize, Serialize};

use super::calendar::number;
use crate::codeset::{Action, Date, Record};

/// Values that differ between releases whose records are otherwise the same.
///
/// A difference in them makes no new version: the action is what a quarter did, its effective date
/// follows it (and is missing for 116 codes in workbooks), the sequence number is a position in the
/// file, and the text and the workbook of one release differ in double blanks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarterly {
    /// The first release with these values, by its number in order of time; they hold up to the
    /// next entry.
    pub release: u16,
    /// `HCPCS_SQNC_NUM`.
    pub sequence_number: Option<u32>,
    /// `HCPCS_ACTN_EFCTV_DT`.
    pub action_effective: Option<Date>,
    /// `HCPCS_ACTN_CD`.
    pub action: Option<Action>,
    /// The long descriptor, if its blanks differ from those of the version's record.
    pub long_descriptor: Option<String>,
    /// The short descriptor, if its blanks differ from those of the version's record.
    pub short_descriptor: Option<String>,
}

impl Quarterly {
    /// The quarterly values of a release's record.
    pub(super) fn of(release: u16, record: &Record) -> Self {
        Self {
            release,
            sequence_number: record.sequence_number,
            action_effective: record.action_effective,
            action: record.action,
            long_descriptor: None,
            short_descriptor: None,
        }
    }

    /// The record as the release had it.
    pub(super) fn apply(&self, record: &mut Record) {
        record.sequence_number = self.sequence_number;
        record.action_effective = self.action_effective;
        record.action = self.action;
        if let Some(text) = &self.long_descriptor {
            record.long_descriptor.clone_from(text);
        }
        if let Some(text) = &self.short_descriptor {
            record.short_descriptor.clone_from(text);
        }
    }

    /// Keeps the release's descriptors only if they differ from those of the version.
    pub(super) fn rebase(mut self, from: &Record, onto: &Record) -> Self {
        let rebase = |own: Option<String>, from: &String, onto: &String| {
            let own = own.or_else(|| (from != onto).then(|| from.clone()));
            own.filter(|text| text != onto)
        };
        self.long_descriptor = rebase(
            self.long_descriptor,
            &from.long_descriptor,
            &onto.long_descriptor,
        );
        self.short_descriptor = rebase(
            self.short_descriptor,
            &from.short_descriptor,
            &onto.short_descriptor,
        );
        self
    }

    /// Whether both have the same values, in whatever release.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        let Self {
            release: _,
            sequence_number,
            action_effective,
            action,
            long_descriptor,
            short_descriptor,
        } = self;
        *sequence_number == other.sequence_number
            && *action_effective == other.action_effective
            && *action == other.action
            && *long_descriptor == other.long_descriptor
            && *short_descriptor == other.short_descriptor
    }
}

/// What one release says of one code.
pub(super) struct Point<'a> {
    /// Its index in the order of releases.
    pub(super) release: usize,
    pub(super) record: &'a Record,
    pub(super) quarterly: Quarterly,
}

impl<'a> Point<'a> {
    /// The point of a release's record of a code.
    pub(super) fn of(release: usize, record: &'a Record) -> Self {
        Self {
            release,
            record,
            quarterly: Quarterly::of(number(release), record),
        }
    }
}
