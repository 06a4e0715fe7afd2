//! `Word`: a word of a descriptor as it is compared, with the negation before it.

use std::ops::Range;

use smallvec::SmallVec;

/// Words that negate the next one: "equivalent" alone would say the opposite of "not equivalent".
const NEGATIONS: [&str; 5] = ["not", "no", "non", "without", "excluding"];

/// A blank-separated word of a text, with the negation before it. Comparison ignores case and the
/// punctuation around it.
#[derive(Clone, Copy)]
pub(super) struct Word<'t> {
    /// The word without the punctuation around it.
    pub(super) plain: &'t str,
    /// Its place in the text, with the punctuation.
    start: usize,
    end: usize,
}

/// Words of a text; few differ, and those need no allocation.
pub(super) type Words<'t> = SmallVec<[Word<'t>; 6]>;

impl<'t> Word<'t> {
    pub(super) fn all(text: &'t str) -> Words<'t> {
        let mut all = Words::new();
        for raw in text.split_whitespace() {
            let plain = plain(raw);
            if plain.is_empty() {
                continue;
            }
            let start = raw.as_ptr() as usize - text.as_ptr() as usize;
            let end = start + raw.len();
            match all.last_mut() {
                Some(last) if is_negation(last.plain) => {
                    last.plain = self::plain(&text[last.start..end]);
                    last.end = end;
                }
                _ => all.push(Self { plain, start, end }),
            }
        }
        all
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.plain.eq_ignore_ascii_case(other.plain)
    }
}

fn is_negation(plain: &str) -> bool {
    NEGATIONS
        .iter()
        .any(|word| plain.eq_ignore_ascii_case(word))
}

/// A word without the punctuation around it.
pub(super) fn plain(raw: &str) -> &str {
    // Most words have none, and are known by their first and last byte.
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = raw.as_bytes();
    if is_letter(bytes.first()) && is_letter(bytes.last()) {
        return raw;
    }
    raw.trim_matches(|char: char| !char.is_alphanumeric() && char != '%')
}

/// Whether the last word of a text belongs to the next one.
pub(super) fn is_open(text: &str) -> bool {
    let words = text.split_whitespace().rev().map(plain);
    let mut words = words.skip_while(|word| word.is_empty());
    words.next().is_some_and(is_negation)
}
