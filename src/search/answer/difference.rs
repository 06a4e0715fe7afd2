//! The words in which two descriptors differ: whole words, with both parentheses or neither.

use std::ops::Range;

use crate::history::{Mark, align};

/// The difference between two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// The words that only the first text has.
    pub(crate) has: String,
    /// The words that only the second text has.
    pub(crate) has_not: String,
    /// How many words only the first has, only the second, and both.
    pub(crate) counts: (usize, usize, usize),
}

/// Words that negate the next one: "equivalent" alone would say the opposite of "not equivalent".
const NEGATIONS: [&str; 5] = ["not", "no", "non", "without", "excluding"];

/// A blank-separated word of a text, with the negation before it. Comparison ignores case and the
/// punctuation around it.
#[derive(Clone, Copy)]
struct Word<'t> {
    raw: &'t str,
    start: usize,
}

impl<'t> Word<'t> {
    fn all(text: &'t str) -> Vec<Self> {
        let start = |raw: &str| raw.as_ptr() as usize - text.as_ptr() as usize;
        let words = text.split_whitespace().map(|raw| Self {
            raw,
            start: start(raw),
        });
        let mut all: Vec<Self> = Vec::new();
        for word in words.filter(|word| !word.plain().is_empty()) {
            match all.last_mut() {
                Some(last) if last.is_negation() => {
                    last.raw = &text[last.start..word.range().end];
                }
                _ => all.push(word),
            }
        }
        all
    }

    fn is_negation(&self) -> bool {
        let plain = self.plain();
        NEGATIONS
            .iter()
            .any(|word| plain.eq_ignore_ascii_case(word))
    }

    fn plain(&self) -> &'t str {
        let is_sign = |char: char| !char.is_alphanumeric() && char != '%';
        self.raw.trim_matches(is_sign)
    }

    fn range(&self) -> Range<usize> {
        self.start..self.start + self.raw.len()
    }
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.plain().eq_ignore_ascii_case(other.plain())
    }
}

/// Compares a text with another.
pub(crate) fn difference(text: &str, other: &str) -> Difference {
    let aligned = align(&Word::all(other), &Word::all(text));
    let count = |mark| aligned.iter().filter(|(own, _)| *own == mark).count();
    let words = |mark| {
        let own = aligned.iter().filter(move |(own, _)| *own == mark);
        own.map(|(_, word)| word.range())
    };
    Difference {
        has: joined(text, words(Mark::Added)),
        has_not: joined(other, words(Mark::Removed)),
        counts: (count(Mark::Added), count(Mark::Removed), count(Mark::Same)),
    }
}

/// Words of a text: adjacent ones as in the text, with an ellipsis between others.
fn joined(text: &str, words: impl Iterator<Item = Range<usize>>) -> String {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for word in words {
        match runs.last_mut() {
            Some(run) if text[run.end..word.start].trim().is_empty() => run.end = word.end,
            _ => runs.push(word),
        }
    }
    let runs: Vec<String> = runs.into_iter().map(|run| balanced(&text[run])).collect();
    runs.join(" … ")
}

/// A piece of a text without the punctuation around it and without unmatched parentheses.
fn balanced(piece: &str) -> String {
    let is_sign = |char: char| matches!(char, ',' | ';' | ':' | '.' | '-' | '/');
    let mut open: Vec<usize> = Vec::new();
    let mut single: Vec<usize> = Vec::new();
    for (at, char) in piece.char_indices() {
        match char {
            '(' => open.push(at),
            ')' if open.pop().is_none() => single.push(at),
            _ => {}
        }
    }
    single.extend(open);
    let kept = piece.char_indices().filter(|(at, _)| !single.contains(at));
    let kept: String = kept.map(|(_, char)| char).collect();
    let kept = kept.trim_matches(is_sign).trim();
    let inner = kept
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    match inner.filter(|inner| !inner.contains(['(', ')'])) {
        Some(inner) => inner.trim_matches(is_sign).trim().to_owned(),
        None => kept.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_words_with_both_parentheses() {
        for (text, other, has, has_not) in [
            (
                "Injection, glycopyrrolate (glyrx-pf), 0.1 mg",
                "Injection, glycopyrrolate, 0.1 mg",
                "glyrx-pf",
                "",
            ),
            (
                "Injection, x (fresenius kabi), not therapeutically equivalent to j1, 1 mg",
                "Injection, x, 1 mg",
                "(fresenius kabi), not therapeutically equivalent to j1",
                "",
            ),
            (
                "Injection, x (kabi), 1 mg",
                "Injection, x (hospira, inc), 1 mg",
                "kabi",
                "hospira, inc",
            ),
            ("Cane (quad or three", "Cane, quad or two", "three", "two"),
            ("a b c", "a x b", "c", "x"),
            ("a 0.1 mg", "a 0.5 mg, per b", "0.1", "0.5 … per b"),
            ("Same, Words", "same words", "", ""),
            (
                "x, adrenalin brand, not therapeutically equivalent to j0165, per 1 mg",
                "x, not specified elsewhere, per 1 mg",
                "adrenalin brand, not therapeutically equivalent to j0165",
                "not specified elsewhere",
            ),
        ] {
            let found = difference(text, other);
            assert_eq!((&*found.has, &*found.has_not), (has, has_not), "{text}");
        }
    }

    proptest! {
        /// `has` of one direction is `has_not` of the other.
        #[test]
        fn it_is_the_reverse_the_other_way(one in "[ab(), ]{0,20}", other in "[ab(), ]{0,20}") {
            let (there, back) = (difference(&one, &other), difference(&other, &one));
            let (new, gone, same) = there.counts;
            prop_assert_eq!(back.counts, (gone, new, same));
            for side in [there.has, there.has_not] {
                let mut depth = 0;
                for char in side.chars() {
                    depth += i32::from(char == '(') - i32::from(char == ')');
                    prop_assert!(depth >= 0, "{}", side);
                }
                prop_assert_eq!(depth, 0, "{}", side);
            }
        }
    }
}
