//! The words by which a text denies what follows: `without`, `not`, `other than`.

/// Words that deny the next one, as terms, sorted; `san` is the term of `sans`.
const DENYING: [&str; 12] = [
    "except",
    "excl",
    "exclude",
    "excluding",
    "lacking",
    "minus",
    "no",
    "non",
    "not",
    "san",
    "without",
    "wo",
];
/// Pairs of words that deny the next one together.
const PAIRS: [(&str, &str); 7] = [
    ("apart", "from"),
    ("aside", "from"),
    ("devoid", "of"),
    ("free", "of"),
    ("instead", "of"),
    ("other", "than"),
    ("rather", "than"),
];

/// Whether a word denies the next one.
pub(crate) fn denies(word: &str) -> bool {
    DENYING.binary_search(&word).is_ok()
}

/// Whether two words deny the next one together.
pub(crate) fn pair_denies(first: &str, second: &str) -> bool {
    PAIRS.contains(&(first, second))
}

/// Whether a word may begin a pair that denies.
pub(super) fn begins_pair(word: &str) -> Option<&'static str> {
    PAIRS.iter().find(|pair| pair.0 == word).map(|pair| pair.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted() {
        assert!(DENYING.is_sorted());
        assert!(denies("without") && !denies("with"));
        assert!(pair_denies("instead", "of") && !pair_denies("made", "of"));
    }
}
