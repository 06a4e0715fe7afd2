//! Texts of a version by field, with their terms in order: for proximity, highlights and reasons.

use super::bytes::{chunk, half, word};
use super::tables::{Section, Store};
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::schema::Field;

/// A text that belongs to a version of a code.
#[derive(Clone, Copy)]
pub(crate) struct DocText<'a> {
    /// The field of the text.
    pub(crate) field: Field,
    /// Number of the annotation's source in the manifest.
    pub(crate) source: u16,
    bytes: &'a [u8],
    tokens: &'a [u8],
}

/// A term of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextToken {
    pub(crate) ord: u32,
    pub(crate) start: u16,
    pub(crate) length: u8,
    pub(crate) flags: TokenFlags,
}

/// Flags of a term of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TokenFlags(pub(crate) u8);

impl TokenFlags {
    /// A whole next to its parts, and not a word of its own.
    pub(crate) const WHOLE: u8 = 1;
    /// A punctuation mark precedes it.
    pub(crate) const AFTER_MARK: u8 = 2;

    /// The term's qualifiers in the text.
    pub(crate) fn said(self) -> Qualifiers {
        Qualifiers(self.0 >> 2)
    }

    /// The flags with qualifiers added.
    pub(crate) fn saying(self, said: Qualifiers) -> Self {
        Self(self.0 | said.0 << 2)
    }

    pub(crate) fn has(self, flag: u8) -> bool {
        self.0 & flag != 0
    }
}

impl<'a> DocText<'a> {
    /// The text as shown.
    pub(crate) fn text(&self) -> &'a str {
        simdutf8::basic::from_utf8(self.bytes).unwrap_or_default()
    }

    /// A piece of the text, by its bytes; empty if the range is invalid.
    pub(crate) fn piece(&self, bytes: std::ops::Range<usize>) -> &'a str {
        let piece = self.bytes.get(bytes).unwrap_or_default();
        std::str::from_utf8(piece).unwrap_or_default()
    }

    /// The terms of the text, in order.
    pub(crate) fn tokens(&self) -> impl DoubleEndedIterator<Item = TextToken> + use<'a> {
        self.tokens
            .chunks_exact(TextToken::SIZE)
            .map(|bytes| TextToken {
                ord: word(bytes, 0),
                start: half(bytes, 4),
                length: bytes[6],
                flags: TokenFlags(bytes[7]),
            })
    }
}

impl TextToken {
    pub(super) const SIZE: usize = 8;

    pub(super) fn bytes(self) -> [u8; Self::SIZE] {
        let mut bytes = [0, 0, 0, 0, 0, 0, self.length, self.flags.0];
        bytes[..4].copy_from_slice(&self.ord.to_le_bytes());
        bytes[4..6].copy_from_slice(&self.start.to_le_bytes());
        bytes
    }
}

impl Store {
    /// The texts of a version: long descriptor, short descriptor, then the others.
    pub(crate) fn texts(&self, doc: u32) -> impl Iterator<Item = DocText<'_>> {
        let (start, count) = self.row(doc).texts();
        (start..start + count).map_while(|at| self.doc_text(at))
    }

    /// The long and the short descriptor of a version, which come first.
    pub(crate) fn descriptors(&self, doc: u32) -> (&str, &str) {
        let (start, count) = self.row(doc).texts();
        let text = |at: usize| {
            let text = (at < count).then(|| self.doc_text(start + at)).flatten();
            text.map_or("", |text| text.text())
        };
        (text(0), text(1))
    }

    /// The text of a version's field; empty if it has none.
    pub(crate) fn text(&self, doc: u32, field: Field) -> &str {
        self.texts(doc)
            .find(|text| text.field == field)
            .map_or("", |text| text.text())
    }

    fn doc_text(&self, at: usize) -> Option<DocText<'_>> {
        let entry: &[u8; 8] = chunk(self.section(Section::DocTexts), at)?;
        let entry = self.read(entry).get(..8)?;
        let id = word(entry, 0);
        let place: &[u8; 16] = chunk(self.section(Section::Texts), id as usize)?;
        let place = self.read(place);
        let place = |part: usize| word(place, part * 4) as usize;
        let (start, length, first, count) = (place(0), place(1), place(2), place(3));
        let size = TextToken::SIZE;
        let tokens = self
            .section(Section::Tokens)
            .get(first * size..(first + count) * size)?;
        let bytes = self
            .section(Section::TextBytes)
            .get(start..start + length)?;
        Some(DocText {
            field: Field::from_number(entry[4])?,
            source: half(entry, 6),
            bytes: self.read(bytes),
            tokens: self.read(tokens),
        })
    }
}
