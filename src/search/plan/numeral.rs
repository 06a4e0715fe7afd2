//! Numbers in another form: in Roman or Arabic numerals, as a word or in digits.

use crate::index::analyzer::unit::NUMBER_WORDS;

/// Roman numerals, as descriptors write them after words such as `type`.
const ROMAN: &[(&str, &str)] = &[
    ("i", "1"),
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("ix", "9"),
    ("v", "5"),
    ("vi", "6"),
    ("vii", "7"),
    ("viii", "8"),
    ("xi", "11"),
    ("xii", "12"),
    ("xiii", "13"),
];
const NUMBERED: &[&str] = &[
    "class", "factor", "grade", "group", "level", "part", "phase", "schedule", "stage", "type",
];

/// The word for a number, or the number for a word.
pub(super) fn number_word(term: &str) -> Option<&'static str> {
    const DIGITS: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
    let other = |from: &[&str; 11], to: &[&'static str; 11]| {
        from.iter().position(|same| *same == term).map(|at| to[at])
    };
    other(&DIGITS, &NUMBER_WORDS).or_else(|| other(&NUMBER_WORDS, &DIGITS))
}

/// Whether a number follows a word as its label: `type 2`, `level iii`.
pub(crate) fn takes_label(term: &str) -> bool {
    NUMBERED.contains(&term)
}

/// The same number in the other kind of numerals.
pub(crate) fn numeral(term: &str) -> Option<&'static str> {
    let same = |(roman, arabic): &(&'static str, &'static str)| match term {
        _ if term == *roman => Some(*arabic),
        _ if term == *arabic => Some(*roman),
        _ => None,
    };
    ROMAN.iter().find_map(same)
}
