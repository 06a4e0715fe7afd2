//! Synonyms as they are looked up: the searched words, and the terms of the index that they mean.

use std::collections::HashSet;

use compact_str::CompactString;
use rayon::prelude::*;

use super::annotated::SynonymRow;
use super::posting_lists::PostingLists;
use super::vocabulary::Vocabulary;
use crate::codeset::function_word::is_function_word;
use crate::index::analyzer::abbreviation::abbreviates;
use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::inflection::any_order;
use crate::index::analyzer::token::Form;
use crate::index::store::synonym::SynonymData;

/// The words of a text, as terms.
type Words = Vec<CompactString>;

/// Looks up the words of synonyms in the index that is built.
pub(super) struct SynonymTerms<'t> {
    pub(super) vocabulary: &'t Vocabulary<'t>,
    /// The postings of each term, from the release and from the annotations.
    pub(super) lists: &'t [PostingLists; 2],
}

impl SynonymTerms<'_> {
    /// The synonyms as they are looked up, each also by its words in any order and form. A synonym
    /// whose words occur together in no document is left out, and its position returned, but for an
    /// abbreviation of a word of other synonyms: it has no terms of its own.
    pub(super) fn of(&self, rows: &[SynonymRow]) -> (Vec<SynonymData>, Vec<usize>) {
        let words = |text: &str| -> Words {
            let tokens = analyze(text).into_iter();
            let words = tokens.filter(|token| token.form == Form::Word);
            words.map(|token| token.term).collect()
        };
        let both = |row: &SynonymRow| (words(&row.asked), words(&row.meant));
        let analyzed: Vec<(Words, Words)> = rows.par_iter().map(both).collect();
        let phrases = rows.iter().zip(&analyzed);
        let phrases = phrases.filter(|(row, _)| row.asked.contains(' '));
        let known: HashSet<&str> = phrases
            .flat_map(|(_, (asked, _))| asked.iter().map(CompactString::as_str))
            .collect();
        let synonym = |(row, (asked, own)): (&SynonymRow, &(Words, Words))| {
            let is_written_out = || match (asked.as_slice(), own.as_slice()) {
                ([short], [word]) => abbreviates(short, word) && known.contains(word.as_str()),
                _ => false,
            };
            let terms = match self.together(own) {
                Some(terms) => terms,
                None => is_written_out().then(Vec::new)?,
            };
            Some(SynonymData {
                asked: asked.join(" "),
                meant: row.meant.clone(),
                terms,
                is_reordered: false,
            })
        };
        let pairs = rows.par_iter().zip(&analyzed);
        let found: Vec<Option<SynonymData>> = pairs.map(synonym).collect();
        let unused = (0..found.len()).filter(|at| found[*at].is_none()).collect();
        let mut synonyms: Vec<SynonymData> = found.into_iter().flatten().collect();
        let in_any_order = |data: &SynonymData| {
            let words = data.asked.split(' ');
            let words = words.filter(|word| !is_function_word(word));
            let asked = any_order(words);
            (asked.contains(' ') && asked != data.asked).then(|| SynonymData {
                asked,
                is_reordered: true,
                ..data.clone()
            })
        };
        let reordered: Vec<SynonymData> = synonyms.par_iter().filter_map(in_any_order).collect();
        synonyms.extend(reordered);
        synonyms.sort_by(|a, b| a.asked.cmp(&b.asked));
        (synonyms, unused)
    }

    /// The terms of some words, if a document has all of them. `Non coated` is also looked up as
    /// `noncoated`, as `non-coated` is indexed.
    fn together(&self, words: &[CompactString]) -> Option<Vec<u32>> {
        let content = words.iter().filter(|word| !is_function_word(word));
        // A single letter, as in `w/c`, means nothing alone.
        let means = content.clone().any(|word| word.len() > 1);
        let plain: Option<Vec<u32>> = content.map(|word| self.vocabulary.ord(word)).collect();
        let plain = plain.filter(|_| means);
        if plain.as_ref().is_some_and(|terms| self.lead(terms)) {
            return plain;
        }
        let at = words.iter().position(|word| word == "non")?;
        let mut joined = words.to_vec();
        let next = (at + 1 < joined.len()).then(|| joined.remove(at + 1))?;
        joined[at].push_str(&next);
        self.together(&joined)
    }

    /// Whether a document has all of some terms.
    fn lead(&self, terms: &[u32]) -> bool {
        let docs = |ord: u32| {
            let lists = self.lists.iter().flat_map(move |list| list.docs(ord));
            lists.map(|(doc, _)| *doc)
        };
        let Some(rarest) = terms.iter().min_by_key(|ord| docs(**ord).count()) else {
            return false;
        };
        let has = |doc: u32, ord: u32| {
            let mut lists = self.lists.iter();
            lists.any(|list| {
                list.docs(ord)
                    .binary_search_by_key(&doc, |(doc, _)| *doc)
                    .is_ok()
            })
        };
        let mut some = docs(*rarest);
        some.any(|doc| terms.iter().all(|ord| has(doc, *ord)))
    }
}
