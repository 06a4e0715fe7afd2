//! `Quarterly`: what a record says that belongs to the release and not to the code.

use serde::{Deserialize, Serialize};

use crate::codeset::{Action, Date, Record};

/// What releases that say the same of a code say differently.
///
/// It makes no new version: the action is what a quarter did, its effective date follows it (and
/// is missing for 116 codes in workbooks), the sequence number is a place in the file, and the
/// text and the workbook of one release differ in double blanks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarterly {
    /// The first release that says so, up to the next entry; a number in the order of time.
    pub release: u16,
    /// `HCPCS_SQNC_NUM`.
    pub sequence_number: Option<u32>,
    /// `HCPCS_ACTN_EFCTV_DT`.
    pub action_effective: Option<Date>,
    /// `HCPCS_ACTN_CD`.
    pub action: Option<Action>,
    /// The long descriptor where its blanks are not those of the version's record.
    pub long_descriptor: Option<String>,
    /// The short descriptor where its blanks are not those of the version's record.
    pub short_descriptor: Option<String>,
}

impl Quarterly {
    /// What a release says in its record of a code.
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

    /// Keeps, of the descriptors that the release had, what differs from those of a version.
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

    /// Whether both say the same, whatever the release.
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
