//! Candidates → order: what has all the words and no poor score first, then by score, then by code.

use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::store::tables::Store;

use super::fit::{Fit, look_at_words};
use super::held_sizes::HeldSizes;
use super::score::{Weights, traits_for_others};
use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::Evaluation;
use crate::search::plan::plan::Plan;

/// What has all the words comes first where it has at least this share of the best score: a note that
/// happens to have them all does not outrank a descriptor that has nearly all.
const COMPLETE: f32 = 0.6;
/// How many of the first documents are examined word by word.
const LOOKED_AT: usize = 24;
/// How often the range of scores is halved to find the best ones.
const HALVINGS: usize = 16;
/// A look-alike moves up to the first one if it has this share of its score.
const TOGETHER: f32 = 0.75;

/// A candidate with its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranked {
    pub(crate) found: Candidate,
    /// Whether it has all the words, and is of a kind that is asked for.
    has_all: bool,
    pub(super) fit: Fit,
    pub(crate) score: f32,
}

/// Sorts candidates, as many as are wanted; the best ones are examined word by word. Those in
/// `first` come before all others.
pub(crate) fn rank(
    store: &Store,
    plan: &Plan<'_>,
    evaluation: &Evaluation,
    sizes: &HeldSizes<'_, '_>,
    (candidates, wanted): (&[Candidate], usize),
    first: &[u32],
) -> Vec<Ranked> {
    let all = evaluation.all_groups() & plan.wanted();
    let rows = store.rows();
    let weights = Weights::new(plan);
    let base = |candidate: &Candidate| weights.score(rows.row(candidate.doc), candidate);
    let for_others = traits_for_others(plan);
    // A size that no text has may lie in ranges.
    let held = sizes.unseen & plan.wanted();
    let has_all = |own: &Candidate| {
        let has_words = own.groups & all == all;
        has_words
            && (held == 0 || sizes.has_all(*own, held))
            && (for_others == 0 || rows.row(own.doc).traits() & for_others == 0)
    };
    let new = |(found, score): (&Candidate, f32)| Ranked {
        has_all: has_all(found),
        found: *found,
        fit: Fit::default(),
        score,
    };
    let enough = wanted.max(LOOKED_AT);
    let scores: Vec<f32> = candidates.iter().map(base).collect();
    let mut ranked: Vec<Ranked> = if candidates.len() > enough {
        let best = best((candidates, &scores), enough, has_all);
        best.map(|at| new((&candidates[at], scores[at]))).collect()
    } else {
        candidates
            .iter()
            .zip(scores.iter().copied())
            .map(new)
            .collect()
    };
    let is_qualified = plan
        .groups
        .iter()
        .any(|group| group.said != Qualifiers::default());
    let is_looked_at = plan.groups.len() > 1 || is_qualified || !plan.measures.is_empty();
    if !is_looked_at || ranked.len() > LOOKED_AT {
        sort(&mut ranked);
    }
    let look = LOOKED_AT.min(ranked.len());
    let best = &mut ranked[..look];
    if is_looked_at {
        look_at_words(
            store,
            plan,
            &sizes.amounts,
            best.iter_mut()
                .map(|own| (own.found.doc, own.found.groups, &mut own.fit)),
        );
        for own in best.iter_mut() {
            own.score += own.found.score * own.fit.sum();
        }
        sort(best);
    }
    if !plan.groups.is_empty() {
        group_look_alikes(store, best, wanted);
    }
    if !first.is_empty() {
        let place = |doc: u32| first.iter().position(|other| *other == doc);
        ranked.retain(|own| place(own.found.doc).is_none());
        let of_first = candidates.iter().zip(scores);
        let of_first = of_first.filter(|(own, _)| place(own.doc).is_some());
        let mut front: Vec<Ranked> = of_first.map(new).collect();
        front.sort_by_key(|own| place(own.found.doc));
        front.append(&mut ranked);
        return front;
    }
    ranked
}

/// The indexes of the best candidates, unsorted.
fn best(
    (candidates, scores): (&[Candidate], &[f32]),
    enough: usize,
    has_all: impl Fn(&Candidate) -> bool,
) -> impl Iterator<Item = usize> {
    let least = least(scores.iter().copied());
    // What has all the words and no poor score is lifted above the best of the others.
    let lift = least / COMPLETE;
    let lifted = candidates.iter().zip(scores).map(|(candidate, score)| {
        let is_complete = *score >= least && has_all(candidate);
        score.max(0.0) + if is_complete { lift } else { 0.0 }
    });
    let lifted: Vec<f32> = lifted.collect();
    let reached = reached_by(&lifted, enough, 2.0 * lift);
    let near = lifted.iter().zip(0..).filter(|(own, _)| **own >= reached);
    let place = |(_, at): (&f32, usize)| {
        let (candidate, score) = (&candidates[at], scores[at]);
        let is_complete = score >= least && has_all(candidate);
        (key(is_complete, score, candidate.doc), at)
    };
    let mut places: Vec<(u64, usize)> = Vec::with_capacity(2 * enough);
    places.extend(near.map(place));
    if places.len() > enough {
        places.select_nth_unstable_by_key(enough, |(key, _)| *key);
        places.truncate(enough);
    }
    places.into_iter().map(|(_, at)| at)
}

/// A number that at least `enough` scores reach, and few more. None is above `most`.
fn reached_by(scores: &[f32], enough: usize, most: f32) -> f32 {
    let (mut low, mut high) = (0.0, most);
    for _ in 0..HALVINGS {
        let middle = f32::midpoint(low, high);
        let reach = scores
            .iter()
            .map(|score| u32::from(*score >= middle))
            .sum::<u32>();
        if (reach as usize) < enough {
            high = middle;
        } else {
            low = middle;
            if reach as usize <= enough + enough / 4 {
                break;
            }
        }
    }
    low
}

/// Sorts what has all the words and no poor score first, then by score, then by code.
fn sort(ranked: &mut [Ranked]) {
    let least = least(ranked.iter().map(|own| own.score));
    ranked.sort_by_cached_key(|own| {
        let is_complete = own.has_all && own.score >= least;
        key(is_complete, own.score, own.found.doc)
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

/// Moves answers with the same head as an earlier one, and nearly its score, directly after it; as
/// far as answers are wanted.
fn group_look_alikes(store: &Store, ranked: &mut [Ranked], wanted: usize) {
    let rows = store.rows();
    let heads = ranked
        .iter()
        .map(|ranked| rows.row(ranked.found.doc).head_key());
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
            let is_near = other.score >= leader.score * TOGETHER && other.has_all == leader.has_all;
            if is_near {
                ranked[behind..=at].rotate_right(1);
                heads[behind..=at].rotate_right(1);
                behind += 1;
            }
        }
        first = behind;
    }
}
