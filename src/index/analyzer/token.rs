//! `Token`: a term of a text and its place.

use compact_str::CompactString;

use super::qualifier::Qualifiers;

/// A term of a text and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The term as it is indexed.
    pub(crate) term: CompactString,
    /// First byte in the text.
    pub(crate) start: u32,
    /// The byte after the last.
    pub(crate) end: u32,
    /// Number of the word in the text; a whole has the number of its first part.
    pub(crate) position: u32,
    /// How the term was formed.
    pub(crate) form: Form,
    /// Whether a punctuation mark separates it from the word before.
    pub(crate) after_mark: bool,
    /// Its qualifiers in the text.
    pub(crate) said: Qualifiers,
}

/// How a term is formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A word or a number as written.
    Word,
    /// The parts of a hyphenated word written as one: `nonsterile`.
    Joined,
    /// A number and its unit written as one: `0.1mg`.
    Amount,
}

/// The position of a word as a token has it.
pub(crate) fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
