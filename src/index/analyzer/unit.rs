//! Units in the ways they are written, and plain numbers.

use crate::codeset::Measure;

/// The unit that a word writes, as it is indexed.
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
