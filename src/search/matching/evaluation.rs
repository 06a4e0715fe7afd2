//! Plan → documents: which have which words of the question, and how much each word counts.

use std::cell::RefCell;

use crate::index::generation::reader::Reader;
use crate::index::store::bytes::idf;

use super::accumulator::Documents;
use super::candidate::Candidate;
use super::word_matches::{Gatherer, Manner};
use crate::search::plan::plan::{Group, Plan};

/// The mark of a document that has something excluded.
const EXCLUDED: u64 = 1 << 63;
/// The mark of a document of a question without words.
const ANY: u64 = 1 << 62;

/// What the evaluation knows of the groups.
#[derive(Default)]
pub(crate) struct Evaluation {
    /// How much each group tells: its inverse document frequency.
    pub(crate) idf: Vec<f32>,
    /// In how many documents each group is found.
    pub(crate) doc_freq: Vec<u32>,
    /// What each set of the first groups tells, by its bits.
    told: Vec<f32>,
    /// Documents that have any of the groups and nothing excluded, and are kept; in no order.
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
    gatherer: Gatherer,
    /// The documents of all groups so far.
    all: Documents,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Finds the documents of a plan, those that are to be kept.
pub(crate) fn evaluate(
    reader: &Reader,
    plan: &Plan<'_>,
    annotations: bool,
    mut keep: impl FnMut(&Candidate) -> bool,
) -> Evaluation {
    SCRATCH.with_borrow_mut(|scratch| {
        let docs = reader.store.len();
        scratch.gatherer.begin(reader);
        scratch.all.clear(docs);
        let mut evaluation = Evaluation::default();
        let manner = Manner {
            reader,
            annotations,
            mark: 0,
            names: true,
        };
        for (at, group) in plan.groups.iter().enumerate() {
            let mark = 1 << at;
            let manner = Manner { mark, ..manner };
            scratch.gatherer.gather(group, manner);
            let found = scratch.gatherer.documents.found.len();
            let doc_freq = u32::try_from(found).unwrap_or(u32::MAX);
            evaluation.idf.push(idf(doc_freq, docs) * group.weight);
            evaluation.doc_freq.push(doc_freq);
            scratch.add();
        }
        scratch.gatherer.name_the_rest(&mut scratch.all, manner);
        if plan.groups.is_empty() {
            let any = |doc| Candidate {
                groups: ANY,
                doc,
                ..Candidate::default()
            };
            (0..docs).for_each(|doc| scratch.all.push(any(doc)));
        }
        for group in &plan.excluded {
            let manner = Manner {
                mark: EXCLUDED,
                names: false,
                ..manner
            };
            scratch.gatherer.gather(group, manner);
            scratch.exclude();
        }
        evaluation.told = told_by_bits(&evaluation.idf);
        let found = &scratch.all.found;
        evaluation.candidates.reserve(found.len());
        let is_in = |candidate: &&Candidate| candidate.groups & EXCLUDED == 0 && keep(candidate);
        evaluation.candidates.extend(found.iter().filter(is_in));
        evaluation
    })
}

/// What a group counts in a document, its inverse document frequency weighed in.
pub(crate) fn counts(reader: &Reader, group: &Group<'_>, doc: u32, annotations: bool) -> f32 {
    SCRATCH.with_borrow_mut(|scratch| {
        let manner = Manner {
            reader,
            annotations,
            mark: 0,
            names: false,
        };
        scratch.gatherer.begin(reader);
        scratch.gatherer.gather(group, manner);
        let documents = &scratch.gatherer.documents;
        let place = documents.place(doc);
        place.map_or(0.0, |place| documents.found[place].score)
    })
}

impl Scratch {
    /// Adds the documents of the group at hand to those of all groups.
    fn add(&mut self) {
        let Self { gatherer, all } = self;
        if all.found.is_empty() {
            return std::mem::swap(&mut gatherer.documents, all);
        }
        for candidate in &gatherer.documents.found {
            let Some(place) = all.place(candidate.doc) else {
                all.push(*candidate);
                continue;
            };
            let same = &mut all.found[place];
            same.groups |= candidate.groups;
            same.score += candidate.score;
            same.name(*candidate);
        }
    }

    /// Marks the documents of the group at hand as excluded.
    fn exclude(&mut self) {
        for candidate in &self.gatherer.documents.found {
            if let Some(place) = self.all.place(candidate.doc) {
                self.all.found[place].groups |= EXCLUDED;
            }
        }
    }
}
