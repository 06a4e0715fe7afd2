//! The words in which two descriptors differ: whole words, with both parentheses or neither.

use std::borrow::Cow;
use std::ops::Range;

use super::shared_ends::between;
use super::whole_word::Word;
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

/// The words that only a text has, and those that only another has.
///
/// Texts that look alike share most words, so only those between the shared beginning and end are
/// compared.
pub(crate) fn differing(text: &str, other: &str) -> (String, String) {
    let (text, other) = between(text, other);
    let (own, others) = (Word::all(text), Word::all(other));
    if own.iter().any(|word| others.contains(word)) {
        let Difference { has, has_not, .. } = aligned((text, &own), (other, &others));
        return (has, has_not);
    }
    // Mostly nothing between the ends is shared, and every word differs.
    let all = |text, words: &[Word<'_>]| joined(text, words.iter().map(Word::range));
    (all(text, &own), all(other, &others))
}

/// Compares a text with another.
pub(crate) fn difference(text: &str, other: &str) -> Difference {
    aligned((text, &Word::all(text)), (other, &Word::all(other)))
}

/// Compares the words of two texts.
fn aligned((text, own): (&str, &[Word<'_>]), (other, others): (&str, &[Word<'_>])) -> Difference {
    let aligned = align(others, own);
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
    let mut joined = String::new();
    let mut add = |run: Range<usize>| {
        if !joined.is_empty() {
            joined.push_str(" … ");
        }
        joined.push_str(&balanced(&text[run]));
    };
    let mut current: Option<Range<usize>> = None;
    for word in words {
        match &mut current {
            Some(run) if text[run.end..word.start].trim().is_empty() => run.end = word.end,
            _ => current.replace(word).into_iter().for_each(&mut add),
        }
    }
    current.into_iter().for_each(add);
    joined
}

/// A piece of a text without the punctuation around it and without unmatched parentheses.
fn balanced(piece: &str) -> Cow<'_, str> {
    let is_sign = |char: char| matches!(char, ',' | ';' | ':' | '.' | '-' | '/');
    if !piece.bytes().any(|byte| matches!(byte, b'(' | b')')) {
        return piece.trim_matches(is_sign).trim().into();
    }
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
        Some(inner) => inner.trim_matches(is_sign).trim().to_owned().into(),
        None => kept.to_owned().into(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::answer::whole_word::plain;

    #[test]
    fn whole_words_with_both_parentheses() {
        #[rustfmt::skip]
        let cases = [
            ("Injection, glycopyrrolate (glyrx-pf), 0.1 mg", "Injection, glycopyrrolate, 0.1 mg", "glyrx-pf", ""),
            ("Injection, x (fresenius kabi), not therapeutically equivalent to j1, 1 mg", "Injection, x, 1 mg", "(fresenius kabi), not therapeutically equivalent to j1", ""),
            ("Injection, x (kabi), 1 mg", "Injection, x (hospira, inc), 1 mg", "kabi", "hospira, inc"),
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
        ];
        for (text, other, has, has_not) in cases {
            let found = difference(text, other);
            assert_eq!((&*found.has, &*found.has_not), (has, has_not), "{text}");
        }
    }

    proptest! {
        /// The shared beginning and end need not be compared: as few words differ. If there are
        /// several shortest differences, it may be another one.
        #[test]
        fn no_more_words_differ_between_the_ends(
            one in "((a|é|è|not|non|-|\\(b|c\\)|d,) ){0,24}",
            other in "((a|é|è|not|non|-|\\(b|c\\)|d,) ){0,24}",
        ) {
            let words = |text: &str| text.split_whitespace().filter(|own| !plain(own).is_empty()).count();
            let (whole, found) = (difference(&one, &other), differing(&one, &other));
            let counts = (words(&found.0), words(&found.1));
            prop_assert_eq!(counts, (words(&whole.has), words(&whole.has_not)), "{:?}", found);
        }

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
