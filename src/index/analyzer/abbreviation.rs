//! Words that are written short: some of their letters, in order.

/// Whether a word has some letters of a longer one in their order, and its first: `drsg` of
/// `dressing`.
pub(crate) fn abbreviates(short: &str, word: &str) -> bool {
    let mut letters = word.bytes();
    let is_in = |letter: u8| letters.any(|own| own == letter);
    short.len() < word.len()
        && short.as_bytes().first() == word.as_bytes().first()
        && short.bytes().all(is_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_from_the_first() {
        for (short, word) in [("scr", "screw"), ("cort", "cortical"), ("drsg", "dressing")] {
            assert!(abbreviates(short, word), "{short} {word}");
        }
        for (short, word) in [
            ("foley", "catheter"),
            ("screw", "screw"),
            ("chair", "wheelchair"),
        ] {
            assert!(!abbreviates(short, word), "{short} {word}");
        }
    }
}
