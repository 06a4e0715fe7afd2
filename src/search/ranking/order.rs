//! Candidates → order: what has all the words and no poor score first, then by score, then by code.

use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::store::tables::Store;

use super::fit::look_at_words;
use super::score::{Parts, parts};
use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::Evaluation;
use crate::search::plan::plan::Plan;

/// What has all the words comes first where it has at least this share of the best score: a note that
/// happens to have them all does not outrank a descriptor that has nearly all.
const COMPLETE: f32 = 0.6;
/// How many of the first documents are examined word by word.
const LOOKED_AT: usize = 64;
/// A look-alike moves up to the first one if it has this share of its score.
const TOGETHER: f32 = 0.75;

/// A document with its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranked {
    pub(crate) doc: u32,
    /// A bit for each group that it has.
    pub(crate) groups: u64,
    pub(crate) score: f32,
    /// The parts of the score.
    pub(crate) parts: Parts,
}

/// Sorts candidates, as many as are wanted; the best ones are examined word by word. Those in
/// `first` come before all others.
pub(crate) fn rank(
    store: &Store,
    plan: &Plan<'_>,
    evaluation: &Evaluation,
    (candidates, wanted): (&[Candidate], usize),
    first: &[u32],
) -> Vec<Ranked> {
    let (all, rows) = (all_groups(evaluation) & plan.wanted(), store.rows());
    let scores = candidates
        .iter()
        .map(|candidate| parts(rows.row(candidate.doc), plan, candidate).sum());
    let scores: Vec<f32> = scores.collect();
    let least = COMPLETE * scores.iter().copied().fold(0.0, f32::max);
    let places = candidates.iter().zip(&scores).enumerate();
    let mut order: Vec<Place> = places
        .map(|(at, (candidate, score))| {
            let is_complete = candidate.groups & all == all && *score >= least;
            Place::new(is_complete, *score, candidate.doc, at)
        })
        .collect();
    let look = LOOKED_AT.min(order.len());
    let wanted = wanted.clamp(look, order.len());
    if wanted < order.len() {
        order.select_nth_unstable_by_key(wanted, Place::key);
        order.truncate(wanted);
    }
    order.sort_unstable_by_key(Place::key);
    let ranked = order.iter().map(|place| {
        let candidate = &candidates[place.at as usize];
        let parts = parts(rows.row(candidate.doc), plan, candidate);
        Ranked {
            doc: candidate.doc,
            groups: candidate.groups,
            score: parts.sum(),
            parts,
        }
    });
    let mut ranked: Vec<Ranked> = ranked.collect();
    let best = &mut ranked[..look];
    let is_qualified = plan
        .groups
        .iter()
        .any(|group| group.said != Qualifiers::default());
    if plan.groups.len() > 1 || is_qualified || !plan.measures.is_empty() {
        look_at_words(
            store,
            plan,
            best.iter_mut()
                .map(|ranked| (ranked.doc, ranked.groups, &mut ranked.parts)),
        );
        for ranked in best.iter_mut() {
            ranked.score = ranked.parts.sum();
        }
        let best_score = best.iter().map(|own| own.score).fold(0.0, f32::max);
        let is_complete =
            |own: &Ranked| own.groups & all == all && own.score >= COMPLETE * best_score;
        best.sort_by_cached_key(|ranked| {
            Place::new(is_complete(ranked), ranked.score, ranked.doc, 0).key
        });
    }
    if !plan.groups.is_empty() {
        group_look_alikes(store, all, best);
    }
    if !first.is_empty() {
        move_to_front(store, plan, candidates, first, &mut ranked);
    }
    ranked
}

/// Moves some of the candidates to the front, keeping their order.
fn move_to_front(
    store: &Store,
    plan: &Plan<'_>,
    candidates: &[Candidate],
    first: &[u32],
    ranked: &mut Vec<Ranked>,
) {
    let rows = store.rows();
    let place = |doc: u32| first.iter().position(|other| *other == doc);
    ranked.retain(|ranked| place(ranked.doc).is_none());
    let is_first = |candidate: &&Candidate| place(candidate.doc).is_some();
    let found = candidates.iter().filter(is_first).map(|candidate| {
        let parts = parts(rows.row(candidate.doc), plan, candidate);
        Ranked {
            doc: candidate.doc,
            groups: candidate.groups,
            score: parts.sum(),
            parts,
        }
    });
    let mut found: Vec<Ranked> = found.collect();
    found.sort_by_key(|ranked| place(ranked.doc));
    found.append(ranked);
    *ranked = found;
}

/// The sort key of a candidate: those with all the words first, then by score, then by code.
#[derive(Clone, Copy)]
struct Place {
    key: u64,
    at: u32,
}

impl Place {
    fn key(&self) -> u64 {
        self.key
    }

    fn new(is_complete: bool, score: f32, doc: u32, at: usize) -> Self {
        // The bits of non-negative floats sort as the numbers do.
        let score = score.max(0.0).to_bits();
        let better = u64::from(is_complete) << 63 | u64::from(score) << 32;
        Self {
            key: !(better | u64::from(u32::MAX)) | u64::from(doc),
            at: u32::try_from(at).unwrap_or(u32::MAX),
        }
    }
}

/// Moves answers with the same head as an earlier one, and nearly its score, directly after it.
fn group_look_alikes(store: &Store, all: u64, ranked: &mut [Ranked]) {
    let rows = store.rows();
    let heads = ranked.iter().map(|ranked| rows.row(ranked.doc).head_key());
    let mut heads: Vec<u32> = heads.collect();
    let mut first = 0;
    while first < ranked.len() {
        let (head, leader) = (heads[first], ranked[first]);
        let mut behind = first + 1;
        for at in first + 1..ranked.len() {
            if heads[at] != head || head == 0 {
                continue;
            }
            let other = &ranked[at];
            let is_near = other.score >= leader.score * TOGETHER
                && (other.groups & all == all) == (leader.groups & all == all);
            if is_near {
                ranked[behind..=at].rotate_right(1);
                heads[behind..=at].rotate_right(1);
                behind += 1;
            }
        }
        first = behind;
    }
}

/// The bit mask of all groups that match a document.
pub(crate) fn all_groups(evaluation: &Evaluation) -> u64 {
    let leads = |at: &usize| evaluation.doc_freq[*at] > 0;
    (0..evaluation.doc_freq.len())
        .filter(leads)
        .fold(0, |all, at| all | 1 << at)
}
