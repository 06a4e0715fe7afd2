//! The other terms of a word: its inflections and completions, and two words written as one.

use crate::index::analyzer::inflection::family;
use crate::index::analyzer::unit::is_number;

use super::denial::{are_opposites, same_denials};
use super::expansion::{Expander, JOINED, LEAST_CUT, NON};
use super::plan::{Alternative, Via};
use super::role::{Role, role_of};

/// The weight of another form of the word.
const INFLECTION: f32 = 0.75;
/// The weight of a prefix match: above that of an inflection if the typed text is no word itself.
const PREFIX: f32 = 0.8;
const LONGER: f32 = 0.7;
/// The weight of `non-corrosive` for `corrosive`.
const NEGATED: f32 = 0.6;
/// The maximum of letters of the second of two words that are written as one, `incobotulinumtoxin
/// a`, and the minimum of the first.
const MOST_TAIL: usize = 2;
const LEAST_HEAD: usize = 6;
/// The minimum of letters of a form and of other words in a word of which no document has both halves,
/// and of the half that is searched for.
const LEAST_FORM: usize = 3;
const LEAST_HALF: usize = 6;
const LEAST_PART: usize = 5;
/// The maximum of terms for a prefix.
const MOST_COMPLETIONS: usize = 48;

/// The endings of the forms of a word, sorted; after the common beginning of two.
const ENDINGS: [&str; 24] = [
    "", "able", "al", "ally", "ation", "d", "e", "ed", "en", "er", "ers", "es", "ible", "ied",
    "ies", "ing", "ings", "ion", "ions", "ive", "ly", "or", "s", "y",
];
/// The minimum of letters that two forms of a word share.
const LEAST_SHARED: usize = 4;

/// Whether two words with one stem are surely forms of one word: they differ in their grammatical
/// endings only.
fn is_form(one: &str, other: &str) -> bool {
    let shared = one.bytes().zip(other.bytes());
    let shared = shared.take_while(|(one, other)| one == other).count();
    if shared < LEAST_SHARED {
        return false;
    }
    let is_ending = |word: &str| {
        let rest = word.get(shared..);
        // `Stop` is doubled in `stopped`.
        let last = word.get(shared - 1..shared).unwrap_or_default();
        let doubled = rest.and_then(|rest| rest.strip_prefix(last));
        let mut rests = rest.into_iter().chain(doubled);
        rests.any(|rest| ENDINGS.binary_search(&rest).is_ok())
    };
    is_ending(one) && is_ending(other)
}

impl<'s> Expander<'s> {
    /// The two words of a term that descriptors write separately. `incobotulinumtoxina` is a term
    /// because of a note, `noncorrosive` because of `non-corrosive`.
    pub(super) fn in_two_words(
        &self,
        term: &str,
        exact: Option<u32>,
        found: &mut Vec<Alternative<'s>>,
    ) {
        let is_unpublished = exact.is_none_or(|ord| self.terms.release_doc_freq(ord) == 0);
        let letters = term.len();
        let tails = (1..=MOST_TAIL).filter(|_| is_unpublished);
        let tails = tails.filter_map(|tail| letters.checked_sub(tail));
        let non = (term.starts_with(NON) && letters >= NON.len() + LEAST_CUT).then_some(NON.len());
        let cuts = tails.filter(|cut| *cut >= LEAST_HEAD).chain(non);
        let pairs = cuts.filter(|cut| term.is_char_boundary(*cut));
        let pairs =
            pairs.filter_map(|cut| Some([self.ord(&term[..cut])?, self.ord(&term[cut..])?]));
        let pairs = pairs.filter(|pair| self.leads(pair));
        found.extend(pairs.map(|pair| Alternative::new(pair, JOINED, Via::Joined)));
        if exact.is_none() {
            let same = same_denials(term).filter_map(|other| self.ord(&other));
            found.extend(same.map(|ord| Alternative::new([ord], JOINED, Via::Spelling)));
        }
        // `Corrosive` is found in `non-corrosive` if it occurs nowhere else.
        if exact.is_none() && letters >= LEAST_CUT {
            let negated = self.ord(&format!("{NON}{term}"));
            found.extend(negated.map(|ord| Alternative::new([ord], NEGATED, Via::Joined)));
        }
    }

    /// The other terms with the word's stem.
    pub(super) fn inflections(
        &self,
        term: &str,
        exact: Option<u32>,
        found: &mut Vec<Alternative<'s>>,
    ) {
        let inflection = |ord| {
            let mut form = Alternative::new([ord], INFLECTION, Via::Inflection);
            form.is_guess = !is_form(term, self.terms.term(ord));
            form
        };
        if let Some(exact) = exact {
            // What no descriptor has is a name, and a name has no forms: `evenity` is not `even`.
            let is_name = self.terms.release_doc_freq(exact) == 0;
            let forms = self.terms.family(exact).filter(|ord| *ord != exact);
            let forms = forms.map(inflection);
            found.extend(forms.filter(|form| !(is_name && form.is_guess)));
            return;
        }
        // The stem itself is often a term or a prefix of one.
        let stem = family(term);
        if stem.len() < 4 {
            return;
        }
        let same = |ord: &u32| {
            let other = self.terms.term(*ord);
            family(other) == stem && !are_opposites(term, other)
        };
        found.extend(
            self.terms
                .starting_with(&stem)
                .take(MOST_COMPLETIONS)
                .filter(same)
                .map(inflection),
        );
    }

    /// The terms with the typed prefix.
    pub(super) fn completions(&self, term: &str, asked: &str, found: &mut Vec<Alternative<'s>>) {
        let letters = asked.chars().count();
        if is_number(term) || letters < 2 || (letters < 3 && !found.is_empty()) {
            return;
        }
        let typed = asked.to_lowercase();
        let typed = if typed.starts_with(term) {
            typed.as_str()
        } else {
            term
        };
        let is_word = found.iter().any(|alternative| alternative.via == Via::Word);
        let weight = if is_word { LONGER } else { PREFIX };
        let known = |ord: &u32| found.iter().any(|known| known.terms() == [*ord]);
        let mut ords: Vec<u32> = self
            .terms
            .starting_with(typed)
            .filter(|ord| !known(ord))
            .collect();
        if ords.len() > MOST_COMPLETIONS {
            ords.sort_unstable_by_key(|ord| (u32::MAX - self.terms.doc_freq(*ord), *ord));
            ords.truncate(MOST_COMPLETIONS);
        }
        found.extend(
            ords.into_iter()
                .map(|ord| Alternative::new([ord], weight, Via::Prefix)),
        );
    }

    /// Two terms that were written as one word, such as `cpapmask`.
    pub(super) fn split(&self, term: &str) -> Option<[u32; 2]> {
        let part = |part: &str| {
            let ord = self.ord(part).filter(|_| part.len() >= 3)?;
            Some((ord, self.terms.doc_freq(ord)))
        };
        let cuts = (3..term.len().saturating_sub(2)).filter(|cut| term.is_char_boundary(*cut));
        let splits = cuts.filter_map(|cut| {
            let ((first, some), (second, others)) = (part(&term[..cut])?, part(&term[cut..])?);
            Some((some.min(others), [first, second]))
        });
        let mut splits: Vec<_> = splits.collect();
        splits.sort_unstable_by(|a, b| b.cmp(a));
        splits
            .into_iter()
            .map(|(_, ords)| ords)
            .find(|ords| self.leads(ords))
    }

    /// The term that a word begins or ends with, where no document has both halves: `heparin` in
    /// `heparinvial`. Two other words must be long: most words begin with some shorter one.
    pub(super) fn part(&self, term: &str) -> Option<u32> {
        let is_form = |word: &str| matches!(role_of(word), Role::Form | Role::Route);
        let cuts = (LEAST_FORM..term.len()).filter(|cut| term.is_char_boundary(*cut));
        let halves = cuts.flat_map(|cut| {
            let (first, second) = term.split_at(cut);
            [(first, second), (second, first)]
        });
        let halves = halves.filter(|(part, rest)| {
            let least = if is_form(rest) {
                LEAST_FORM
            } else {
                LEAST_HALF
            };
            let is_long = rest.len() >= least && part.len() >= least.max(LEAST_PART);
            is_long && !is_form(part) && (is_form(rest) || self.is_known(rest))
        });
        let known = halves.filter_map(|(part, _)| self.ord(part));
        known.min_by_key(|ord| self.terms.doc_freq(*ord))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_differ_in_their_endings() {
        assert!(ENDINGS.is_sorted());
        for (one, other) in [
            ("injectable", "injection"),
            ("coated", "coat"),
            ("stopped", "stop"),
            ("battery", "batteries"),
        ] {
            assert!(is_form(one, other) && is_form(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("evenity", "evening"),
            ("evenity", "even"),
            ("infed", "inf"),
            ("cardiogen", "cardiogenic"),
        ] {
            assert!(!is_form(one, other), "{one} {other}");
        }
    }
}
