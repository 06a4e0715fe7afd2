//! The alternatives of a word: itself, its other forms, a prefix, a synonym, a correction.

use std::cell::RefCell;

use crate::index::analyzer::abbreviation::abbreviates;
use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::token::{Form, Token};
use crate::index::analyzer::unit::is_number;
use crate::index::store::tables::Store;
use crate::index::store::term::Terms;

use super::correction::{contractions, spellings};
use super::denial::{denied_by, may_deny};
use super::numeral::{number_word, numeral};
use super::plan::{Alternative, PlanOptions, Via};
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

/// What negates a word, with or without a hyphen.
pub(super) const NON: &str = "non";

/// Looks words up in an index.
pub(crate) struct Expander<'s> {
    reader: &'s Reader,
    pub(super) store: &'s Store,
    pub(super) terms: Terms<'s>,
    pub(super) options: PlanOptions,
    /// The alternatives of words that no text has, as asked: they are needed twice.
    unknown: RefCell<Vec<(String, Vec<Alternative<'s>>)>>,
}

impl<'s> Expander<'s> {
    pub(crate) fn new(reader: &'s Reader, options: PlanOptions) -> Self {
        let store = &reader.store;
        Self {
            reader,
            store,
            terms: store.terms(),
            options,
            unknown: RefCell::default(),
        }
    }

    /// Whether a lower-case word is a term or has a synonym.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        self.ord(word).is_some() || self.store.synonyms(&[word]).next().is_some()
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

    /// The meanings of some terms.
    pub(crate) fn synonyms(&self, asked: &[&str]) -> Vec<Alternative<'s>> {
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
        let meant = store.synonyms(&[term]).map(|meant| meant.text);
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

    /// The alternatives of a word. `labelled` is the word whose label it may be: `type` of `type
    /// 2`. With `is_prefix` the word may be incomplete and matches as a prefix.
    pub(crate) fn word(
        &self,
        token: &Token,
        asked: &str,
        labelled: Option<&str>,
        is_prefix: bool,
    ) -> Vec<Alternative<'s>> {
        let unknown = self.unknown.borrow();
        let mut known = unknown.iter().filter(|_| labelled.is_none());
        let found = known.find(|(own, _)| own == asked);
        found.map_or_else(
            || self.looked_up(token, asked, labelled, is_prefix),
            |(_, found)| found.clone(),
        )
    }

    /// The alternatives of a word that no text has and that labels nothing; kept for its next use.
    pub(super) fn unknown_word(
        &self,
        token: &Token,
        asked: &str,
        is_prefix: bool,
    ) -> Vec<Alternative<'s>> {
        let found = self.looked_up(token, asked, None, is_prefix);
        self.unknown
            .borrow_mut()
            .push((asked.to_owned(), found.clone()));
        found
    }

    fn looked_up(
        &self,
        token: &Token,
        asked: &str,
        labelled: Option<&str>,
        is_prefix: bool,
    ) -> Vec<Alternative<'s>> {
        let term = token.term.as_str();
        let mut found = self.synonyms(&[term]);
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
}
