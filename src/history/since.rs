//! What a version of a code says that the one before it did not.

use super::fields::{Beside, FieldChange, field_changes};
use super::timeline::Version;

impl Version {
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
