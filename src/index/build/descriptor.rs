//! The subject of a descriptor: its head, and whether it is an accessory or part of something else.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::traits;
use crate::codeset::function_word::is_function_word;
use crate::index::analyzer::token::Token;
use crate::index::analyzer::unit::{is_number, unit};
use crate::index::store::row::RowFlags;

/// Words after which a descriptor says what its subject is for or has.
const HEAD_ENDS: &[&str] = &[
    "and",
    "each",
    "for",
    "from",
    "in",
    "include",
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

/// Words that distinguish an accessory, a part or a replacement from the thing itself.
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

/// Words of codes for what is not classified elsewhere.
const UNSPECIFIED_WORDS: &[&str] = &["miscellaneous", "noc", "unclassified", "unlisted"];

/// Whether a term says nothing of a descriptor's subject: `not otherwise specified`.
pub(crate) fn says_nothing(term: &str) -> bool {
    is_function_word(term) || matches!(term, "classified" | "not" | "otherwise" | "specified")
}

/// The row flag that a word sets, if any.
pub(crate) fn flag_of(term: &str) -> u8 {
    let accessory = u8::from(ACCESSORY_WORDS.contains(&term)) * RowFlags::ACCESSORY;
    accessory | (u8::from(UNSPECIFIED_WORDS.contains(&term)) * RowFlags::UNSPECIFIED)
}

/// Properties of a term that do not depend on its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordKind {
    /// The row flag that it sets, if any.
    pub(crate) flag: u8,
    /// Its traits of a product.
    pub(crate) traits: u8,
    /// Whether it is a content word, for measuring how much of a descriptor a question covers.
    pub(crate) is_content: bool,
    ends_head: bool,
}

impl WordKind {
    /// The properties of a term.
    pub(crate) fn of(term: &str) -> Self {
        Self {
            flag: flag_of(term),
            traits: traits::described(term),
            is_content: !(says_nothing(term) || is_number(term) || unit(term).is_some()),
            ends_head: HEAD_ENDS.binary_search(&term).is_ok(),
        }
    }
}

/// A long descriptor: its tokens and the numbers of their terms.
#[derive(Clone, Copy)]
pub(crate) struct Descriptor<'t> {
    pub(crate) tokens: &'t [Token],
    pub(crate) ords: &'t [u32],
    /// The properties of each term, by its number.
    pub(crate) kinds: &'t [WordKind],
}

impl<'t> Descriptor<'t> {
    /// The length of the part from a word on, up to a punctuation mark or a word that ends the
    /// head.
    fn segment(self, from: usize) -> usize {
        let mut at = from;
        while at < self.tokens.len() {
            let ends_head = self.kinds[self.ords[at] as usize].ends_head;
            if at > from && (self.tokens[at].after_mark || ends_head) {
                break;
            }
            at += 1;
        }
        at - from
    }

    /// The words on how an item is fitted, as a half-open range: `item that has been trimmed, bent, …
    /// customized to fit a specific patient by an individual with expertise`. They tell a fitted item
    /// from one off the shelf, and few people ask for them.
    pub(crate) fn fitting(self) -> Range<usize> {
        let place = |word: &str| self.tokens.iter().position(|token| token.term == word);
        let clause = place("trimmed").zip(place("expertise"));
        clause.map_or(0..0, |(trimmed, last)| {
            let before = &self.tokens[..trimmed];
            let item = before.iter().rposition(|token| token.term == "item");
            item.unwrap_or(trimmed)..last + 1
        })
    }

    /// The terms of the first part.
    fn beginning(self) -> &'t [u32] {
        &self.ords[..self.segment(0)]
    }
}

/// Beginnings that many descriptors share (`injection`, `wheelchair accessory`): the subject of the
/// descriptor follows them.
#[derive(Default)]
pub(crate) struct CommonBeginnings<'t> {
    counts: FxHashMap<&'t [u32], u32>,
    least: u32,
}

impl<'t> CommonBeginnings<'t> {
    /// Counts the beginnings of all descriptors.
    pub(crate) fn count(descriptors: impl Iterator<Item = Descriptor<'t>>) -> Self {
        let mut counts: FxHashMap<&[u32], u32> = FxHashMap::default();
        let mut all = 0;
        for descriptor in descriptors {
            *counts.entry(descriptor.beginning()).or_default() += 1;
            all += 1;
        }
        // One in 250 descriptors: 36 of a release's 9,000.
        Self {
            counts,
            least: (all / 250).max(8),
        }
    }

    /// How many of the terms belong to the head.
    pub(crate) fn head(&self, descriptor: Descriptor<'_>) -> usize {
        let beginning = descriptor.beginning();
        let first = beginning.len();
        let is_common = self.counts.get(beginning).is_some_and(|n| *n >= self.least);
        if is_common && first < descriptor.tokens.len() {
            first + descriptor.segment(first)
        } else {
            first
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::analysis::analyze;
    use crate::index::analyzer::inflection::fold_plural;
    use crate::index::build::vocabulary::Vocabulary;

    #[test]
    fn the_lists_are_of_terms() {
        assert!(HEAD_ENDS.is_sorted());
        let lists = [HEAD_ENDS, ACCESSORY_WORDS, UNSPECIFIED_WORDS];
        for word in lists.into_iter().flatten() {
            assert_eq!(fold_plural(word), **word, "a term is a singular");
        }
    }

    #[test]
    fn heads() {
        let all: Vec<_> = (0..10)
            .map(|n| format!("Injection, drug{n}, 1 mg"))
            .chain(["Battery cables; replacement for patient-owned ventilator".to_owned()])
            .map(|text| analyze(&text))
            .collect();
        let vocabulary = Vocabulary::of(&all);
        let ords: Vec<Vec<u32>> = all.iter().map(|text| vocabulary.ords(text)).collect();
        let descriptors: Vec<Descriptor<'_>> = all
            .iter()
            .zip(&ords)
            .map(|(tokens, ords)| Descriptor {
                tokens,
                ords,
                kinds: &vocabulary.kinds,
            })
            .collect();
        let common = CommonBeginnings::count(descriptors.iter().copied());
        let head = |at: usize| -> Vec<&str> {
            let words = &all[at][..common.head(descriptors[at])];
            words.iter().map(|token| token.term.as_str()).collect()
        };
        assert_eq!(head(0), ["injection", "drug0"]);
        assert_eq!(head(10), ["battery", "cable"]);
        assert_eq!(flag_of("replacement"), RowFlags::ACCESSORY);
    }
}
