//! Function words: those of a descriptor that have no meaning of their own.

/// In alphabetical order.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "each", "for", "from", "if", "in",
    "into", "is", "it", "its", "of", "on", "or", "other", "per", "than", "that", "the", "this",
    "to", "when", "which", "with",
];

/// Those that join or separate what stands on either side: `tubing and mask`, `each`, `other than`.
const DIVIDING: &[&str] = &[
    "and", "any", "as", "be", "each", "if", "its", "or", "other", "per", "than", "when", "which",
    "with",
];

/// Whether a word in lower case has no meaning of its own.
pub(crate) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// Whether a function word may stand within a phrase without a change of what it says: `tank of
/// oxygen` is an oxygen tank.
pub(crate) fn is_linking_word(word: &str) -> bool {
    is_function_word(word) && !DIVIDING.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_order() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert!(DIVIDING.iter().all(|word| is_function_word(word)));
        assert!(is_linking_word("of") && !is_linking_word("with") && !is_linking_word("oxygen"));
    }
}
