//! One word of a question → its documents, with the word's score in each.

use tantivy::postings::BlockSegmentPostings;

use crate::index::Field;
use crate::index::generation::reader::Reader;
use crate::index::store::bytes::{idf, narrow};
use crate::index::store::term::Posting;
use crate::index::store::text::TokenFlags;

use super::accumulator::Documents;
use super::candidate::Candidate;
use super::term_score::TermScore;
use crate::search::plan::plan::{Alternative, Group};

/// Context of one evaluation.
#[derive(Clone, Copy)]
pub(crate) struct EvalContext<'r> {
    pub(crate) reader: &'r Reader,
    /// Whether annotations are searched: synonyms, coverage, notes.
    pub(crate) annotations: bool,
    /// The bit mask that the documents get.
    pub(crate) mark: u64,
    /// Whether to sum the covered words of the descriptor.
    pub(crate) coverage: bool,
}

/// Evaluates groups, one after another.
#[derive(Default)]
pub(crate) struct Gatherer {
    /// The documents of the current group.
    pub(crate) documents: Documents,
    /// The terms whose words are already covered.
    covered: Vec<u32>,
    /// The terms of alternatives with several terms, whose words are covered too.
    uncovered: Vec<u32>,
    is_covered: Vec<bool>,
}

impl Gatherer {
    /// Begins a question.
    pub(crate) fn begin(&mut self, reader: &Reader) {
        for ord in self.covered.drain(..) {
            self.is_covered[ord as usize] = false;
        }
        self.uncovered.clear();
        let terms = reader.store.terms().len() as usize;
        if self.is_covered.len() < terms {
            self.is_covered = vec![false; terms];
        }
    }

    /// Collects the documents of a group, with the group's score in each.
    ///
    /// A document of a higher-weighted alternative gets a higher IDF: that of the documents found
    /// so far, without those that lower-weighted alternatives add.
    pub(crate) fn gather(&mut self, group: &Group<'_>, context: EvalContext<'_>) {
        let context = EvalContext {
            annotations: context.annotations && group.role.is_annotated(),
            ..context
        };
        let docs = context.reader.store.len();
        self.documents.clear(docs);
        let mut block = None;
        for alternatives in group
            .alternatives
            .chunk_by(|a, b| a.weight.total_cmp(&b.weight).is_eq())
        {
            let known = self.documents.found.len();
            for alternative in alternatives {
                self.gather_alternative(alternative, known, context, &mut block);
            }
            if group.is_phrase {
                let terms = alternatives[0].terms();
                self.documents.retain(|doc| has_phrase(context, doc, terms));
            }
            let found = &mut self.documents.found;
            let weighted = idf(narrow(found.len()), docs) * group.weight;
            for candidate in &mut found[known..] {
                candidate.score *= weighted;
            }
        }
    }

    fn gather_alternative(
        &mut self,
        alternative: &Alternative<'_>,
        known: usize,
        context: EvalContext<'_>,
        block: &mut Option<BlockSegmentPostings>,
    ) {
        let [ord] = alternative.terms() else {
            if context.coverage {
                self.uncovered.extend(alternative.terms());
            }
            for candidate in all_of(alternative, context, block) {
                self.documents.take(candidate, known);
            }
            return;
        };
        let term = self.term_score(*ord, context);
        let documents = &mut self.documents;
        for side in sides(context) {
            // A list has each document once.
            let is_first = documents.found.is_empty();
            context
                .reader
                .each_posting(*ord, side, block, |doc, fields| {
                    let candidate = term.candidate(doc, fields, side, alternative.weight);
                    if is_first {
                        documents.push(candidate);
                    } else {
                        documents.take(candidate, known);
                    }
                });
        }
    }

    /// The score of a term; its coverage is counted once in a question.
    fn term_score(&mut self, ord: u32, context: EvalContext<'_>) -> TermScore {
        let is_new =
            context.coverage && !std::mem::replace(&mut self.is_covered[ord as usize], true);
        if is_new {
            self.covered.push(ord);
        }
        let idf = context.reader.store.terms().idf(ord);
        TermScore {
            idf: if is_new { idf } else { 0.0 },
            mark: context.mark,
        }
    }

    /// Adds the coverage of the terms of alternatives with several terms.
    pub(crate) fn cover_the_rest(&mut self, all: &mut Documents, context: EvalContext<'_>) {
        let mut block = None;
        for ord in std::mem::take(&mut self.uncovered) {
            let term = self.term_score(ord, context);
            if term.idf == 0.0 {
                continue;
            }
            context
                .reader
                .each_posting(ord, Posting::Release, &mut block, |doc, fields| {
                    if let Some(place) = all.place(doc) {
                        all.found[place].cover(term.candidate(doc, fields, Posting::Release, 0.0));
                    }
                });
        }
    }
}

/// The documents that have all terms of an alternative.
fn all_of(
    alternative: &Alternative<'_>,
    context: EvalContext<'_>,
    block: &mut Option<BlockSegmentPostings>,
) -> Vec<Candidate> {
    let term = TermScore {
        idf: 0.0,
        mark: context.mark,
    };
    let mut rarest = alternative.terms().to_vec();
    rarest.sort_unstable_by_key(|ord| context.reader.store.terms().doc_freq(*ord));
    rarest.dedup();
    let mut all: Vec<Candidate> = Vec::new();
    for (at, ord) in rarest.iter().enumerate() {
        let mut own: Vec<Candidate> = Vec::new();
        for side in sides(context) {
            context
                .reader
                .each_posting(*ord, side, block, |doc, fields| {
                    own.push(term.candidate(doc, fields, side, alternative.weight));
                });
        }
        own.sort_by_key(|candidate| candidate.doc);
        own.dedup_by_key(|candidate| candidate.doc);
        if at == 0 {
            all = own;
            continue;
        }
        let mut rest = own.iter().peekable();
        all.retain_mut(|one| {
            while rest.next_if(|other| other.doc < one.doc).is_some() {}
            let same = rest.next_if(|other| other.doc == one.doc);
            if let Some(other) = same {
                one.score = one.score.min(other.score);
            }
            same.is_some()
        });
    }
    all
}

fn sides(context: EvalContext<'_>) -> impl Iterator<Item = Posting> {
    let annotations = context.annotations.then_some(Posting::Annotation);
    std::iter::once(Posting::Release).chain(annotations)
}

/// Whether a text of the document has these terms as a phrase.
fn has_phrase(context: EvalContext<'_>, doc: u32, terms: &[u32]) -> bool {
    let texts = context
        .reader
        .store
        .texts(doc)
        .filter(|text| context.annotations || !text.field.is_annotation());
    texts
        .filter(|text| text.field != Field::Meaning)
        .any(|text| {
            let words = text
                .tokens()
                .filter(|token| !token.flags.has(TokenFlags::WHOLE));
            let words: Vec<u32> = words.map(|token| token.ord).collect();
            words.windows(terms.len()).any(|window| window == terms)
        })
}
