//! One word of a question → the documents that have it, and what it counts in each.

use tantivy::postings::BlockSegmentPostings;

use crate::index::Field;
use crate::index::generation::reader::Reader;
use crate::index::store::bytes::idf;
use crate::index::store::term::Posting;
use crate::index::store::text::TokenFlags;

use super::accumulator::{Documents, narrow};
use super::candidate::Candidate;
use super::term_score::Naming;
use crate::search::plan::plan::{Alternative, Group};

/// How a group is gathered.
#[derive(Clone, Copy)]
pub(crate) struct Manner<'r> {
    pub(crate) reader: &'r Reader,
    /// Whether synonyms, names, notes and the like are searched.
    pub(crate) annotations: bool,
    /// The mark that the documents get.
    pub(crate) mark: u64,
    /// Whether it matters which words of the descriptor the question names.
    pub(crate) names: bool,
}

/// Gathers the documents of groups, one after another.
#[derive(Default)]
pub(crate) struct Gatherer {
    /// The documents of the group at hand.
    pub(crate) documents: Documents,
    /// The terms by which words of descriptors were named so far.
    named: Vec<u32>,
    /// Terms of ways with several terms, by which words are named too.
    unnamed: Vec<u32>,
    is_named: Vec<bool>,
}

impl Gatherer {
    /// Begins a question.
    pub(crate) fn begin(&mut self, reader: &Reader) {
        for ord in self.named.drain(..) {
            self.is_named[ord as usize] = false;
        }
        self.unnamed.clear();
        let terms = reader.store.terms().len() as usize;
        if self.is_named.len() < terms {
            self.is_named = vec![false; terms];
        }
    }

    /// Gathers the documents of a group, each with what the group counts there.
    ///
    /// What is found by a better way tells more: its inverse document frequency is that of the
    /// documents found so far, and not of all that the weaker ways add.
    pub(crate) fn gather(&mut self, group: &Group<'_>, manner: Manner<'_>) {
        let manner = Manner {
            annotations: manner.annotations && group.role.is_annotated(),
            ..manner
        };
        let docs = manner.reader.store.len();
        self.documents.clear(docs);
        let mut block = None;
        for ways in group
            .alternatives
            .chunk_by(|a, b| a.weight.total_cmp(&b.weight).is_eq())
        {
            let known = self.documents.found.len();
            for way in ways {
                self.gather_way(way, known, manner, &mut block);
            }
            if group.is_phrase {
                let terms = ways[0].terms();
                self.documents.retain(|doc| has_phrase(manner, doc, terms));
            }
            let found = &mut self.documents.found;
            let tells = idf(narrow(found.len()), docs) * group.weight;
            for candidate in &mut found[known..] {
                candidate.score *= tells;
            }
        }
    }

    fn gather_way(
        &mut self,
        way: &Alternative<'_>,
        known: usize,
        manner: Manner<'_>,
        block: &mut Option<BlockSegmentPostings>,
    ) {
        let [ord] = way.terms() else {
            if manner.names {
                self.unnamed.extend(way.terms());
            }
            for candidate in all_of(way, manner, block) {
                self.documents.take(candidate, known);
            }
            return;
        };
        let naming = self.naming(*ord, manner);
        let documents = &mut self.documents;
        for side in sides(manner) {
            // A list has each document once.
            let is_first = documents.found.is_empty();
            manner
                .reader
                .each_posting(*ord, side, block, |doc, fields| {
                    let candidate = naming.candidate(doc, fields, side, way.weight);
                    if is_first {
                        documents.push(candidate);
                    } else {
                        documents.take(candidate, known);
                    }
                });
        }
    }

    /// How a term names words of descriptors, which counts once a question.
    fn naming(&mut self, ord: u32, manner: Manner<'_>) -> Naming {
        let is_new = manner.names && !std::mem::replace(&mut self.is_named[ord as usize], true);
        if is_new {
            self.named.push(ord);
        }
        let idf = manner.reader.store.terms().idf(ord);
        Naming {
            tells: if is_new { idf } else { 0.0 },
            mark: manner.mark,
        }
    }

    /// Names the words of the terms of which an answer need not have all.
    pub(crate) fn name_the_rest(&mut self, all: &mut Documents, manner: Manner<'_>) {
        let mut block = None;
        for ord in std::mem::take(&mut self.unnamed) {
            let naming = self.naming(ord, manner);
            if naming.tells == 0.0 {
                continue;
            }
            manner
                .reader
                .each_posting(ord, Posting::Release, &mut block, |doc, fields| {
                    if let Some(place) = all.place(doc) {
                        all.found[place].name(naming.candidate(doc, fields, Posting::Release, 0.0));
                    }
                });
        }
    }
}

/// The documents that have all terms of a way.
fn all_of(
    way: &Alternative<'_>,
    manner: Manner<'_>,
    block: &mut Option<BlockSegmentPostings>,
) -> Vec<Candidate> {
    let naming = Naming {
        tells: 0.0,
        mark: manner.mark,
    };
    let mut rarest = way.terms().to_vec();
    rarest.sort_unstable_by_key(|ord| manner.reader.store.terms().doc_freq(*ord));
    rarest.dedup();
    let mut all: Vec<Candidate> = Vec::new();
    for (at, ord) in rarest.iter().enumerate() {
        let mut own: Vec<Candidate> = Vec::new();
        for side in sides(manner) {
            manner
                .reader
                .each_posting(*ord, side, block, |doc, fields| {
                    own.push(naming.candidate(doc, fields, side, way.weight));
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

fn sides(manner: Manner<'_>) -> impl Iterator<Item = Posting> {
    let annotations = manner.annotations.then_some(Posting::Annotation);
    std::iter::once(Posting::Release).chain(annotations)
}

/// Whether a text of the document has some terms one behind another.
fn has_phrase(manner: Manner<'_>, doc: u32, terms: &[u32]) -> bool {
    let texts = manner
        .reader
        .store
        .texts(doc)
        .filter(|text| manner.annotations || !text.field.is_annotation());
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
