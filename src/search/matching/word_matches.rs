//! One word of a question → its documents, with the word's score in each.

use tantivy::postings::BlockSegmentPostings;

use crate::index::Field;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::field_set::FieldSet;
use crate::index::generation::joint_postings::JointPosting;
use crate::index::generation::reader::Reader;
use crate::index::store::bytes::{idf, narrow};
use crate::index::store::term::Posting;
use crate::index::store::text::TokenFlags;

use super::accumulator::Documents;
use super::candidate::Candidate;
use super::term_score::{TermScore, score};
use crate::search::plan::plan::{Alternative, Group, Via};

/// A word in a fifth of all documents is common.
const COMMON: u32 = 5;

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
    /// Whether the words are denied: what a note, a taxonomy or the label of a coded value says is
    /// not what the code itself denies.
    pub(crate) is_denied: bool,
}

/// Evaluates groups, one after another.
#[derive(Default)]
pub(crate) struct WordCollector {
    /// The documents of the current group.
    pub(crate) documents: Documents,
    /// The documents of an alternative with several terms.
    joint: Vec<JointPosting>,
    /// The terms whose words are already covered.
    covered: Vec<u32>,
    /// The terms of alternatives with several terms, whose words are covered too.
    uncovered: Vec<u32>,
    is_covered: Vec<bool>,
}

impl WordCollector {
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
    pub(crate) fn collect_word(&mut self, group: &Group<'_>, context: EvalContext<'_>) {
        let is_annotated = group.role.is_annotated() && !group.is_denied;
        let context = EvalContext {
            annotations: context.annotations && is_annotated,
            is_denied: group.is_denied,
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
                self.collect_alternative(alternative, known, context, &mut block);
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

    fn collect_alternative(
        &mut self,
        alternative: &Alternative<'_>,
        known: usize,
        context: EvalContext<'_>,
        block: &mut Option<BlockSegmentPostings>,
    ) {
        let [ord] = alternative.terms() else {
            return self.collect_joint(alternative, known, context, block);
        };
        let term = self.term_score(*ord, context);
        // A coded value's label lists what it applies to. A common word of labels says little of
        // the code if another word is asked: orthotics are in the labels of a third of all codes.
        let store = &context.reader.store;
        let is_vague = context.is_denied
            || matches!(alternative.via, Via::Inflection | Via::Synonym)
                && store.terms().doc_freq(*ord) > store.len() / COMMON;
        let documents = &mut self.documents;
        for side in sides(context).iter().copied() {
            // A list has each document once.
            let is_first = documents.found.is_empty();
            let is_vague = is_vague && side == Posting::Release;
            let weight = alternative.weight;
            context
                .reader
                .each_block(*ord, side, block, |docs, numbers| {
                    let postings = docs.iter().zip(numbers);
                    let candidate = |(doc, number): (&u32, &u8)| {
                        term.candidate(*doc, FieldSet::from_number(*number), side, weight)
                    };
                    if is_vague {
                        // Most are left out.
                        let own = postings.filter(|(_, own)| **own != FieldSet::MEANING.number());
                        own.for_each(|posting| documents.take(candidate(posting), known));
                    } else if is_first {
                        documents.extend(postings.map(candidate));
                    } else {
                        postings.for_each(|posting| documents.take(candidate(posting), known));
                    }
                });
        }
    }

    /// Collects the documents that have all terms of an alternative, with the score of the weakest.
    fn collect_joint(
        &mut self,
        alternative: &Alternative<'_>,
        known: usize,
        context: EvalContext<'_>,
        block: &mut Option<BlockSegmentPostings>,
    ) {
        let Self {
            documents,
            joint,
            uncovered,
            ..
        } = self;
        let worth = |fields, side| score(fields, side, alternative.weight);
        let of = (alternative.terms(), sides(context));
        context.reader.joint_postings(of, worth, block, joint);
        if alternative.denied != 0 {
            joint.retain(|own| denies(context, own.doc, alternative));
        }
        if context.coverage && !joint.is_empty() {
            uncovered.extend(alternative.terms());
        }
        for own in joint {
            let candidate = Candidate {
                groups: context.mark,
                doc: own.doc,
                score: own.least,
                ..Candidate::default()
            };
            documents.take(candidate, known);
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

    /// Adds the coverage of the terms of alternatives with several terms, of candidates that are
    /// ranked.
    pub(crate) fn cover_the_rest(&mut self, ranked: &mut Vec<Candidate>, context: EvalContext<'_>) {
        let uncovered = std::mem::take(&mut self.uncovered);
        if uncovered.is_empty() {
            return;
        }
        self.documents.swap(ranked);
        let mut block = None;
        for ord in uncovered {
            let term = self.term_score(ord, context);
            if term.idf == 0.0 {
                continue;
            }
            let (reader, documents) = (context.reader, &mut self.documents);
            reader.each_posting(ord, Posting::Release, &mut block, |doc, fields| {
                if let Some(place) = documents.place(doc) {
                    let side = Posting::Release;
                    documents.found[place].cover(term.candidate(doc, fields, side, 0.0));
                }
            });
        }
        std::mem::swap(ranked, &mut self.documents.found);
    }
}

fn sides(context: EvalContext<'_>) -> &'static [Posting] {
    if context.annotations {
        &[Posting::Release, Posting::Annotation]
    } else {
        &[Posting::Release]
    }
}

/// Whether a descriptor of the document denies the terms that an alternative denies: the meaning
/// `other than wood` is not found in a descriptor of wood.
fn denies(context: EvalContext<'_>, doc: u32, alternative: &Alternative<'_>) -> bool {
    let terms = (0..).zip(alternative.terms());
    let mut denied = terms.filter(|(at, _)| alternative.denied >> at & 1 == 1);
    denied.all(|(_, ord)| {
        let descriptors = context.reader.store.texts(doc).take(2);
        let mut tokens = descriptors.flat_map(|text| text.tokens());
        tokens.any(|token| token.ord == *ord && token.flags.said().has(Qualifiers::WITHOUT))
    })
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
