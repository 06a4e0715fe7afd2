//! Units in all their spellings, and plain numbers.

use crate::codeset::Measure;

/// The index term for the unit that a word writes.
pub(crate) fn unit(word: &str) -> Option<&'static str> {
    Measure::term(word, false)
}

/// The words for small numbers.
pub(crate) const NUMBER_WORDS: [&str; 11] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// Whether a word is that of a small number.
pub(crate) fn is_number_word(word: &str) -> bool {
    NUMBER_WORDS.contains(&word)
}

/// Whether a term is a plain number.
pub(crate) fn is_number(term: &str) -> bool {
    term.starts_with(|char: char| char.is_ascii_digit())
        && term
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}
