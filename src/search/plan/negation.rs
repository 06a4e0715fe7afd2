//! The terms that have a word behind `non`: `noncoated` for `coating`.

use crate::index::analyzer::inflection::family;
use crate::index::analyzer::token::Token;

use super::expansion::{Expander, JOINED, LEAST_CUT, NON};
use super::plan::{Alternative, Group, Via};

impl<'s> Expander<'s> {
    /// The form of a word that texts have behind `non`: the word itself with a separate `non`, else
    /// the most frequent one that is one word with it.
    pub(super) fn non_form(&self, word: &str) -> Option<&'s str> {
        let (non, own) = (self.ord(NON)?, self.ord(word)?);
        if self.leads(&[non, own]) {
            return Some(self.terms.term(own));
        }
        let most = self
            .negations(word)
            .max_by_key(|ord| self.terms.doc_freq(*ord));
        self.terms.term(most?).strip_prefix(NON)
    }

    /// The terms that are a form of a word behind `non`: `noncoated` for `coating`.
    fn negations(&self, word: &str) -> impl Iterator<Item = u32> {
        let stem = family(word);
        let begun = if stem.len() < LEAST_CUT {
            0..0
        } else {
            self.terms.starting_with(&format!("{NON}{stem}"))
        };
        begun.filter(move |ord| {
            let form = self.terms.term(*ord).strip_prefix(NON);
            form.is_some_and(|form| family(form) == stem)
        })
    }

    /// Adds to a group that the question denies the words which deny it themselves: `non-coated`
    /// for `without coating`.
    pub(super) fn add_negations(&self, words: &[&Token], group: &mut Group<'s>) {
        let [word] = words else {
            return;
        };
        group.negations = self.negations(&word.term).collect();
        let found = group.negations.iter();
        let found = found.map(|ord| Alternative::new([*ord], JOINED, Via::Spelling));
        group.alternatives.extend(found);
    }
}
