//! Which of the documents found comes first: what the descriptor is about, how much of it the
//! question covers, how near the words stand; answers with all the words first.

use std::cell::RefCell;

use crate::index::Field;
use crate::index::store::row::{Row, RowFlags};
use crate::index::store::tables::Store;
use crate::index::store::text::TokenFlags;

use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::Evaluation;
use crate::search::plan::plan::{Alternative, Plan};

/// How many of the first documents are looked at word by word.
const LOOKED_AT: usize = 64;
/// Shares of what the words count that are added for …
/// … covering the whole descriptor,
const COVERAGE: f32 = 0.5;
/// … covering the head of the descriptor,
const HEAD: f32 = 0.4;
/// … words that stand together and in order,
const NEARNESS: f32 = 0.3;
/// … and that are taken off an accessory or a replacement that was not asked for,
const ACCESSORY: f32 = -0.15;
/// … and off what is not classified elsewhere.
const UNSPECIFIED: f32 = -0.1;
/// … and off what Medicare does not pay for, such as another payer's code for the same drug.
const UNPAID: f32 = -0.1;
/// What nearness counts where the words stand in another order.
const OUT_OF_ORDER: f32 = 0.7;

/// Look-alikes stand together where the later ones have this share of the first one's score.
const TOGETHER: f32 = 0.75;

/// A document with its score.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ranked {
    pub(crate) doc: u32,
    /// A bit for each group that it has.
    pub(crate) groups: u64,
    pub(crate) score: f32,
    /// What the score is made of.
    pub(crate) parts: Parts,
}

/// What a score is made of; the sum is the score.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parts {
    pub(crate) words: f32,
    pub(crate) coverage: f32,
    pub(crate) head: f32,
    pub(crate) nearness: f32,
    pub(crate) accessory: f32,
    pub(crate) unspecified: f32,
    pub(crate) unpaid: f32,
}

impl Parts {
    fn sum(&self) -> f32 {
        self.words
            + self.coverage
            + self.head
            + self.nearness
            + self.accessory
            + self.unspecified
            + self.unpaid
    }
}

/// Orders candidates, as many of them as are wanted; the first ones are looked at word by word.
pub(crate) fn rank(
    store: &Store,
    plan: &Plan<'_>,
    evaluation: &Evaluation,
    candidates: &[Candidate],
    wanted: usize,
) -> Vec<Ranked> {
    let (all, rows) = (all_groups(evaluation), store.rows());
    let mut order: Vec<Place> = candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| {
            let counts = parts(rows.row(candidate.doc), plan, candidate).sum();
            Place::new(candidate.groups & all == all, counts, candidate.doc, at)
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
    let first = &mut ranked[..look];
    if plan.groups.len() > 1 {
        look_for_nearness(store, plan, first);
        let is_complete = |ranked: &Ranked| ranked.groups & all == all;
        first.sort_by_cached_key(|ranked| {
            Place::new(is_complete(ranked), ranked.score, ranked.doc, 0).key
        });
    }
    if !plan.groups.is_empty() {
        stand_together(store, all, first);
    }
    ranked
}

/// Where a candidate comes, the first one least: those with all the words, by score, by code.
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
        // The bits of numbers that are not negative are in the order of the numbers.
        let score = score.max(0.0).to_bits();
        let better = u64::from(is_complete) << 63 | u64::from(score) << 32;
        Self {
            key: !(better | u64::from(u32::MAX)) | u64::from(doc),
            at: u32::try_from(at).unwrap_or(u32::MAX),
        }
    }
}

/// Moves what has the head of an earlier answer and nearly its score behind that answer.
fn stand_together(store: &Store, all: u64, ranked: &mut [Ranked]) {
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

/// The bits of all groups that lead anywhere.
pub(crate) fn all_groups(evaluation: &Evaluation) -> u64 {
    let leads = |at: &usize| evaluation.doc_freq[*at] > 0;
    (0..evaluation.doc_freq.len())
        .filter(leads)
        .fold(0, |all, at| all | 1 << at)
}

/// What the score of a candidate is made of, but for how near its words stand.
fn parts(row: Row<'_>, plan: &Plan<'_>, candidate: &Candidate) -> Parts {
    let words = candidate.score;
    let share = |part: f32, whole: f32| {
        if whole > 0.0 {
            (part / whole).min(1.0)
        } else {
            0.0
        }
    };
    let head = share(candidate.head_named, row.head_mass());
    let unasked = |flags: u8, of: u8| row.has(flags) && plan.flags & of == 0;
    let off = |holds: bool, share: f32| if holds { words * share } else { 0.0 };
    let unspecified = RowFlags::UNSPECIFIED;
    Parts {
        words,
        coverage: COVERAGE * words * share(candidate.named, row.mass()),
        head: HEAD * words * head,
        nearness: 0.0,
        // An accessory is asked for as far as its head is.
        accessory: off(unasked(RowFlags::ACCESSORY, RowFlags::ACCESSORY), ACCESSORY) * (1.0 - head),
        unspecified: off(
            unasked(unspecified | RowFlags::NOC, unspecified),
            UNSPECIFIED,
        ),
        unpaid: off(row.has(RowFlags::UNPAID), UNPAID),
    }
}

thread_local! {
    /// For each term the number of its group, beginning with one.
    static MARKS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Adds what counts that the words stand near each other in the long descriptor.
fn look_for_nearness(store: &Store, plan: &Plan<'_>, ranked: &mut [Ranked]) {
    MARKS.with_borrow_mut(|marks| {
        let count = store.terms().len() as usize;
        if marks.len() < count {
            *marks = vec![0; count];
        }
        let groups = (1u8..).zip(&plan.groups);
        let terms = groups.flat_map(|(number, group)| {
            let terms = group.alternatives.iter().flat_map(Alternative::terms);
            terms.map(move |ord| (number, *ord as usize))
        });
        let mut marked: Vec<usize> = Vec::new();
        for (number, ord) in terms {
            if marks[ord] == 0 {
                marks[ord] = number;
                marked.push(ord);
            }
        }
        let mut stood = Vec::new();
        for ranked in ranked
            .iter_mut()
            .filter(|ranked| ranked.groups.count_ones() > 1)
        {
            let near = nearness(store, (ranked.doc, ranked.groups), marks, &mut stood);
            ranked.parts.nearness = NEARNESS * ranked.parts.words * near;
            ranked.score = ranked.parts.sum();
        }
        for ord in marked {
            marks[ord] = 0;
        }
    });
}

/// How near the groups that a document has stand in its long descriptor, from 0 to 1; `stood`
/// is room.
fn nearness(
    store: &Store,
    (doc, groups): (u32, u64),
    marks: &[u8],
    stood: &mut Vec<(u8, u32)>,
) -> f32 {
    let long = store.texts(doc).next();
    let Some(long) = long.filter(|text| text.field == Field::LongDescriptor) else {
        return 0.0;
    };
    // Where each group stood last, by words.
    stood.clear();
    let (mut position, mut best, mut in_order) = (0u32, u32::MAX, false);
    for token in long.tokens() {
        let group = marks.get(token.ord as usize).copied().unwrap_or(0);
        if group != 0 && groups & (1 << (group - 1)) != 0 {
            let known = stood.len();
            stood.retain(|(other, _)| *other != group);
            let is_new = stood.len() == known;
            stood.push((group, position));
            if is_new {
                best = u32::MAX;
            }
            let first = stood.iter().map(|(_, at)| *at).min().unwrap_or(position);
            if position - first < best {
                best = position - first;
                in_order = stood.is_sorted_by_key(|(group, _)| *group);
            }
        }
        position += u32::from(!token.flags.has(TokenFlags::WHOLE));
    }
    if stood.len() < 2 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "a descriptor has few words")]
    let near = ((stood.len() - 1) as f32 / best.max(1) as f32).min(1.0);
    near * if in_order { 1.0 } else { OUT_OF_ORDER }
}
