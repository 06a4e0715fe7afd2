//! The table of terms: their postings, document frequencies and letters.

use tantivy::postings::TermInfo;

use super::bytes::{half, narrow, partition, partition_near, word};
use super::slots;
use super::tables::{Section, Store};
use crate::index::generation::blocks::{Blocks, checked};

/// The engine's field of a posting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Posting {
    /// Terms of the release.
    Release,
    /// Terms of annotations: names, notes, taxonomy.
    Annotation,
}

/// The stored data of a term.
#[derive(Clone, Debug, Default)]
pub(crate) struct TermData<'t> {
    pub(crate) term: &'t str,
    /// Its inverse document frequency in the release.
    pub(crate) idf: f32,
    /// Document count, first and last byte of the postings, for the release and the annotations.
    pub(crate) postings: [(u32, u32, u32); 2],
    /// How many postings of other terms precede its own, on each side.
    pub(crate) first_posting: [u32; 2],
    /// Numbers of the terms with the same stem, including this one.
    pub(crate) family: &'t [u32],
}

/// The table of terms of an index.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    rows: &'a [u8],
    bytes: &'a [u8],
    slots: &'a [u8],
    families: &'a [u8],
    release_fields: &'a [u8],
    annotation_fields: &'a [u8],
    blocks: Option<&'a Blocks>,
}

impl Store {
    /// The table of terms.
    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms::new(self)
    }
}

impl<'a> Terms<'a> {
    const SIZE: usize = 48;

    fn new(store: &'a Store) -> Self {
        Self {
            rows: store.section(Section::Terms),
            bytes: store.section(Section::TermBytes),
            slots: store.section(Section::TermSlots),
            families: store.section(Section::Families),
            release_fields: store.section(Section::ReleaseFields),
            annotation_fields: store.section(Section::AnnotationFields),
            blocks: store.blocks(),
        }
    }

    /// The number of terms.
    pub(crate) fn len(self) -> u32 {
        u32::try_from(self.rows.len() / Self::SIZE).unwrap_or(u32::MAX)
    }

    /// The term of a number.
    pub(crate) fn term(self, ord: u32) -> &'a str {
        self.text(ord)
    }

    /// The number of a term.
    pub(crate) fn ord(self, term: &str) -> Option<u32> {
        let is = |ord| self.bytes(ord) == term.as_bytes();
        slots::find(self.slots, self.blocks, &[term], is)
    }

    /// The numbers of the terms that begin with a prefix.
    pub(crate) fn starting_with(self, prefix: &str) -> std::ops::Range<u32> {
        // A prefix that is itself a term is the first of them.
        let first = self.ord(prefix);
        let prefix = prefix.as_bytes();
        let first = first.unwrap_or_else(|| partition(self.len(), |ord| self.bytes(ord) < prefix));
        let more = partition_near(self.len() - first, |more| {
            self.bytes(first + more).starts_with(prefix)
        });
        first..first + more
    }

    /// The numbers of the terms with the same stem, including this one.
    pub(crate) fn family(self, ord: u32) -> impl Iterator<Item = u32> + 'a {
        let row = self.row(ord);
        let (start, length) = (word(row, 32) as usize, usize::from(half(row, 6)));
        let own = self.families.get(start * 4..(start + length) * 4);
        let own = self.read(own.unwrap_or_default()).as_chunks::<4>().0;
        own.iter().map(|four| u32::from_le_bytes(*four))
    }

    /// The location of a term's postings in the engine's files.
    pub(crate) fn posting(self, ord: u32, posting: Posting) -> Option<TermInfo> {
        let row = self.row(ord);
        let at = match posting {
            Posting::Release => 8,
            Posting::Annotation => 20,
        };
        let (start, end) = (word(row, at + 4) as usize, word(row, at + 8) as usize);
        let doc_freq = word(row, at);
        (doc_freq > 0).then_some(TermInfo {
            doc_freq,
            postings_range: start..end,
            positions_range: 0..0,
        })
    }

    /// The field sets of a term's postings, in document order.
    pub(crate) fn fields(self, ord: u32, posting: Posting) -> &'a [u8] {
        let row = self.row(ord);
        let (sets, doc_freq, first) = match posting {
            Posting::Release => (self.release_fields, word(row, 8), word(row, 40)),
            Posting::Annotation => (self.annotation_fields, word(row, 20), word(row, 44)),
        };
        let (first, length) = (first as usize, doc_freq as usize);
        self.read(sets.get(first..first + length).unwrap_or_default())
    }

    /// The document frequency of the term, in the release or else in the annotations.
    pub(crate) fn doc_freq(self, ord: u32) -> u32 {
        let row = self.row(ord);
        match word(row, 8) {
            0 => word(row, 20),
            some => some,
        }
    }

    /// The document frequency of the term in the release.
    pub(crate) fn release_doc_freq(self, ord: u32) -> u32 {
        word(self.row(ord), 8)
    }

    /// The term's inverse document frequency in the release.
    pub(crate) fn idf(self, ord: u32) -> f32 {
        f32::from_bits(word(self.row(ord), 36))
    }

    fn row(self, ord: u32) -> &'a [u8] {
        let start = ord as usize * Self::SIZE;
        self.read(self.rows.get(start..start + Self::SIZE).unwrap_or_default())
    }

    fn text(self, ord: u32) -> &'a str {
        std::str::from_utf8(self.bytes(ord)).unwrap_or_default()
    }

    /// The bytes of the term of a number.
    pub(crate) fn bytes(self, ord: u32) -> &'a [u8] {
        let row = self.row(ord);
        let start = word(row, 0) as usize;
        let end = start + usize::from(half(row, 4));
        self.read(self.bytes.get(start..end).unwrap_or_default())
    }

    fn read(self, bytes: &'a [u8]) -> &'a [u8] {
        checked(self.blocks, bytes)
    }

    /// Writes the sections of the terms, which are sorted.
    pub(super) fn write(terms: &[TermData<'_>], sections: &mut [Vec<u8>]) {
        sections[Section::TermSlots as usize] = slots::write(terms.iter().map(|data| data.term));
        for data in terms {
            write_row(data, sections);
        }
    }
}

fn write_row(data: &TermData<'_>, sections: &mut [Vec<u8>]) {
    let bytes = &mut sections[Section::TermBytes as usize];
    let term = clip(data.term);
    let place = narrow(bytes.len());
    bytes.extend_from_slice(term.as_bytes());
    let families = &mut sections[Section::Families as usize];
    let family = narrow(families.len() / 4);
    for ord in data.family {
        families.extend_from_slice(&ord.to_le_bytes());
    }
    let [release, annotation] = data.postings;
    let numbers = [
        place,
        // two 16-bit halves
        u32::from(half_of(term.len())) | u32::from(half_of(data.family.len())) << 16,
        release.0,
        release.1,
        release.2,
        annotation.0,
        annotation.1,
        annotation.2,
        family,
        data.idf.to_bits(),
        data.first_posting[0],
        data.first_posting[1],
    ];
    let mut row = [0; Terms::SIZE];
    for (four, number) in row.as_chunks_mut().0.iter_mut().zip(numbers) {
        *four = number.to_le_bytes();
    }
    sections[Section::Terms as usize].extend_from_slice(&row);
}

fn clip(text: &str) -> &str {
    &text[..text.floor_char_boundary(usize::from(u16::MAX))]
}

fn half_of(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
