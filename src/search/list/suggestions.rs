//! Completions of a partly typed text: codes and words, by how many codes they match.

use serde::Serialize;

use crate::codeset::{CodeSpan, Date};
use crate::index::Field;
use crate::index::analyzer::analysis::analyze;
use crate::index::store::term::Posting;

use crate::search::question::filter::{Filter, Standing};
use crate::search::question::query::Query;
use crate::search::searcher::Searcher;

/// A completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// The completed text.
    pub text: String,
    /// Its kind.
    pub kind: SuggestionKind,
    /// How many valid codes match it.
    pub codes: usize,
    /// A code's long descriptor; else empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub descriptor: String,
}

/// The kind of a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// A code or a modifier.
    Code,
    /// A word of the descriptors.
    Word,
    /// A word that occurs in names of drug products or in notes, and in no descriptor.
    Name,
}

/// The maximum of terms of a prefix that are ranked.
const MOST_WEIGHED: usize = 256;

impl Searcher {
    /// Completions of a partly typed text, those that match most codes first. The last word is
    /// completed; the words before it are kept.
    #[must_use]
    pub fn suggest(&self, typed: &str, limit: usize, as_of: Option<Date>) -> Vec<Suggestion> {
        let query = Query::default();
        let filter = Filter::new(
            &query,
            as_of.unwrap_or_else(Date::today),
            &self.reader.calendar,
        );
        let typed = typed
            .get(..typed.floor_char_boundary(200))
            .unwrap_or_default();
        let mut suggestions = self.codes_like(typed.trim(), limit, &filter);
        suggestions.extend(self.words_like(typed, &filter));
        suggestions.truncate(limit);
        suggestions
    }

    fn codes_like(&self, typed: &str, limit: usize, filter: &Filter<'_>) -> Vec<Suggestion> {
        let span = typed
            .parse::<CodeSpan>()
            .or_else(|_| format!("{typed}*").parse());
        let has_digit = typed.bytes().any(|byte| byte.is_ascii_digit());
        let Some(span) = span.ok().filter(|_| has_digit) else {
            return Vec::new();
        };
        let store = &self.reader.store;
        let visible = |doc: &u32| filter.standing(store.row(*doc)) == Standing::Visible;
        let docs = self.rows(span).into_iter().filter(visible).take(limit);
        let suggestion = |doc| Suggestion {
            text: store.text(doc, Field::Code).to_owned(),
            kind: SuggestionKind::Code,
            codes: 1,
            descriptor: store.text(doc, Field::LongDescriptor).to_owned(),
        };
        docs.map(suggestion).collect()
    }

    fn words_like(&self, typed: &str, filter: &Filter<'_>) -> Vec<Suggestion> {
        // A blank may be longer than one byte, so the last word is cut from its end.
        let last = typed.rsplit(char::is_whitespace).next().unwrap_or_default();
        let before = typed.strip_suffix(last).unwrap_or_default();
        let prefix = last.to_lowercase();
        if prefix.is_empty() || prefix.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let terms = self.reader.store.terms();
        let mut known = self.documents_of(before);
        let mut ords: Vec<u32> = terms.starting_with(&prefix).collect();
        ords.sort_unstable_by_key(|ord| (u32::MAX - terms.doc_freq(*ord), *ord));
        ords.truncate(MOST_WEIGHED);
        let mut suggestions: Vec<Suggestion> = Vec::new();
        for ord in ords {
            let word = terms.term(ord);
            if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                continue;
            }
            let codes = self.count(ord, known.as_mut(), filter);
            if codes > 0 {
                let in_release = terms.release_doc_freq(ord) > 0;
                let kind = if in_release {
                    SuggestionKind::Word
                } else {
                    SuggestionKind::Name
                };
                let text = format!("{before}{word}");
                suggestions.push(Suggestion {
                    text,
                    kind,
                    codes,
                    descriptor: String::new(),
                });
            }
        }
        suggestions.sort_by(|a, b| b.codes.cmp(&a.codes).then(a.text.cmp(&b.text)));
        suggestions
    }

    /// The documents that have all words typed before the last one; `None` for all.
    fn documents_of(&self, before: &str) -> Option<Vec<u32>> {
        let terms = self.reader.store.terms();
        let mut known: Option<Vec<u32>> = None;
        for ord in analyze(before)
            .iter()
            .filter_map(|token| terms.ord(&token.term))
        {
            let mut docs = self.documents(ord);
            if let Some(known) = &known {
                docs.retain(|doc| known.binary_search(doc).is_ok());
            }
            known = Some(docs);
        }
        known
    }

    fn count(&self, ord: u32, known: Option<&mut Vec<u32>>, filter: &Filter<'_>) -> usize {
        let store = &self.reader.store;
        let visible = |doc: &&u32| filter.standing(store.row(**doc)) == Standing::Visible;
        let mut docs = self.documents(ord);
        if let Some(known) = known {
            docs.retain(|doc| known.binary_search(doc).is_ok());
        }
        docs.iter().filter(visible).count()
    }

    fn documents(&self, ord: u32) -> Vec<u32> {
        let (mut docs, mut block) = (Vec::new(), None);
        for side in [Posting::Release, Posting::Annotation] {
            let reader = &self.reader;
            reader.each_posting(ord, side, &mut block, |doc, _| docs.push(doc));
        }
        docs.sort_unstable();
        docs.dedup();
        docs
    }
}
