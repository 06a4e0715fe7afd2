//! Completions of a partly typed text: codes and words, by how many codes they match.

use serde::Serialize;

use crate::codeset::{CodeSpan, Date};
use crate::index::Field;
use crate::index::analyzer::analysis::analyze;
use crate::index::analyzer::token::Form;
use crate::index::field_set::FieldSet;
use crate::index::store::term::Posting;

use crate::search::question::filter::Filter;
use crate::search::question::query::Query;
use crate::search::question::standing::Standing;
use crate::search::searcher::Searcher;

/// A completion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
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
    /// Of a code: why it may not have been valid on the day all the same, if a release re-activated
    /// it and none that is indexed says when it had ended. Of a word: of how many codes that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unclear: Option<String>,
}

/// The kind of a completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// A code or a modifier.
    Code,
    /// A word of the descriptors.
    Word,
    /// A word that occurs in names of drug products or in notes, and in no descriptor; or a synonym.
    Name,
}

/// The maximum of terms of a prefix that are ranked.
const MOST_WEIGHED: usize = 256;

impl Searcher {
    /// Completions of a partly typed text, those that match most codes first. The last word is
    /// completed; the words before it are kept.
    ///
    /// ```
    /// # use hcpcs::index::{Sources, build_index};
    /// # use hcpcs::{Release, Searcher};
    /// # let folder = tempfile::tempdir()?;
    /// # build_index(folder.path(), Sources { releases: vec![Release::starter()?], ..Sources::default() })?;
    /// let searcher = Searcher::open(folder.path())?;
    /// let suggestions = searcher.suggest("glycopyr", 5, Some("2026-02-01".parse()?));
    /// assert_eq!(suggestions[0].text, "glycopyrrolate");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn suggest(&self, typed: &str, limit: usize, as_of: Option<Date>) -> Vec<Suggestion> {
        let query = Query::default();
        let day = as_of.unwrap_or_else(Date::today);
        let filter = Filter::new(&query, day, &self.reader.calendar);
        let typed = typed
            .get(..typed.floor_char_boundary(200))
            .unwrap_or_default();
        let mut suggestions = self.codes_like(typed.trim(), limit, &filter, day);
        let words = self.words_like(typed, &filter, day);
        if !words
            .iter()
            .any(|word| word.text.eq_ignore_ascii_case(typed.trim()))
        {
            suggestions.extend(self.meant_by(typed.trim(), &filter, day));
        }
        suggestions.extend(words);
        suggestions.truncate(limit);
        suggestions
    }

    fn codes_like(
        &self,
        typed: &str,
        limit: usize,
        filter: &Filter<'_>,
        day: Date,
    ) -> Vec<Suggestion> {
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
            unclear: self.validity_of(doc, day).and_then(|own| own.unclear),
        };
        docs.map(suggestion).collect()
    }

    fn words_like(&self, typed: &str, filter: &Filter<'_>, day: Date) -> Vec<Suggestion> {
        // A blank may be longer than one byte, so the last word is cut from its end. What is behind
        // a hyphen is a word too: `denosumab-b`.
        let is_between = |char: char| char.is_whitespace() || char == '-';
        let last = typed.rsplit(is_between).next().unwrap_or_default();
        let before = typed.strip_suffix(last).unwrap_or_default();
        let prefix = last.to_lowercase();
        if prefix.is_empty() || prefix.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let terms = self.reader.store.terms();
        let known = self.documents_of(before);
        // Behind a hyphen stands what the texts write there.
        let tied = before
            .strip_suffix('-')
            .and_then(|before| before.split_whitespace().next_back());
        let tied = tied.map(str::to_lowercase);
        let is_written = |ord: &u32| {
            let whole = tied
                .as_ref()
                .map(|tied| format!("{tied}{}", terms.term(*ord)));
            whole.is_none_or(|whole| terms.ord(&whole).is_some())
        };
        let mut ords: Vec<u32> = terms.starting_with(&prefix).filter(is_written).collect();
        ords.sort_unstable_by_key(|ord| (u32::MAX - terms.doc_freq(*ord), *ord));
        ords.truncate(MOST_WEIGHED);
        let mut suggestions: Vec<(usize, Suggestion)> = Vec::new();
        for ord in ords {
            let word = terms.term(ord);
            if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
                continue;
            }
            let (docs, of_word) = self.visible(ord, known.as_deref(), filter);
            if of_word > 0 {
                let in_release = terms.release_doc_freq(ord) > 0;
                let kind = if in_release {
                    SuggestionKind::Word
                } else {
                    SuggestionKind::Name
                };
                let text = format!("{before}{word}");
                let suggestion = Suggestion {
                    text,
                    kind,
                    codes: docs.len(),
                    descriptor: String::new(),
                    unclear: self.unclear_among(docs.into_iter(), day),
                };
                suggestions.push((of_word, suggestion));
            }
        }
        suggestions.sort_by(|(some, a), (others, b)| others.cmp(some).then(a.text.cmp(&b.text)));
        suggestions.into_iter().map(|(_, own)| own).collect()
    }

    /// The typed text itself, if it is a synonym or an abbreviation: `prbc`.
    fn meant_by(&self, typed: &str, filter: &Filter<'_>, day: Date) -> Option<Suggestion> {
        let store = &self.reader.store;
        let tokens = analyze(typed);
        let words = tokens.iter().filter(|token| token.form == Form::Word);
        let terms: Vec<&str> = words.map(|token| token.term.as_str()).collect();
        let mut docs: Vec<u32> = Vec::new();
        for meant in store.synonyms(&terms) {
            let mut ords = meant.terms();
            let mut own = ords.next().map_or_else(Vec::new, |ord| self.documents(ord));
            for ord in ords {
                let others = self.documents(ord);
                own.retain(|doc| others.binary_search(doc).is_ok());
            }
            docs.extend(own);
        }
        docs.sort_unstable();
        docs.dedup();
        docs.retain(|doc| filter.standing(store.row(*doc)) == Standing::Visible);
        (!docs.is_empty()).then(|| Suggestion {
            text: typed.to_owned(),
            kind: SuggestionKind::Name,
            codes: docs.len(),
            descriptor: String::new(),
            unclear: self.unclear_among(docs.into_iter(), day),
        })
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

    /// The valid codes that match a term; and how many of them have it as a word of their own, and
    /// not only in the label of a coded value or as the parts of a hyphenated word written as one.
    fn visible(&self, ord: u32, known: Option<&[u32]>, filter: &Filter<'_>) -> (Vec<u32>, usize) {
        let store = &self.reader.store;
        let visible = |doc: &u32| filter.standing(store.row(*doc)) == Standing::Visible;
        let mut docs: Vec<(u32, bool)> = Vec::new();
        self.each_document(ord, |doc, fields| {
            let is_label = fields == FieldSet::MEANING || fields.has(FieldSet::WHOLE);
            docs.push((doc, is_label));
        });
        // A document's word of its own comes before the same word in a label.
        docs.sort_unstable();
        docs.dedup_by_key(|(doc, _)| *doc);
        let is_known = |doc: &u32| known.is_none_or(|known| known.binary_search(doc).is_ok());
        docs.retain(|(doc, _)| visible(doc) && is_known(doc));
        let of_word = docs.iter().filter(|(_, is_label)| !is_label).count();
        (docs.into_iter().map(|(doc, _)| doc).collect(), of_word)
    }

    fn documents(&self, ord: u32) -> Vec<u32> {
        let mut docs = Vec::new();
        self.each_document(ord, |doc, _| docs.push(doc));
        docs.sort_unstable();
        docs.dedup();
        docs
    }

    fn each_document(&self, ord: u32, mut each: impl FnMut(u32, FieldSet)) {
        let mut block = None;
        for side in [Posting::Release, Posting::Annotation] {
            self.reader.each_posting(ord, side, &mut block, &mut each);
        }
    }
}
