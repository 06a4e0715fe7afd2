//! What a word may be found by: itself, its other forms, a prefix, a synonym, a correction.

use crate::index::analyzer::inflection::family;
use crate::index::analyzer::token::Token;
use crate::index::analyzer::unit::is_number;
use crate::index::store::tables::Store;
use crate::index::store::term::Terms;

use super::correction::{corrections, spellings};
use super::plan::{Alternative, PlanOptions, Via};

/// What a way of finding a word counts beside the word itself.
const INFLECTION: f32 = 0.75;
const NUMERAL: f32 = 0.9;
const SYNONYM: f32 = 1.0;
const PREFIX: f32 = 0.7;
/// The most terms that a prefix stands for.
const MOST_COMPLETIONS: usize = 48;

/// Numerals as descriptors write them, behind the words that take them.
const ROMAN: &[(&str, &str)] = &[
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("ix", "9"),
    ("vi", "6"),
    ("vii", "7"),
    ("viii", "8"),
    ("xi", "11"),
    ("xii", "12"),
    ("xiii", "13"),
];
const NUMBERED: &[&str] = &[
    "class", "factor", "grade", "group", "level", "part", "phase", "schedule", "stage", "type",
];

/// Looks words up in an index.
pub(crate) struct Expander<'s> {
    store: &'s Store,
    terms: Terms<'s>,
    options: PlanOptions,
}

impl<'s> Expander<'s> {
    pub(crate) fn new(store: &'s Store, options: PlanOptions) -> Self {
        Self {
            store,
            terms: store.terms(),
            options,
        }
    }

    /// The number of a term.
    pub(crate) fn ord(&self, term: &str) -> Option<u32> {
        self.terms.ord(term)
    }

    /// What is meant by some terms, written with one blank between them.
    pub(crate) fn synonyms(&self, asked: &str) -> Vec<Alternative<'s>> {
        if !self.options.annotations {
            return Vec::new();
        }
        let meant = self.store.synonyms(asked).map(|meant| {
            let mut alternative = Alternative::new(meant.terms(), SYNONYM, Via::Synonym);
            alternative.meant = meant.text;
            alternative
        });
        meant.collect()
    }

    /// What a word may be found by, given the word before it.
    pub(crate) fn word(
        &self,
        token: &Token,
        asked: &str,
        before: Option<&str>,
        is_prefix: bool,
    ) -> Vec<Alternative<'s>> {
        let term = token.term.as_str();
        let mut found = self.synonyms(term);
        let exact = self.ord(term);
        found.extend(exact.map(|ord| Alternative::new([ord], 1.0, Via::Word)));
        self.inflections(term, exact, &mut found);
        if let Some(ord) = numeral(term, before).and_then(|numeral| self.ord(numeral)) {
            found.push(Alternative::new([ord], NUMERAL, Via::Numeral));
        }
        if is_prefix {
            self.completions(term, asked, &mut found);
        }
        let leads_somewhere = !found.is_empty() && !self.options.force_corrections;
        if leads_somewhere || self.options.exact || term.bytes().any(|byte| byte.is_ascii_digit()) {
            return found;
        }
        if let Some(ord) = spellings(term).find_map(|spelling| self.ord(&spelling)) {
            found.push(Alternative::new([ord], 0.95, Via::Spelling));
        } else if let Some(parts) = self.split(term) {
            found.push(Alternative::new(parts, 0.95, Via::Joined));
        } else {
            found.extend(corrections(self.store, term));
        }
        found
    }

    /// The other terms with the word's stem.
    fn inflections(&self, term: &str, exact: Option<u32>, found: &mut Vec<Alternative<'s>>) {
        let inflection = |ord| Alternative::new([ord], INFLECTION, Via::Inflection);
        if let Some(exact) = exact {
            found.extend(
                self.terms
                    .family(exact)
                    .filter(|ord| *ord != exact)
                    .map(inflection),
            );
            return;
        }
        // The stem itself is often a term, or begins one.
        let stem = family(term);
        if stem.len() < 4 {
            return;
        }
        let same = |ord: &u32| family(self.terms.term(*ord)) == stem;
        found.extend(
            self.terms
                .starting_with(&stem)
                .take(MOST_COMPLETIONS)
                .filter(same)
                .map(inflection),
        );
    }

    /// The terms that begin with what was typed.
    fn completions(&self, term: &str, asked: &str, found: &mut Vec<Alternative<'s>>) {
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
                .map(|ord| Alternative::new([ord], PREFIX, Via::Prefix)),
        );
    }

    /// Two terms that were written as one word, such as `cpapmask`.
    fn split(&self, term: &str) -> Option<[u32; 2]> {
        let part = |part: &str| {
            let ord = self.ord(part).filter(|_| part.len() >= 3)?;
            Some((ord, self.terms.doc_freq(ord)))
        };
        let cuts = (3..term.len().saturating_sub(2)).filter(|cut| term.is_char_boundary(*cut));
        let splits = cuts.filter_map(|cut| {
            let ((first, some), (second, others)) = (part(&term[..cut])?, part(&term[cut..])?);
            Some((some.min(others), [first, second]))
        });
        splits.max().map(|(_, ords)| ords)
    }
}

/// The same number in the other kind of numerals, behind a word that takes a number.
fn numeral(term: &str, before: Option<&str>) -> Option<&'static str> {
    before.filter(|before| NUMBERED.contains(before))?;
    let same = |(roman, arabic): &(&'static str, &'static str)| match term {
        _ if term == *roman => Some(*arabic),
        _ if term == *arabic => Some(*roman),
        _ => None,
    };
    ROMAN.iter().find_map(same)
}
