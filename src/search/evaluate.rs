//! Plan → documents: which have which words of the question, and how much each word counts.

use std::cell::RefCell;

use crate::index::Field;
use crate::index::reader::Reader;
use crate::index::store::{Posting, TokenFlags, idf};

use super::plan::{Alternative, Group, Plan};

/// A weight at which a word counts half of what it can: BM25's saturation.
const HALF_WEIGHT: f32 = 2.7;
/// The mark of a document that has something excluded.
const EXCLUDED: u64 = 1 << 63;

/// A document that has words of the question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) doc: u32,
    /// A bit for each group that it has.
    pub(crate) groups: u64,
    /// What these words count.
    pub(crate) score: f32,
}

/// What the evaluation knows of the groups.
pub(crate) struct Evaluation {
    /// How much each group tells: its inverse document frequency.
    pub(crate) idf: Vec<f32>,
    /// In how many documents each group is found.
    pub(crate) doc_freq: Vec<u32>,
    /// What each set of the first groups tells, by its bits.
    told: Vec<f32>,
    /// Documents that have any of the groups and nothing excluded; in no order.
    pub(crate) candidates: Vec<Candidate>,
}

/// The most groups for which what they tell together is worked out beforehand.
const MOST_BY_BITS: usize = 6;

fn told_by_bits(idf: &[f32]) -> Vec<f32> {
    let mut told = vec![0.0];
    for tells in idf.iter().take(MOST_BY_BITS) {
        let more: Vec<f32> = told.iter().map(|known| known + tells).collect();
        told.extend(more);
    }
    told
}

impl Evaluation {
    /// How much some groups tell together, given by their bits.
    pub(crate) fn told(&self, groups: u64) -> f32 {
        let first = usize::try_from(groups).unwrap_or(usize::MAX) & (self.told.len() - 1);
        let rest = self.idf.iter().enumerate().skip(MOST_BY_BITS);
        let rest = rest
            .filter(|(at, _)| groups & (1 << at) != 0)
            .map(|(_, tells)| *tells);
        self.told[first] + rest.sum::<f32>()
    }
}

/// Room that is used again by the next question of the thread.
#[derive(Default)]
struct Scratch {
    /// The documents of the group at hand, and what the word counts in each.
    found: Vec<(u32, f32)>,
    /// Where in `found` a document stands, if it stands there.
    place: Vec<u32>,
    groups: Vec<u64>,
    score: Vec<f32>,
    touched: Vec<u32>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Finds the documents of a plan.
pub(crate) fn evaluate(reader: &Reader, plan: &Plan<'_>, annotations: bool) -> Evaluation {
    SCRATCH.with_borrow_mut(|scratch| {
        let docs = reader.store.len() as usize;
        if scratch.place.len() < docs {
            scratch.place.resize(docs, 0);
            scratch.groups.resize(docs, 0);
            scratch.score.resize(docs, 0.0);
        }
        let mut evaluation = Evaluation {
            idf: Vec::new(),
            doc_freq: Vec::new(),
            told: Vec::new(),
            candidates: Vec::new(),
        };
        for (at, group) in plan.groups.iter().enumerate() {
            scratch.find(reader, group, annotations);
            let doc_freq = u32::try_from(scratch.found.len()).unwrap_or(u32::MAX);
            let idf = idf(doc_freq, reader.store.len());
            evaluation.idf.push(idf);
            evaluation.doc_freq.push(doc_freq);
            scratch.add(1 << at);
        }
        if plan.groups.is_empty() {
            for doc in 0..reader.store.len() {
                scratch.touch(doc, 1 << 62, 0.0);
            }
        }
        for group in &plan.excluded {
            scratch.find(reader, group, annotations);
            scratch.add(EXCLUDED);
        }
        evaluation.told = told_by_bits(&evaluation.idf);
        evaluation.candidates = scratch.take();
        evaluation
    })
}

/// What a group counts in a document, its inverse document frequency weighed in.
pub(crate) fn counts(reader: &Reader, group: &Group<'_>, doc: u32, annotations: bool) -> f32 {
    SCRATCH.with_borrow_mut(|scratch| {
        scratch.find(reader, group, annotations);
        let own = scratch.found.iter().find(|(found, _)| *found == doc);
        own.map_or(0.0, |(_, counts)| *counts)
    })
}

impl Scratch {
    /// Gathers the documents of a group, each with what the group counts there.
    ///
    /// What is found by a better way tells more: its inverse document frequency is that of the
    /// documents found so far, and not of all that the weaker ways add.
    fn find(&mut self, reader: &Reader, group: &Group<'_>, annotations: bool) {
        self.found.clear();
        for ways in group
            .alternatives
            .chunk_by(|a, b| a.weight.total_cmp(&b.weight).is_eq())
        {
            let known = self.found.len();
            for alternative in ways {
                self.find_way(reader, alternative, known, annotations);
            }
            if group.is_phrase {
                let terms = ways[0].terms();
                self.found
                    .retain(|(doc, _)| has_phrase(reader, *doc, terms, annotations));
            }
            let doc_freq = u32::try_from(self.found.len()).unwrap_or(u32::MAX);
            let tells = idf(doc_freq, reader.store.len());
            for (_, counts) in &mut self.found[known..] {
                *counts *= tells;
            }
        }
    }

    fn find_way(
        &mut self,
        reader: &Reader,
        way: &Alternative<'_>,
        known: usize,
        annotations: bool,
    ) {
        match way.terms() {
            [ord] => each_posting(reader, *ord, annotations, |doc, counts| {
                self.found(doc, way.weight * counts, known);
            }),
            _ => {
                for (doc, counts) in all_of(reader, way, annotations) {
                    self.found(doc, way.weight * counts, known);
                }
            }
        }
    }

    /// Takes a document in; those before `known` were found by a better way.
    fn found(&mut self, doc: u32, counts: f32, known: usize) {
        let place = self.place[doc as usize] as usize;
        match self.found.get_mut(place) {
            Some((same, best)) if *same == doc => {
                if place >= known {
                    *best = best.max(counts);
                }
            }
            _ => {
                self.place[doc as usize] = u32::try_from(self.found.len()).unwrap_or(u32::MAX);
                self.found.push((doc, counts));
            }
        }
    }

    fn add(&mut self, group: u64) {
        let found = std::mem::take(&mut self.found);
        for (doc, counts) in &found {
            self.touch(*doc, group, *counts);
        }
        self.found = found;
    }

    fn touch(&mut self, doc: u32, group: u64, score: f32) {
        let at = doc as usize;
        if self.groups[at] == 0 {
            self.touched.push(doc);
            self.score[at] = 0.0;
        }
        self.groups[at] |= group;
        self.score[at] += score;
    }

    /// The documents that have something and nothing excluded; all marks are taken back.
    fn take(&mut self) -> Vec<Candidate> {
        let mut candidates = Vec::with_capacity(self.touched.len());
        for doc in self.touched.drain(..) {
            let groups = std::mem::take(&mut self.groups[doc as usize]);
            if groups & EXCLUDED == 0 {
                candidates.push(Candidate {
                    doc,
                    groups,
                    score: self.score[doc as usize],
                });
            }
        }
        candidates
    }
}

/// What a term counts in a document, from 0 to 1, by its weight there.
fn saturated(weight: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "weights are small")]
    let weight = weight as f32;
    weight / (weight + HALF_WEIGHT)
}

/// Calls with each document of a term and with what the term counts there.
fn each_posting(reader: &Reader, ord: u32, annotations: bool, mut each: impl FnMut(u32, f32)) {
    for posting in [Posting::Release, Posting::Annotation] {
        if posting == Posting::Annotation && !annotations {
            continue;
        }
        let Some(mut block) = reader.postings(ord, posting) else {
            continue;
        };
        while !block.docs().is_empty() {
            for (doc, weight) in block.docs().iter().zip(block.freqs()) {
                each(*doc, saturated(*weight));
            }
            block.advance();
        }
    }
}

/// The documents that have all terms of an alternative.
fn all_of(reader: &Reader, alternative: &Alternative<'_>, annotations: bool) -> Vec<(u32, f32)> {
    let terms = alternative.terms();
    let mut rarest = terms.to_vec();
    rarest.sort_unstable_by_key(|ord| reader.store.terms().doc_freq(*ord));
    rarest.dedup();
    let mut all: Vec<(u32, f32)> = Vec::new();
    for (at, ord) in rarest.iter().enumerate() {
        let mut own: Vec<(u32, f32)> = Vec::new();
        each_posting(reader, *ord, annotations, |doc, counts| {
            own.push((doc, counts));
        });
        own.sort_unstable_by_key(|(doc, _)| *doc);
        own.dedup_by_key(|(doc, _)| *doc);
        if at == 0 {
            all = own;
            continue;
        }
        let mut rest = own.iter().peekable();
        all.retain_mut(|(doc, counts)| {
            while rest.next_if(|(other, _)| other < doc).is_some() {}
            let same = rest.next_if(|(other, _)| other == doc);
            if let Some((_, other)) = same {
                *counts = counts.min(*other);
            }
            same.is_some()
        });
    }
    all
}

/// Whether a text of the document has some terms one behind another.
fn has_phrase(reader: &Reader, doc: u32, terms: &[u32], annotations: bool) -> bool {
    let texts = reader
        .store
        .texts(doc)
        .filter(|text| annotations || !text.field.is_annotation());
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
