//! The alternatives of a word: itself, its other forms, a prefix, a synonym, a correction.

use crate::index::analyzer::abbreviation::abbreviates;
use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::inflection::family;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::token::{Form, Token};
use crate::index::analyzer::unit::is_number;
use crate::index::store::tables::Store;
use crate::index::store::term::Terms;

use super::correction::{contractions, corrections, spellings};
use super::denial::{denied_by, may_deny};
use super::numeral::{number_word, numeral};
use super::plan::{Alternative, Group, PlanOptions, Via};
use super::role::{Role, role_of};
use crate::index::generation::reader::Reader;
use crate::index::store::term::Posting;

/// The weight of each kind of match, relative to an exact match (1.0).
pub(super) const NUMERAL: f32 = 0.9;
const SYNONYM: f32 = 1.0;
/// The weight of a synonym if a product has the very name that is asked for.
const GENERIC: f32 = 0.9;
/// The weight of a spelling, and of two words that were written as one.
pub(super) const JOINED: f32 = 0.95;
/// The minimum of letters of a word that is completed anywhere in a question, and the maximum of
/// completions.
pub(super) const LEAST_CUT: usize = 4;
const MOST_CUT: usize = 12;

/// The minimum of letters of a word that is corrected to one behind `non`.
const LEAST_NEGATED: usize = 6;

/// What negates a word, with or without a hyphen.
pub(super) const NON: &str = "non";

/// Looks words up in an index.
pub(crate) struct Expander<'s> {
    reader: &'s Reader,
    store: &'s Store,
    pub(super) terms: Terms<'s>,
    options: PlanOptions,
}

impl<'s> Expander<'s> {
    pub(crate) fn new(reader: &'s Reader, options: PlanOptions) -> Self {
        let store = &reader.store;
        Self {
            reader,
            store,
            terms: store.terms(),
            options,
        }
    }

    /// Whether a lower-case word is a term or has a synonym.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        self.ord(word).is_some() || self.store.synonyms(word).next().is_some()
    }

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

    /// Whether a document has all of some terms.
    pub(crate) fn leads(&self, terms: &[u32]) -> bool {
        if terms.iter().all(|ord| *ord == terms[0]) {
            return true;
        }
        let sides = [Posting::Release, Posting::Annotation];
        let mut found = Vec::new();
        let of = (terms, sides.as_slice());
        self.reader
            .joint_postings(of, |_, _| 0.0, &mut None, &mut found);
        !found.is_empty()
    }

    /// The number of a term.
    pub(crate) fn ord(&self, term: &str) -> Option<u32> {
        self.terms.ord(term)
    }

    /// The meanings of terms, given with one blank between them.
    pub(crate) fn synonyms(&self, asked: &str) -> Vec<Alternative<'s>> {
        if !self.options.annotations {
            return Vec::new();
        }
        let meant = self.store.synonyms(asked);
        let meant = meant.filter(|meant| meant.terms().next().is_some());
        let meant = meant.map(|meant| {
            let mut alternative = Alternative::new(meant.terms(), SYNONYM, Via::Synonym);
            alternative.meant = meant.text;
            if may_deny(meant.text) {
                alternative.denied = self.denied_terms(meant.text, alternative.terms());
            }
            alternative
        });
        meant.collect()
    }

    /// The words that a word abbreviates, of descriptors or of other synonyms.
    pub(super) fn abbreviated(&self, term: &str) -> impl Iterator<Item = &'s str> {
        let store = self.store;
        let meant = store.synonyms(term).map(|meant| meant.text);
        meant.filter(move |meant| abbreviates(term, meant) && !meant.contains(' '))
    }

    /// The families of a term, kept after their first use; `None` if the word is none.
    pub(super) fn kept_families(
        &self,
        term: &str,
        make: impl FnOnce() -> Vec<String>,
    ) -> Option<&'s [String]> {
        let (ord, all) = (self.ord(term)?, self.terms.len());
        self.reader.families.get(ord, all, make).map(Vec::as_slice)
    }

    /// The bit mask of those terms of a synonym's meaning that it denies.
    fn denied_terms(&self, meant: &str, terms: &[u32]) -> u8 {
        let tokens = analyze(meant);
        let is_word = |token: &&Token| token.form == Form::Word;
        let words: Vec<&Token> = tokens.iter().filter(is_word).collect();
        let denied = (0..words.len()).filter(|at| denied_by(&words, *at).is_some());
        let places = denied.filter_map(|at| {
            let ord = self.ord(&words[at].term)?;
            terms.iter().position(|own| *own == ord)
        });
        places.fold(0, |all, place| all | 1 << place)
    }

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

    /// The alternatives of a word. `labelled` is the word whose label it may be: `type` of `type
    /// 2`. With `is_prefix` the word may be incomplete and matches as a prefix.
    pub(crate) fn word(
        &self,
        token: &Token,
        asked: &str,
        labelled: Option<&str>,
        is_prefix: bool,
    ) -> Vec<Alternative<'s>> {
        let term = token.term.as_str();
        let mut found = self.synonyms(term);
        let exact = self.ord(term);
        if exact.is_some_and(|ord| self.terms.release_doc_freq(ord) == 0) {
            // A product's own name ranks above its synonyms.
            for meant in &mut found {
                meant.weight = GENERIC;
            }
        }
        found.extend(exact.map(|ord| Alternative::new([ord], 1.0, Via::Word)));
        self.inflections(term, exact, &mut found);
        if token.said.has(Qualifiers::LESS) || token.said.has(Qualifiers::MORE) {
            // `Hba1c > 9` is above 9 %.
            let share = term
                .strip_suffix('%')
                .map_or_else(|| format!("{term}%"), str::to_owned);
            let share = self
                .ord(&share)
                .filter(|_| is_number(term.trim_end_matches('%')));
            found.extend(share.map(|ord| Alternative::new([ord], JOINED, Via::Spelling)));
        }
        let numeral = labelled.and_then(|_| numeral(term));
        let numerals = numeral.into_iter().chain(number_word(term));
        let numerals = numerals.filter_map(|numeral| self.ord(numeral));
        found.extend(numerals.map(|ord| Alternative::new([ord], NUMERAL, Via::Numeral)));
        if is_prefix {
            self.completions(term, asked, &mut found);
        }
        self.in_two_words(term, exact, &mut found);
        let is_guess = |alternative: &Alternative<'_>| alternative.via == Via::Inflection;
        if exact.is_none() && !found.is_empty() && found.iter().all(is_guess) && !self.options.exact
        {
            // A misspelt word may share its stem with another: `relesant` is no form of `release`.
            found.extend(self.corrections(term, asked));
        }
        let leads_somewhere = !found.is_empty() && !self.options.force_corrections;
        if leads_somewhere || self.options.exact {
            return found;
        }
        if !is_prefix && asked.len() >= LEAST_CUT && !self.options.force_corrections {
            self.completions(term, asked, &mut found);
            if (1..=MOST_CUT).contains(&found.len()) {
                return found;
            }
            found.clear();
        }
        // A form or a route is no misspelt word: `solr` is powder for solution.
        let is_known = matches!(role_of(term), Role::Form | Role::Route);
        if is_known || term.bytes().any(|byte| byte.is_ascii_digit()) {
            return found;
        }
        found.extend(contractions(self.store, term));
        if !found.is_empty() {
            found.extend(self.corrections(term, asked));
            return found;
        }
        if let Some(ord) = spellings(term).find_map(|spelling| self.ord(&spelling)) {
            found.push(Alternative::new([ord], JOINED, Via::Spelling));
        } else if let Some(parts) = self.split(term) {
            found.push(Alternative::new(parts, JOINED, Via::Joined));
        } else {
            found.extend(self.corrections(term, asked));
        }
        if found.is_empty() {
            let part = self.part(term);
            found.extend(part.map(|ord| Alternative::new([ord], JOINED, Via::Joined)));
        }
        found
    }

    /// The candidate corrections of a misspelt word, from its singular or as written: `deafnses` is
    /// no plural.
    fn corrections(&self, term: &str, asked: &str) -> Vec<Alternative<'s>> {
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
