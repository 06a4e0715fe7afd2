//! The words of a list of codes that name none: labels and separators.

/// Words about codes, which are ignored.
const LABELS: [&str; 17] = [
    "from",
    "hcpcs",
    "hcpc",
    "code",
    "codes",
    "j-code",
    "j-codes",
    "level",
    "ii",
    "cpt",
    "cdt",
    "ndc",
    "n4",
    "mod",
    "mods",
    "modifier",
    "modifiers",
];
/// The separators of the items of a list.
pub(super) const BETWEEN: [&str; 5] = ["and", "or", "&", "+", "="];
/// The separators of the two ends of a range.
pub(crate) const RANGE: [&str; 12] = [
    "to", "thru", "through", "until", "upto", "-", "--", "–", "—", "―", "..", "...",
];

/// Whether a question has a digit or a star, or consists of labels and words of two letters.
pub(super) fn may_be_list(text: &str) -> bool {
    let has_number = |byte: u8| byte.is_ascii_digit() || byte == b'*';
    text.bytes().any(has_number) || {
        let mut words = text.split(|char: char| !char.is_alphanumeric());
        words.all(|word| word.len() <= 2 || is_label(word))
    }
}

/// Whether a word is about codes and names none.
pub(super) fn is_label(word: &str) -> bool {
    LABELS.iter().any(|label| word.eq_ignore_ascii_case(label))
}
