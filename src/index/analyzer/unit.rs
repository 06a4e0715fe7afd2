//! Units in all their spellings, and plain numbers.

use crate::codeset::Measure;

/// The index term for the unit that a word writes.
pub(crate) fn unit(word: &str) -> Option<&'static str> {
    Measure::term(word, false)
}

/// Whether a term is a plain number.
pub(crate) fn is_number(term: &str) -> bool {
    term.starts_with(|char: char| char.is_ascii_digit())
        && term
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}
