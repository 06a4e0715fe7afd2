//! `Listed`: a code of a list, read from the index only as far as it is asked for.

use crate::codeset::{Code, Date, Record};
use crate::history::{Publication, Status};
use crate::index::Field;
use crate::index::store::row::{Row, RowFlags};

use crate::search::searcher::Searcher;

/// A code of a list.
#[derive(Clone, Copy)]
pub struct Listed<'s> {
    searcher: &'s Searcher,
    doc: u32,
    day: Date,
}

impl<'s> Listed<'s> {
    pub(crate) fn new(searcher: &'s Searcher, doc: u32, day: Date) -> Self {
        Self { searcher, doc, day }
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

    /// What the code is on the day asked for.
    #[must_use]
    pub fn status(&self) -> Status {
        self.row().life().status(self.day)
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

    /// Whether a claim needs a narrative: "not otherwise classified".
    #[must_use]
    pub fn not_otherwise_classified(&self) -> bool {
        self.row().has(RowFlags::NOC)
    }

    /// The full record, which takes longer to read than the rest.
    #[must_use]
    pub fn record(&self) -> Option<Record> {
        self.searcher.record_of(self.doc, self.day)
    }

    /// The release that text and values are from.
    #[must_use]
    pub fn publication(&self) -> Option<Publication> {
        let validity = self.searcher.validity_of(self.doc, self.day)?;
        Some(validity.publication)
    }

    fn row(&self) -> Row<'s> {
        self.searcher.reader.store.row(self.doc)
    }

    fn text(&self, field: Field) -> &'s str {
        self.searcher.reader.store.text(self.doc, field)
    }
}
