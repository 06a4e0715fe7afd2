//! The table of synonyms: the searched words, what they mean, and the terms of that.

use super::bytes::{half, narrow, u32_at, word};
use super::slots;
use super::tables::{Section, Store};

/// A synonym: a search for one thing also means another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SynonymData {
    /// The terms of the searched words, separated by a blank.
    pub(crate) asked: String,
    /// The meaning, as shown.
    pub(crate) meant: String,
    /// Numbers of all terms of the meaning.
    pub(crate) terms: Vec<u32>,
    /// Whether the searched words are families in alphabetical order, not words as asked.
    pub(crate) is_reordered: bool,
}

/// A synonym of the table.
#[derive(Clone, Copy)]
pub(crate) struct Meant<'a> {
    /// The meaning, as shown.
    pub(crate) text: &'a str,
    terms: &'a [u8],
}

impl<'a> Meant<'a> {
    /// Numbers of the terms of the meaning.
    pub(crate) fn terms(self) -> impl Iterator<Item = u32> + 'a {
        (0..self.terms.len() / 4).filter_map(move |at| u32_at(self.terms, at))
    }
}

const SIZE: usize = 20;

impl Store {
    /// The meanings of some terms.
    pub(crate) fn synonyms(&self, asked: &[&str]) -> impl Iterator<Item = Meant<'_>> + use<'_> {
        let is = |row: u32| are_joined(asked, self.asked(row));
        let first = slots::find(
            self.section(Section::SynonymSlots),
            self.blocks(),
            asked,
            is,
        );
        let rows = first.map_or(0..0, |first| first..u32::MAX);
        let asked = first.map_or(&[][..], |first| self.asked(first));
        rows.take_while(move |row| self.asked(*row) == asked)
            .filter_map(|row| self.meant(row))
    }

    /// The searched words of the synonym of a row.
    pub(crate) fn asked_words(&self, row: u32) -> impl Iterator<Item = &[u8]> {
        self.asked(row).split(|byte| *byte == b' ')
    }

    /// Whether a synonym has a term as its first word.
    pub(crate) fn begins_synonym(&self, term: &str) -> bool {
        let (mut low, mut high) = (0, narrow(self.section(Section::Synonyms).len() / SIZE));
        let all = high;
        while low < high {
            let middle = u32::midpoint(low, high);
            if self.asked(middle) < term.as_bytes() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let rest = (low < all).then(|| self.asked(low).strip_prefix(term.as_bytes()));
        rest.flatten()
            .is_some_and(|rest| matches!(rest, [] | [b' ', ..]))
    }

    fn asked(&self, row: u32) -> &[u8] {
        let row = self.synonym(row);
        self.synonym_bytes(word(row, 0), half(row, 4))
    }

    fn meant(&self, row: u32) -> Option<Meant<'_>> {
        let row = self.synonym(row);
        let text = self.synonym_bytes(word(row, 8), half(row, 6));
        let text = std::str::from_utf8(text).unwrap_or_default();
        let (start, count) = (word(row, 12) as usize, word(row, 16) as usize);
        let terms = self
            .section(Section::SynonymTerms)
            .get(start * 4..(start + count) * 4)?;
        let terms = self.read(terms);
        Some(Meant { text, terms })
    }

    fn synonym(&self, row: u32) -> &[u8] {
        let start = row as usize * SIZE;
        let row = self.section(Section::Synonyms).get(start..start + SIZE);
        self.read(row.unwrap_or_default())
    }

    fn synonym_bytes(&self, start: u32, length: u16) -> &[u8] {
        let start = start as usize;
        let bytes = self
            .section(Section::SynonymBytes)
            .get(start..start + usize::from(length));
        self.read(bytes.unwrap_or_default())
    }
}

/// Whether a text is some terms with one blank between them.
fn are_joined(terms: &[&str], text: &[u8]) -> bool {
    let mut rest = Some(text);
    for (at, term) in terms.iter().enumerate() {
        let between: &[u8] = if at == 0 { b"" } else { b" " };
        rest = rest.and_then(|rest| rest.strip_prefix(between)?.strip_prefix(term.as_bytes()));
    }
    rest.is_some_and(<[u8]>::is_empty)
}

/// Writes the sections of the synonyms, which are sorted by the searched words.
pub(super) fn write(synonyms: &[SynonymData], sections: &mut [Vec<u8>]) {
    sections[Section::SynonymSlots as usize] =
        slots::write(synonyms.iter().map(|synonym| synonym.asked.as_str()));
    for synonym in synonyms {
        let bytes = &mut sections[Section::SynonymBytes as usize];
        let asked = narrow(bytes.len());
        bytes.extend(synonym.asked.bytes());
        let meant = narrow(bytes.len());
        bytes.extend(synonym.meant.bytes());
        let terms = &mut sections[Section::SynonymTerms as usize];
        let first = narrow(terms.len() / 4);
        terms.extend(synonym.terms.iter().flat_map(|ord| ord.to_le_bytes()));
        let row = &mut sections[Section::Synonyms as usize];
        row.extend(asked.to_le_bytes());
        row.extend(half_of(synonym.asked.len()).to_le_bytes());
        row.extend(half_of(synonym.meant.len()).to_le_bytes());
        row.extend(meant.to_le_bytes());
        row.extend(first.to_le_bytes());
        row.extend(narrow(synonym.terms.len()).to_le_bytes());
    }
}

fn half_of(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
