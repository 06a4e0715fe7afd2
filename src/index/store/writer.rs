//! Writes the tables next to the postings.

use std::collections::HashSet;

use crate::history::Version;

use super::bytes::narrow;
use super::row::{Row, RowFlags};
use super::row_action::RowAction;
use super::row_writing::{RowParts, write_row};
use super::synonym::SynonymData;
use super::tables::{SECTIONS, Section};
use super::term::{TermData, Terms};
use super::text::TextToken;
use super::{shape, synonym, whole};
use crate::index::generation::packing::Pieces;
use crate::index::schema::Field;

/// Collects the tables and returns their bytes.
pub(crate) struct StoreWriter {
    sections: Vec<Vec<u8>>,
    wholes: Vec<(u32, u32)>,
}

/// The builder's data of a version besides its record.
#[derive(Clone, Debug, Default)]
pub(crate) struct VersionData {
    pub(crate) flags: u8,
    pub(crate) rbcs: [u8; 6],
    pub(crate) mass: f32,
    pub(crate) head_mass: f32,
    pub(crate) head_key: u32,
    pub(crate) traits: u8,
    pub(crate) wholes: [u32; 2],
    /// Field, number of the text and number of its source.
    pub(crate) texts: Vec<(Field, u32, u16)>,
    /// The bytes of the full record, see `record_bytes`.
    pub(crate) record: Vec<u8>,
}

impl StoreWriter {
    pub(crate) fn new() -> Self {
        Self {
            sections: vec![Vec::new(); SECTIONS],
            wholes: Vec::new(),
        }
    }

    /// Adds a version of a code; versions are added in the order of codes and days.
    pub(crate) fn version(&mut self, version: &Version, data: &VersionData) {
        let record = &data.record;
        let doc = self.place(Section::Rows, Row::SIZE);
        self.wholes.extend(data.wholes.map(|key| (key, doc)));
        let place = self.place(Section::Records, 1);
        self.sections[Section::Records as usize].extend_from_slice(record);
        let first = self.place(Section::DocTexts, 8);
        let entries = &mut self.sections[Section::DocTexts as usize];
        for (field, text, source) in &data.texts {
            let mut entry = [0, 0, 0, 0, field.number(), 0, 0, 0];
            entry[..4].copy_from_slice(&text.to_le_bytes());
            entry[6..].copy_from_slice(&source.to_le_bytes());
            entries.extend_from_slice(&entry);
        }
        let actions = RowAction::of(version);
        let action = self.place(Section::Actions, RowAction::SIZE);
        let count = match actions.len() {
            1 => 0,
            count => u16::try_from(count).unwrap_or(u16::MAX),
        };
        if count > 0 {
            let section = &mut self.sections[Section::Actions as usize];
            for own in actions {
                own.write(section);
            }
        }
        let parts = RowParts {
            flags: RowFlags(data.flags),
            traits: data.traits,
            rbcs: data.rbcs,
            mass: data.mass,
            head_mass: data.head_mass,
            head_key: data.head_key,
            texts: (first, narrow(data.texts.len())),
            record: (place, narrow(record.len())),
            actions: (action, count),
        };
        write_row(&mut self.sections[Section::Rows as usize], version, &parts);
    }

    /// Adds a text; its number is that of texts added before.
    pub(crate) fn text(&mut self, text: &str, tokens: impl Iterator<Item = TextToken>) {
        let first = self.place(Section::Tokens, TextToken::SIZE);
        let section = &mut self.sections[Section::Tokens as usize];
        for token in tokens {
            section.extend_from_slice(&token.bytes());
        }
        let place = [
            self.place(Section::TextBytes, 1),
            narrow(text.len()),
            first,
            self.place(Section::Tokens, TextToken::SIZE) - first,
        ];
        let texts = &mut self.sections[Section::Texts as usize];
        texts.extend(place.iter().flat_map(|number| number.to_le_bytes()));
        self.sections[Section::TextBytes as usize].extend_from_slice(text.as_bytes());
    }

    /// Adds all terms, sorted.
    pub(crate) fn terms(&mut self, terms: &[TermData<'_>]) {
        Terms::write(terms, &mut self.sections);
        let words = terms.iter().map(|data| data.term).zip(0..);
        self.sections[Section::Shapes as usize] = shape::write(words);
    }

    /// Adds all synonyms, sorted by the searched words.
    pub(crate) fn synonyms(&mut self, synonyms: &[SynonymData], is_term: impl Fn(&str) -> bool) {
        synonym::write(synonyms, &mut self.sections);
        let mut seen = HashSet::new();
        let as_asked = synonyms
            .iter()
            .zip(0..)
            .filter(|(own, _)| !own.is_reordered);
        let words =
            as_asked.flat_map(|(own, row)| own.asked.split(' ').map(move |word| (word, row)));
        let words = words.filter(|(word, _)| !is_term(word) && seen.insert(*word));
        self.sections[Section::SynonymShapes as usize] = shape::write(words);
    }

    /// Sets a section that is written elsewhere.
    pub(crate) fn section(&mut self, section: Section, bytes: Vec<u8>) {
        self.sections[section as usize] = bytes;
    }

    /// The tables: offset and length of each, then the tables.
    pub(crate) fn finish(mut self) -> Pieces {
        self.sections[Section::Wholes as usize] = whole::write(std::mem::take(&mut self.wholes));
        let mut start = (SECTIONS * 8).next_multiple_of(16);
        let mut places = Vec::with_capacity(start);
        for section in &self.sections {
            places.extend(narrow(start).to_le_bytes());
            places.extend(narrow(section.len()).to_le_bytes());
            start = (start + section.len()).next_multiple_of(16);
        }
        let tables = std::iter::once(places).chain(self.sections);
        let padded = tables.map(|mut table| {
            table.resize(table.len().next_multiple_of(16), 0);
            table
        });
        padded.collect()
    }

    fn place(&self, section: Section, size: usize) -> u32 {
        narrow(self.sections[section as usize].len() / size)
    }
}
