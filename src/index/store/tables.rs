//! `Store`: the opened tables, each found by its section.

use tantivy::directory::OwnedBytes;

use super::bytes::{partition, u32_at};
use super::row::{Row, Rows};

/// The name of the tables in the bundle.
pub(crate) const FILE: &str = "codes";

/// The tables, in their order in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Section {
    /// A row a version of a code, in the order of codes and days; its number is the engine's.
    Rows,
    /// The fields and texts of each version.
    DocTexts,
    /// Where each text and its tokens lie.
    Texts,
    TextBytes,
    Tokens,
    /// A row a term, sorted.
    Terms,
    TermBytes,
    /// Terms by hash.
    TermSlots,
    /// Terms that a correction may lead to, by their length.
    Shapes,
    /// Terms that share a stem, behind one another.
    Families,
    /// Full records, each with what belongs to the quarters behind it.
    Records,
    /// What the releases did to the codes of which several did something else.
    Actions,
    /// A row a synonym, sorted by what is asked.
    Synonyms,
    SynonymBytes,
    SynonymTerms,
    /// Synonyms by hash.
    SynonymSlots,
    /// Versions by the hash of their descriptors.
    Wholes,
    /// The annotations as they were read, to build anew from.
    Annotations,
    /// The releases of the timeline, in the order of time.
    Editions,
    /// The fields of each posting of the release, a byte each, in the order of the lists.
    ReleaseFields,
    /// The same of the annotations.
    AnnotationFields,
}

/// Number of sections.
pub(crate) const SECTIONS: usize = Section::AnnotationFields as usize + 1;

/// The opened tables.
pub(crate) struct Store {
    bytes: OwnedBytes,
    places: [(usize, usize); SECTIONS],
}

impl Store {
    /// Opens the tables; `None` where they are damaged.
    pub(crate) fn open(bytes: OwnedBytes) -> Option<Self> {
        let mut places = [(0, 0); SECTIONS];
        for (at, place) in places.iter_mut().enumerate() {
            let start = u32_at(&bytes, at * 2)? as usize;
            let length = u32_at(&bytes, at * 2 + 1)? as usize;
            if start.checked_add(length)? > bytes.len() {
                return None;
            }
            *place = (start, start + length);
        }
        Some(Self { bytes, places })
    }

    /// The bytes of a section.
    pub(crate) fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.places[section as usize];
        &self.bytes[start..end]
    }

    /// How many versions of codes there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.section(Section::Rows).len() / Row::SIZE).unwrap_or(u32::MAX)
    }

    /// The rows of all versions.
    pub(crate) fn rows(&self) -> Rows<'_> {
        Rows::new(self.section(Section::Rows), self.section(Section::Actions))
    }

    /// The row of a version.
    pub(crate) fn row(&self, doc: u32) -> Row<'_> {
        self.rows().row(doc)
    }

    /// The full record of a version, as it was stored, and behind it what belongs to the quarters.
    pub(crate) fn record(&self, doc: u32) -> &[u8] {
        let (start, length) = self.row(doc).record_place();
        let records = self.section(Section::Records);
        records.get(start..start + length).unwrap_or_default()
    }

    /// The versions of the codes from `first` to `last` (bytes of codes), as numbers of rows.
    pub(crate) fn rows_of(&self, first: [u8; 5], last: [u8; 5]) -> std::ops::Range<u32> {
        let count = self.len();
        let lower = partition(count, |doc| self.row(doc).code_bytes() < first);
        let upper = partition(count, |doc| self.row(doc).code_bytes() <= last);
        lower..upper.max(lower)
    }
}
