//! Plan → candidates: evaluates each group and sums the scores by document.

use std::cell::RefCell;

use crate::index::generation::reader::Reader;
use crate::index::store::bytes::idf;

use super::accumulator::Documents;
use super::candidate::Candidate;
use super::word_matches::{EvalContext, WordCollector};
use crate::search::plan::plan::{Group, Plan};

/// The bit of documents that have an excluded word.
const EXCLUDED: u64 = 1 << 63;
/// The bit of documents for a question without words.
const ANY: u64 = 1 << 62;

/// The result of evaluating a plan.
#[derive(Default)]
pub(crate) struct Evaluation {
    /// The inverse document frequency of each group, times its weight.
    pub(crate) idf: Vec<f32>,
    /// The document frequency of each group.
    pub(crate) doc_freq: Vec<u32>,
    /// The IDF sums of all subsets of six groups, by bit mask; the first six groups, the next six
    /// and so on.
    idf_sums: Vec<[f32; 1 << BITS]>,
    /// Whether no document is a candidate, on any day, without filters and exclusions.
    pub(crate) is_empty: bool,
    /// The candidates that an excluded word left out, although their descriptors do not have it,
    /// with the number of the word.
    pub(crate) left_out_unseen: Vec<(usize, Candidate)>,
}

/// For how many groups the IDF sums of all subsets are precomputed together.
const BITS: usize = 6;

fn idf_sums(idf: &[f32]) -> Vec<[f32; 1 << BITS]> {
    let sums = idf.chunks(BITS).map(|own| {
        let mut sums = [0.0; 1 << BITS];
        for (at, idf) in own.iter().enumerate() {
            let (known, more) = sums.split_at_mut(1 << at);
            for (sum, known) in more.iter_mut().zip(known) {
                *sum = *known + idf;
            }
        }
        sums
    });
    sums.collect()
}

impl Evaluation {
    /// The bit mask of all groups that match a document.
    pub(crate) fn all_groups(&self) -> u64 {
        let leads = |at: &usize| self.doc_freq[*at] > 0;
        let leading = (0..self.doc_freq.len()).filter(leads);
        leading.fold(0, |all, at| all | 1 << at)
    }

    /// The IDF sum of some groups, given as a bit mask.
    #[inline]
    pub(crate) fn idf_of(&self, groups: u64) -> f32 {
        let sum = |sums: &[f32; 1 << BITS], own: u64| {
            let own = usize::try_from(own & ((1 << BITS) - 1));
            own.map_or(0.0, |own| sums[own])
        };
        match self.idf_sums.as_slice() {
            [sums] => sum(sums, groups),
            all => {
                let parts = all.iter().zip((0..).step_by(BITS));
                parts.map(|(sums, at)| sum(sums, groups >> at)).sum()
            }
        }
    }
}

/// Buffers that the thread reuses for its next question.
#[derive(Default)]
struct Scratch {
    collector: WordCollector,
    /// The documents of all groups so far.
    all: Documents,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Finds the documents of a plan and gives them to `take`: those that have any of the groups, all
/// required phrases and no excluded word; unsorted. `ranked` are those of them that are ranked.
pub(crate) fn evaluate<T>(
    reader: &Reader,
    plan: &Plan<'_>,
    annotations: bool,
    take: impl FnOnce(&Evaluation, &[Candidate]) -> T,
    ranked: impl FnOnce(&mut T) -> &mut Vec<Candidate>,
) -> (Evaluation, T) {
    SCRATCH.with_borrow_mut(|scratch| {
        let docs = reader.store.len();
        scratch.collector.begin(reader);
        scratch.all.clear(docs);
        let mut evaluation = Evaluation::default();
        let context = EvalContext {
            reader,
            annotations,
            mark: 0,
            coverage: true,
            is_denied: false,
        };
        for (at, group) in plan.groups.iter().enumerate() {
            let mark = 1 << at;
            let context = EvalContext { mark, ..context };
            scratch.collector.collect_word(group, context);
            let found = scratch.collector.documents.found.len();
            let doc_freq = u32::try_from(found).unwrap_or(u32::MAX);
            evaluation.idf.push(idf(doc_freq, docs) * group.weight);
            evaluation.doc_freq.push(doc_freq);
            scratch.add();
        }
        if plan.groups.is_empty() {
            let any = |doc| Candidate {
                groups: ANY,
                doc,
                ..Candidate::default()
            };
            (0..docs).for_each(|doc| scratch.all.push(any(doc)));
        }
        for (at, group) in plan.excluded.iter().enumerate() {
            let context = EvalContext {
                mark: EXCLUDED,
                coverage: false,
                ..context
            };
            scratch.collector.collect_word(group, context);
            let left_out = scratch.exclude();
            if annotations && !left_out.is_empty() {
                let context = EvalContext {
                    annotations: false,
                    ..context
                };
                scratch.collector.collect_word(group, context);
                let seen = &scratch.collector.documents;
                let unseen = left_out.iter().filter(|own| seen.place(own.doc).is_none());
                evaluation
                    .left_out_unseen
                    .extend(unseen.map(|own| (at, *own)));
            }
        }
        evaluation.idf_sums = idf_sums(&evaluation.idf);
        let candidates = &mut scratch.all.found;
        let phrases = plan.required();
        evaluation.is_empty = !candidates.iter().any(|own| own.groups & phrases == phrases);
        if phrases != 0 || !plan.excluded.is_empty() {
            let is_in = |candidate: &Candidate| candidate.groups & (EXCLUDED | phrases) == phrases;
            candidates.retain(is_in);
        }
        if !plan.excluded_codes.is_empty() {
            let rows = reader.store.rows();
            candidates.retain(|candidate| {
                let code = rows.row(candidate.doc).code();
                !code.is_some_and(|code| plan.excluded_codes.iter().any(|own| own.contains(code)))
            });
        }
        let mut taken = take(&evaluation, candidates);
        scratch
            .collector
            .cover_the_rest(ranked(&mut taken), context);
        (evaluation, taken)
    })
}

/// The score of a group in a document, including its inverse document frequency.
pub(crate) fn score_of(reader: &Reader, group: &Group<'_>, doc: u32, annotations: bool) -> f32 {
    SCRATCH.with_borrow_mut(|scratch| {
        let context = EvalContext {
            reader,
            annotations,
            mark: 0,
            coverage: false,
            is_denied: false,
        };
        scratch.collector.begin(reader);
        scratch.collector.collect_word(group, context);
        let documents = &scratch.collector.documents;
        let place = documents.place(doc);
        place.map_or(0.0, |place| documents.found[place].score)
    })
}

impl Scratch {
    /// Merges the documents of the current group into those of all groups.
    fn add(&mut self) {
        let Self { collector, all } = self;
        if all.found.len() < collector.documents.found.len() {
            std::mem::swap(&mut collector.documents, all);
        }
        for candidate in &collector.documents.found {
            let Some(place) = all.place(candidate.doc) else {
                all.push(*candidate);
                continue;
            };
            let same = &mut all.found[place];
            same.groups |= candidate.groups;
            same.score += candidate.score;
            same.cover(*candidate);
        }
    }

    /// Sets the excluded bit for the documents of the current group, and returns the candidates
    /// that had none.
    fn exclude(&mut self) -> Vec<Candidate> {
        let mut left_out = Vec::new();
        for candidate in &self.collector.documents.found {
            if let Some(place) = self.all.place(candidate.doc) {
                let own = &mut self.all.found[place];
                if own.groups & EXCLUDED == 0 {
                    left_out.push(*own);
                }
                own.groups |= EXCLUDED;
            }
        }
        left_out
    }
}
