//! `Store`: the opened tables, each found by its section.

use std::sync::Arc;

use tantivy::directory::OwnedBytes;

use super::bytes::{partition, u32_at};
use super::row::{Row, Rows};
use crate::index::generation::blocks::{Blocks, checked};

/// The name of the tables in the bundle.
pub(crate) const FILE: &str = "codes";

/// The tables, in their order in the file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Section {
    /// A row for each version of a code, in the order of codes and days; its number is the engine's
    /// document number.
    Rows,
    /// The fields and texts of each version.
    DocTexts,
    /// The places of each text and its tokens.
    Texts,
    TextBytes,
    Tokens,
    /// A row for each term, sorted.
    Terms,
    TermBytes,
    /// Terms by hash.
    TermSlots,
    /// Candidates for corrections, by length.
    Shapes,
    /// Terms that share a stem, concatenated.
    Families,
    /// Full records, each followed by its quarterly values.
    Records,
    /// The actions of versions in which they differ between releases.
    Actions,
    /// A row for each synonym, sorted by the searched words.
    Synonyms,
    SynonymBytes,
    SynonymTerms,
    /// Synonyms by hash.
    SynonymSlots,
    /// Candidates for corrections that only synonyms have, by length.
    SynonymShapes,
    /// Versions by the hash of their descriptors.
    Wholes,
    /// The annotations as they were read, from which updates rebuild.
    Annotations,
    /// The releases of the timeline, in order of time.
    Editions,
    /// The field set of each posting of the release, one byte each, in posting order.
    ReleaseFields,
    /// The same for the annotations.
    AnnotationFields,
}

/// The number of sections.
pub(crate) const SECTIONS: usize = Section::AnnotationFields as usize + 1;

/// The opened tables.
pub(crate) struct Store {
    bytes: OwnedBytes,
    places: [(usize, usize); SECTIONS],
    blocks: Option<Arc<Blocks>>,
}

impl Store {
    /// Opens the tables; `None` if they are damaged.
    pub(crate) fn open(bytes: OwnedBytes, blocks: Option<Arc<Blocks>>) -> Option<Self> {
        checked(blocks.as_deref(), bytes.get(..SECTIONS * 8)?);
        let mut places = [(0, 0); SECTIONS];
        for (at, place) in places.iter_mut().enumerate() {
            let start = u32_at(&bytes, at * 2)? as usize;
            let length = u32_at(&bytes, at * 2 + 1)? as usize;
            if start.checked_add(length)? > bytes.len() {
                return None;
            }
            *place = (start, start + length);
        }
        let store = Self {
            bytes,
            places,
            blocks,
        };
        // They are few, and a row reads them without the store.
        store.read(store.section(Section::Actions));
        Some(store)
    }

    /// What checks the blocks that are read; `None` if all were checked.
    #[inline]
    pub(super) fn blocks(&self) -> Option<&Blocks> {
        let blocks = self.blocks.as_deref();
        blocks.filter(|blocks| !blocks.is_whole())
    }

    /// Bytes of the tables, checked.
    pub(super) fn read<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        checked(self.blocks(), bytes)
    }

    /// The bytes of a section, checked.
    pub(crate) fn whole_section(&self, section: Section) -> &[u8] {
        self.read(self.section(section))
    }

    /// The bytes of a section; whoever reads some of them checks those.
    pub(super) fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.places[section as usize];
        &self.bytes[start..end]
    }

    /// The number of versions.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.section(Section::Rows).len() / Row::SIZE).unwrap_or(u32::MAX)
    }

    /// The rows of all versions.
    pub(crate) fn rows(&self) -> Rows<'_> {
        let (rows, actions) = (self.section(Section::Rows), self.section(Section::Actions));
        let unread = self.blocks().filter(|blocks| !blocks.is_whole());
        Rows::new(rows, actions, unread)
    }

    /// The row of a version.
    pub(crate) fn row(&self, doc: u32) -> Row<'_> {
        self.rows().row(doc)
    }

    /// The stored full record of a version, followed by its quarterly values.
    pub(crate) fn record(&self, doc: u32) -> &[u8] {
        let (start, length) = self.row(doc).record_place();
        let records = self.section(Section::Records);
        self.read(records.get(start..start + length).unwrap_or_default())
    }

    /// The versions of the codes from `first` to `last` (bytes of codes), as numbers of rows.
    pub(crate) fn rows_of(&self, first: [u8; 5], last: [u8; 5]) -> std::ops::Range<u32> {
        let count = self.len();
        let lower = partition(count, |doc| self.row(doc).code_bytes() < first);
        let upper = partition(count, |doc| self.row(doc).code_bytes() <= last);
        lower..upper.max(lower)
    }
}
