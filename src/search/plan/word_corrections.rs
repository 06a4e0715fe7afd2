//! The corrections of a word of a question, alone or together with the next word.

use super::correction::corrections;
use super::expansion::{Expander, NON};
use super::plan::{Alternative, Via};

/// The minimum of letters of a word that is corrected to one behind `non`.
const LEAST_NEGATED: usize = 6;

impl<'s> Expander<'s> {
    /// Two words of which one is misspelt, as the one word that they are: `wheelchair` for `wheel
    /// chiar`.
    pub(super) fn joined_corrected(&self, first: &str, second: &str) -> Vec<Alternative<'s>> {
        let is_known = [first, second].map(|word| self.is_known(word));
        let mut begun = self.terms.starting_with(first);
        let is_begin =
            !is_known[0] || begun.any(|ord| self.terms.term(ord).len() > first.len() + 2);
        if is_known[0] == is_known[1] || !is_begin || self.options.exact {
            return Vec::new();
        }
        let wrong = if is_known[0] { second } else { first };
        let corrected = corrections(self.store, wrong).into_iter();
        let mut joined = corrected.filter_map(|own| {
            let right = self.terms.term(*own.terms().first()?);
            let pair = if is_known[0] {
                [first, right]
            } else {
                [right, second]
            };
            let one = Alternative::new([self.ord(&pair.concat())?], own.weight, Via::Correction);
            let apart = [self.ord(pair[0])?, self.ord(pair[1])?];
            Some(vec![
                one,
                Alternative::new(apart, own.weight, Via::Correction),
            ])
        });
        joined.next().unwrap_or_default()
    }

    /// The candidate corrections of a misspelt word, from its singular or as written: `deafnses` is
    /// no plural.
    pub(super) fn corrections(&self, term: &str, asked: &str) -> Vec<Alternative<'s>> {
        let mut found = corrections(self.store, term);
        if found.is_empty() && term.len() >= LEAST_NEGATED {
            // `Corosive` is near `non-corrosive` only.
            found = corrections(self.store, &format!("{NON}{term}"));
        }
        let asked = asked.to_lowercase();
        if asked == term || !asked.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return found;
        }
        let mut other = corrections(self.store, &asked);
        if let (true, Some(singular)) = (other.is_empty(), asked.strip_suffix("es")) {
            // `Cruthces` is near `crutch`, as it is near `crutches`.
            other = corrections(self.store, singular);
        }
        let best = |alternatives: &[Alternative<'_>]| {
            alternatives
                .first()
                .map_or(0.0, |alternative| alternative.weight)
        };
        if best(&other) > best(&found) {
            other
        } else {
            found
        }
    }
}
