//! `Version`: a record that some releases have in common, over a span of days.

use super::fields::{BothHave, FieldChange, field_changes};
use super::quarterly::Quarterly;
use super::validity::{Life, release_of};
use crate::codeset::{DateSpan, Record};

/// A record that some releases have in common, over a span of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The record; values that belong to a quarter are those of the newest release.
    pub record: Record,
    /// From the first release that published it to the day before the first that no longer did.
    pub holds: DateSpan,
    /// Number of the first release that published it, in order of time.
    pub first_release: u16,
    /// Number of the last release that published it.
    pub last_release: u16,
    /// Whether the code means something else in another version.
    pub reissued: bool,
    /// Values that belong to the quarter and not to the code, release by release; an entry holds up
    /// to the next.
    pub quarterly: Vec<Quarterly>,
    /// The life of the code to which it belongs.
    pub life: Life,
    /// The days on which this version gives text and values of the code; `None` if others do on all
    /// days.
    pub answers: Option<DateSpan>,
}

impl Version {
    /// The quarterly values of a release that published the version.
    #[must_use]
    pub fn quarterly_of(&self, release: u16) -> Option<&Quarterly> {
        let entries = self.quarterly.iter().rev();
        let mut before = entries.skip_while(|entry| entry.release > release);
        before.next().filter(|_| release <= self.last_release)
    }

    /// The record on a day, given the release in force: text, values and action as in that release,
    /// or in the nearest that published the version, and the newest dates of the code's life.
    pub(crate) fn record_on(self, in_force: u16) -> Record {
        let release = release_of((self.first_release, self.last_release), in_force);
        let own = self.quarterly_of(release).cloned();
        let mut record = self.record;
        if let Some(own) = own {
            // a workbook lacks action dates, which the text of another quarter has
            let effective = own.action_effective.or(record.action_effective);
            own.apply(&mut record);
            record.action_effective = effective;
        }
        record.added = self.life.from;
        record.terminated = self.life.until;
        record
    }

    /// The fields in which this version differs from an earlier one of the same code.
    ///
    /// ```
    /// use hcpcs::Release;
    /// use hcpcs::history::timeline;
    ///
    /// let mut january = Release::starter()?;
    /// january.id = "2026-01".parse()?;
    /// let mut april = january.clone();
    /// april.id = "2026-04".parse()?;
    /// april.records[0].long_descriptor.push_str(", each");
    /// let timeline = timeline(&[january, april]);
    /// let [before, after] = timeline.versions_of(timeline.versions[0].record.code) else { panic!() };
    /// assert_eq!(after.changes_since(before)[0].field, "long_descriptor");
    /// # Ok::<(), hcpcs::Error>(())
    /// ```
    #[must_use]
    pub fn changes_since(&self, before: &Self) -> Vec<FieldChange> {
        // gaps of a version's releases are filled from other releases
        let both_have = BothHave {
            processing_notes: true,
            noc_list: true,
        };
        field_changes(&before.record, &self.record, both_have)
    }
}
