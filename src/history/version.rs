//! `Version`: what the releases said of a code over a span of days.

use super::fields::{Beside, FieldChange, field_changes};
use super::quarterly::Quarterly;
use super::validity::{Life, release_of};
use crate::codeset::{DateSpan, Record};

/// What the releases said of a code over a span of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// What they said; where they differ in what belongs to a quarter, what the newest said.
    pub record: Record,
    /// From the first release that published it to the day before the one that did no more.
    pub holds: DateSpan,
    /// Number of the first release that published it, in the order of the releases.
    pub first_release: u16,
    /// Number of the last release that published it.
    pub last_release: u16,
    /// Whether the code means something else in another version.
    pub reissued: bool,
    /// What belongs to the quarter and not to the code, release by release; an entry holds up to
    /// the next.
    pub quarterly: Vec<Quarterly>,
    /// The life of the code that it speaks of.
    pub life: Life,
    /// The days on which text and values of the code are taken from this version; `None` where
    /// others answer on all days.
    pub answers: Option<DateSpan>,
}

impl Version {
    /// What a release that published the version said that belongs to its quarter.
    #[must_use]
    pub fn quarterly_of(&self, release: u16) -> Option<&Quarterly> {
        let entries = self.quarterly.iter().rev();
        let mut before = entries.skip_while(|entry| entry.release > release);
        before.next().filter(|_| release <= self.last_release)
    }

    /// The record for a day, of which the release in force is given: text, values and action as
    /// that release has them, or the nearest that published the version, and the newest word about
    /// the dates of the code's life.
    pub(crate) fn record_on(self, in_force: u16) -> Record {
        let release = release_of((self.first_release, self.last_release), in_force);
        let own = self.quarterly_of(release).cloned();
        let mut record = self.record;
        if let Some(own) = own {
            // a workbook lacks dates of actions, which the text of another quarter has
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
        // a version says what its releases left out, as far as any release says it
        let beside = Beside {
            processing_notes: true,
            noc_list: true,
        };
        field_changes(&before.record, &self.record, beside)
    }
}
