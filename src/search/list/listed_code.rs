//! `ListedCode`: a code of a list; its fields are read from the index on demand.

use crate::codeset::{Code, Date, Record};
use crate::history::{Status, release_of};
use crate::index::Field;
use crate::index::store::row::{Row, RowFlags};

use crate::release::ReleaseId;
use crate::search::searcher::Searcher;

/// A code of a list.
#[derive(Clone, Copy)]
pub struct ListedCode<'s> {
    searcher: &'s Searcher,
    doc: u32,
    day: Date,
    /// Number of the release in force on the day, or of the requested one.
    in_force: u16,
}

impl<'s> ListedCode<'s> {
    /// A version on a day, as in the release in force or in the release of a number.
    pub(crate) fn new(searcher: &'s Searcher, doc: u32, day: Date, release: Option<u16>) -> Self {
        let in_force = release.or_else(|| searcher.reader.calendar.in_force(day));
        Self {
            searcher,
            doc,
            day,
            in_force: in_force.unwrap_or(0),
        }
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &'s str {
        self.text(Field::Code)
    }

    /// The code, parsed.
    #[must_use]
    pub fn parsed_code(&self) -> Option<Code> {
        self.row().code()
    }

    /// The long descriptor as published.
    #[must_use]
    pub fn long_descriptor(&self) -> &'s str {
        self.text(Field::LongDescriptor)
    }

    /// The short descriptor as published.
    #[must_use]
    pub fn short_descriptor(&self) -> &'s str {
        self.text(Field::ShortDescriptor)
    }

    /// The status of the code on the day.
    #[must_use]
    pub fn status(&self) -> Status {
        self.row().life().status(self.day)
    }

    /// Of a valid code: why it may not have been valid on the day all the same, if a release
    /// re-activated it and none that is indexed says when it had ended.
    #[must_use]
    pub fn unclear(&self) -> Option<String> {
        self.searcher.unclear_on(self.doc, self.day, self.in_force)
    }

    /// Whether the code meant something else at another time.
    #[must_use]
    pub fn is_reissued(&self) -> bool {
        self.row().has(RowFlags::REISSUED)
    }

    /// The first valid day.
    #[must_use]
    pub fn added(&self) -> Option<Date> {
        self.row().life().from
    }

    /// The last valid day.
    #[must_use]
    pub fn terminated(&self) -> Option<Date> {
        self.row().life().until
    }

    /// Whether a claim needs a narrative: "not otherwise classified". `None` if there is no NOC
    /// list.
    #[must_use]
    pub fn not_otherwise_classified(&self) -> Option<bool> {
        self.row().is_noc()
    }

    /// The full record, which is slower to read than the other fields.
    #[must_use]
    pub fn record(&self) -> Option<Record> {
        self.searcher.record_under(self.doc, self.in_force)
    }

    /// The release that gives text and values.
    #[must_use]
    pub fn release(&self) -> Option<&'s ReleaseId> {
        let release = release_of(self.row().releases(), self.in_force);
        self.searcher.reader.calendar.id(release)
    }

    /// Whether a release that was published by the day has the code, or the code is valid on that
    /// day or was before.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.in_force >= self.row().releases().0 || self.status() != Status::NotYetValid
    }

    fn row(&self) -> Row<'s> {
        self.searcher.reader.store.row(self.doc)
    }

    fn text(&self, field: Field) -> &'s str {
        self.searcher.reader.store.text(self.doc, field)
    }
}
