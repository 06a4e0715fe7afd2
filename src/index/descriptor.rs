//! What a descriptor is about: its head, and whether it speaks of a part of something else.

use std::collections::HashMap;

use super::analyzer::{Form, Token};
use super::store::RowFlags;

/// Words that join others and say nothing of their own.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "each", "for", "from", "if", "in",
    "into", "is", "it", "its", "of", "on", "or", "other", "per", "than", "that", "the", "this",
    "to", "when", "which", "with",
];

/// Words behind which a descriptor says what its subject is for or has.
const HEAD_ENDS: &[&str] = &[
    "and",
    "each",
    "for",
    "from",
    "in",
    "includes",
    "including",
    "of",
    "on",
    "or",
    "per",
    "to",
    "used",
    "using",
    "with",
    "without",
];

/// Words that tell an accessory, a part or a replacement from the thing itself.
const ACCESSORY_WORDS: &[&str] = &[
    "accessory",
    "adapter",
    "addition",
    "attachment",
    "component",
    "maintenance",
    "part",
    "repair",
    "replacement",
    "replaced",
];

/// Words that tell what is not classified elsewhere.
const UNSPECIFIED_WORDS: &[&str] = &["miscellaneous", "noc", "unclassified", "unlisted"];

/// Whether a term joins others and says nothing of its own.
pub(crate) fn is_function_word(term: &str) -> bool {
    FUNCTION_WORDS.binary_search(&term).is_ok()
}

/// The mark of a row that a word stands for, if it stands for one.
pub(crate) fn flag_of(term: &str) -> u8 {
    let accessory = u8::from(ACCESSORY_WORDS.contains(&term)) * RowFlags::ACCESSORY;
    accessory | (u8::from(UNSPECIFIED_WORDS.contains(&term)) * RowFlags::UNSPECIFIED)
}

/// How long the first part of a descriptor is, up to a punctuation mark or a joining word.
fn segment(tokens: &[Token], from: usize) -> usize {
    let ends = |(at, token): (usize, &Token)| {
        at > 0 && (token.after_mark || HEAD_ENDS.binary_search(&token.term.as_str()).is_ok())
    };
    let rest = &tokens[from..];
    rest.iter()
        .enumerate()
        .position(|(at, token)| ends((at, token)))
        .unwrap_or(rest.len())
}

/// Beginnings that many descriptors share (`injection`, `wheelchair accessory`): behind them
/// stands what the descriptor is about.
#[derive(Default)]
pub(crate) struct CommonBeginnings {
    counts: HashMap<String, u32>,
    least: u32,
}

impl CommonBeginnings {
    /// Counts the beginnings of all descriptors.
    pub(crate) fn count<'t>(descriptors: impl Iterator<Item = &'t [Token]>) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        let mut all = 0;
        for tokens in descriptors {
            *counts.entry(beginning(tokens)).or_default() += 1;
            all += 1;
        }
        // One in 250 descriptors: 36 of a release's 9,000.
        Self {
            counts,
            least: (all / 250).max(8),
        }
    }

    /// How many of the terms belong to the head.
    pub(crate) fn head(&self, tokens: &[Token]) -> usize {
        let first = segment(tokens, 0);
        let is_common = self
            .counts
            .get(&beginning(tokens))
            .is_some_and(|n| *n >= self.least);
        if is_common && first < tokens.len() {
            first + segment(tokens, first)
        } else {
            first
        }
    }
}

fn beginning(tokens: &[Token]) -> String {
    let first = &tokens[..segment(tokens, 0)];
    first
        .iter()
        .map(|token| token.term.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The words that count when asking how much of a descriptor a question covers.
pub(crate) fn is_content(token: &Token) -> bool {
    token.form == Form::Word
        && !is_function_word(&token.term)
        && !super::analyzer::is_number(&token.term)
        && super::analyzer::unit(&token.term).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::analyze;

    #[test]
    fn the_lists_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted() && HEAD_ENDS.is_sorted());
    }

    #[test]
    fn heads() {
        let all: Vec<_> = (0..10)
            .map(|n| format!("Injection, drug{n}, 1 mg"))
            .chain(["Battery cables; replacement for patient-owned ventilator".to_owned()])
            .map(|text| analyze(&text))
            .collect();
        let common = CommonBeginnings::count(all.iter().map(Vec::as_slice));
        let head = |tokens: &[Token]| -> Vec<String> {
            tokens[..common.head(tokens)]
                .iter()
                .map(|token| token.term.clone())
                .collect()
        };
        assert_eq!(head(&all[0]), ["injection", "drug0"]);
        assert_eq!(head(&all[10]), ["battery", "cable"]);
        assert_eq!(flag_of("replacement"), RowFlags::ACCESSORY);
    }
}
