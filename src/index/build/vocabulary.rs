//! The sorted terms of a corpus, each with its number and its properties.

use std::collections::hash_map::Entry;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::descriptor::WordKind;
use crate::index::analyzer::inflection::family;
use crate::index::analyzer::token::Token;

/// The terms of a corpus. A term's number is its index among them.
pub(crate) struct Vocabulary<'t> {
    /// All terms, sorted.
    pub(crate) terms: Vec<&'t str>,
    /// The properties of each term.
    pub(crate) kinds: Vec<WordKind>,
    numbers: FxHashMap<&'t str, u32>,
}

impl<'t> Vocabulary<'t> {
    /// Collects the terms of texts.
    pub(crate) fn of(texts: &'t [Vec<Token>]) -> Self {
        let gather = |mut seen: FxHashSet<&'t str>, text: &'t Vec<Token>| {
            seen.extend(text.iter().map(|token| token.term.as_str()));
            seen
        };
        let join = |mut more: FxHashSet<&'t str>, mut fewer: FxHashSet<&'t str>| {
            if more.len() < fewer.len() {
                std::mem::swap(&mut more, &mut fewer);
            }
            more.extend(fewer);
            more
        };
        let share = texts.len() / rayon::current_num_threads() + 1;
        let terms = texts
            .par_iter()
            .with_min_len(share)
            .fold(FxHashSet::default, gather)
            .reduce(FxHashSet::default, join);
        let mut terms: Vec<&str> = terms.into_iter().collect();
        terms.par_sort_unstable();
        Self {
            kinds: terms.par_iter().map(|term| WordKind::of(term)).collect(),
            numbers: terms.iter().copied().zip(0..).collect(),
            terms,
        }
    }

    /// The number of a term.
    pub(crate) fn ord(&self, term: &str) -> Option<u32> {
        self.numbers.get(term).copied()
    }

    /// The numbers of the terms of a text that is part of the vocabulary.
    pub(crate) fn ords(&self, text: &[Token]) -> Vec<u32> {
        let ord = |token: &Token| self.ord(&token.term);
        text.iter().filter_map(ord).collect()
    }

    /// For each term, the numbers of the terms with the same stem.
    pub(crate) fn families(&self) -> Families {
        let stems: Vec<String> = self.terms.par_iter().map(|term| family(term)).collect();
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut families = Families::default();
        for (stem, ord) in stems.iter().zip(0..) {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let family = match numbers.entry(stem) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    families.members.push(Vec::new());
                    *new.insert(next)
                }
            };
            families.members[family as usize].push(ord);
            families.of.push(family);
        }
        families
    }
}

/// Terms that share a stem.
#[derive(Debug, Default)]
pub(crate) struct Families {
    /// The family of each term.
    of: Vec<u32>,
    members: Vec<Vec<u32>>,
}

impl Families {
    /// The numbers of the terms with the same stem as a term, including itself.
    pub(crate) fn members(&self, ord: usize) -> &[u32] {
        &self.members[self.of[ord] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::analysis::analyze;

    #[test]
    fn terms_have_numbers_and_families() {
        let texts = [analyze("injectable hemin"), analyze("injection, hemin")];
        let vocabulary = Vocabulary::of(&texts);
        assert_eq!(vocabulary.terms, ["hemin", "injectable", "injection"]);
        assert_eq!(vocabulary.ords(&texts[1]), [2, 0]);
        let families = vocabulary.families();
        assert_eq!(families.members(0), [0]);
        assert_eq!(families.members(2), [1, 2]);
        assert_eq!(vocabulary.ord("hemi"), None);
    }
}
