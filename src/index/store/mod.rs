//! The tables beside the engine's postings: versions of codes, terms, texts, full records.
//!
//! The engine keeps which term stands in which version of a code, and in which of its fields.
//! All else that an answer needs lies here as plain tables in the same mapped file: reading an
//! answer's texts out of the engine's compressed store would take longer than finding them.

mod packed;
mod row;
mod shape;
mod slots;
mod synonym;
mod term;
mod text;
mod writer;

use tantivy::directory::OwnedBytes;

pub(crate) use packed::Packed;
pub(crate) use row::{Row, RowFlags, Rows, record_bytes};
pub(crate) use shape::signature;
pub(crate) use synonym::SynonymData;
pub(crate) use term::{Posting, TermData, Terms};
pub(crate) use text::{DocText, TextToken, TokenFlags};
pub(crate) use writer::{StoreWriter, VersionData};

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
    /// A row a synonym, sorted by what is asked.
    Synonyms,
    SynonymBytes,
    SynonymTerms,
    /// Synonyms by hash.
    SynonymSlots,
    /// The annotations as they were read, to build anew from.
    Annotations,
    /// The releases of the timeline, in the order of time.
    Editions,
}

/// Number of sections.
const SECTIONS: usize = Section::Editions as usize + 1;

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
        Rows::new(self.section(Section::Rows))
    }

    /// The row of a version.
    pub(crate) fn row(&self, doc: u32) -> Row<'_> {
        self.rows().row(doc)
    }

    /// The table of terms.
    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms::new(self)
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

/// The first number below `count` for which `before` does not hold.
pub(crate) fn partition(count: u32, before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The `index`th little-endian number of four bytes.
pub(crate) fn u32_at(bytes: &[u8], index: usize) -> Option<u32> {
    let at = index.checked_mul(4)?;
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The `index`th row of a table with rows of `SIZE` bytes.
fn chunk<const SIZE: usize>(table: &[u8], index: usize) -> Option<&[u8; SIZE]> {
    table.get(index.checked_mul(SIZE)?..)?.first_chunk()
}

/// The number of four bytes that begins at a byte; 0 behind the end.
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..at + 4)
        .and_then(|four| four.try_into().ok())
        .map_or(0, u32::from_le_bytes)
}

/// The number of two bytes that begins at a byte; 0 behind the end.
fn half(bytes: &[u8], at: usize) -> u16 {
    bytes
        .get(at..at + 2)
        .and_then(|two| two.try_into().ok())
        .map_or(0, u16::from_le_bytes)
}

/// How much a term tells that stands in `doc_freq` of `docs` documents: BM25's inverse
/// document frequency.
pub(crate) fn idf(doc_freq: u32, docs: u32) -> f32 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of documents are far below 2^24"
    )]
    let (doc_freq, docs) = (doc_freq.min(docs) as f32, docs as f32);
    (1.0 + (docs - doc_freq + 0.5) / (doc_freq + 0.5)).ln()
}
