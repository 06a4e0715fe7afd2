//! Candidates → order: what has all the words and no poor score first, then by score, then by code.

use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::store::row::Row;
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

impl Ranked {
    #[inline]
    fn new(row: Row<'_>, plan: &Plan<'_>, candidate: &Candidate) -> Self {
        let parts = parts(row, plan, candidate);
        Self {
            doc: candidate.doc,
            groups: candidate.groups,
            score: parts.sum(),
            parts,
        }
    }
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
    let all = all_groups(evaluation) & plan.wanted();
    let rows = store.rows();
    let of = |candidate: &Candidate| Ranked::new(rows.row(candidate.doc), plan, candidate);
    let enough = wanted.max(LOOKED_AT);
    let mut ranked: Vec<Ranked> = if candidates.len() > enough {
        let scores: Vec<f32> = candidates.iter().map(|own| of(own).score).collect();
        let best = best((candidates, &scores), enough, all);
        best.map(|at| of(&candidates[at])).collect()
    } else {
        candidates.iter().map(of).collect()
    };
    let is_qualified = plan
        .groups
        .iter()
        .any(|group| group.said != Qualifiers::default());
    let is_looked_at = plan.groups.len() > 1 || is_qualified || !plan.measures.is_empty();
    if !is_looked_at || ranked.len() > LOOKED_AT {
        sort(&mut ranked, all);
    }
    let look = LOOKED_AT.min(ranked.len());
    let best = &mut ranked[..look];
    if is_looked_at {
        look_at_words(
            store,
            plan,
            best.iter_mut()
                .map(|ranked| (ranked.doc, ranked.groups, &mut ranked.parts)),
        );
        for ranked in best.iter_mut() {
            ranked.score = ranked.parts.sum();
        }
        sort(best, all);
    }
    if !plan.groups.is_empty() {
        group_look_alikes(store, all, best, wanted);
    }
    if !first.is_empty() {
        move_to_front(store, plan, candidates, first, &mut ranked);
    }
    ranked
}
/// The indexes of the best candidates, unsorted.
fn best(
    (candidates, scores): (&[Candidate], &[f32]),
    enough: usize,
    all: u64,
) -> impl Iterator<Item = usize> {
    let least = least(scores.iter().copied());
    let places = candidates.iter().zip(scores).zip(0..);
    let mut places: Vec<(u64, u32)> = places
        .map(|((candidate, score), at)| {
            let is_complete = candidate.groups & all == all && *score >= least;
            (key(is_complete, *score, candidate.doc), at)
        })
        .collect();
    places.select_nth_unstable_by_key(enough, |(key, _)| *key);
    places.truncate(enough);
    places.into_iter().map(|(_, at)| at as usize)
}

/// Sorts what has all the words and no poor score first, then by score, then by code.
fn sort(ranked: &mut [Ranked], all: u64) {
    let least = least(ranked.iter().map(|own| own.score));
    ranked.sort_by_cached_key(|own| {
        let is_complete = own.groups & all == all && own.score >= least;
        key(is_complete, own.score, own.doc)
    });
}

/// The least score of what has all the words, to come first.
fn least(scores: impl Iterator<Item = f32>) -> f32 {
    COMPLETE * scores.fold(0.0, f32::max)
}

/// The sort key of a document.
fn key(is_complete: bool, score: f32, doc: u32) -> u64 {
    // The bits of non-negative floats sort as the numbers do.
    let score = score.max(0.0).to_bits();
    let better = u64::from(is_complete) << 63 | u64::from(score) << 32;
    !(better | u64::from(u32::MAX)) | u64::from(doc)
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
    let found = candidates.iter().filter(is_first);
    let found = found.map(|own| Ranked::new(rows.row(own.doc), plan, own));
    let mut found: Vec<Ranked> = found.collect();
    found.sort_by_key(|ranked| place(ranked.doc));
    found.append(ranked);
    *ranked = found;
}

/// Moves answers with the same head as an earlier one, and nearly its score, directly after it; as
/// far as answers are wanted.
fn group_look_alikes(store: &Store, all: u64, ranked: &mut [Ranked], wanted: usize) {
    let rows = store.rows();
    let heads = ranked.iter().map(|ranked| rows.row(ranked.doc).head_key());
    let mut heads: Vec<u32> = heads.collect();
    let mut first = 0;
    while first < ranked.len().min(wanted) {
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
