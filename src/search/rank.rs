//! Which of the documents found comes first: what the descriptor is about, how much of it the
//! question covers, how near the words stand; answers with all the words first.

use std::cell::RefCell;
use std::cmp::Ordering;

use crate::index::Field;
use crate::index::store::{RowFlags, Store, TokenFlags, idf};

use super::evaluate::{Candidate, Evaluation};
use super::plan::{Alternative, Plan};

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

/// Orders candidates; the first ones are looked at word by word.
pub(crate) fn rank(
    store: &Store,
    plan: &Plan<'_>,
    evaluation: &Evaluation,
    candidates: &[Candidate],
    wanted: usize,
) -> Vec<Ranked> {
    let all = all_groups(evaluation);
    let is_complete = |candidate: &Candidate| candidate.groups & all == all;
    let complete = candidates
        .iter()
        .filter(|candidate| is_complete(candidate))
        .count();
    // Where enough have all the words, the others come on a later page.
    let only_complete = complete >= wanted.max(LOOKED_AT);
    let mut ranked: Vec<Ranked> = candidates
        .iter()
        .filter(|candidate| !only_complete || is_complete(candidate))
        .map(|candidate| first_look(store, plan, candidate, evaluation.told(candidate.groups)))
        .collect();
    let order = |a: &Ranked, b: &Ranked| -> Ordering {
        let complete = |ranked: &Ranked| ranked.groups & all == all;
        complete(b)
            .cmp(&complete(a))
            .then(b.score.total_cmp(&a.score))
            .then(a.doc.cmp(&b.doc))
    };
    let look = LOOKED_AT.min(ranked.len());
    if look < ranked.len() {
        ranked.select_nth_unstable_by(look, order);
    }
    if !plan.groups.is_empty() {
        second_look(store, plan, &mut ranked[..look]);
    }
    ranked[..look].sort_unstable_by(order);
    stand_together(store, all, &mut ranked[..look]);
    if wanted > look {
        ranked[look..].sort_unstable_by(order);
    }
    ranked
}

/// Moves what has the head of an earlier answer and nearly its score behind that answer.
fn stand_together(store: &Store, all: u64, ranked: &mut [Ranked]) {
    let heads = ranked.iter().map(|ranked| store.row(ranked.doc).head_key());
    let mut heads: Vec<u32> = heads.collect();
    let mut first = 0;
    while first < ranked.len() {
        let (head, leader) = (heads[first], ranked[first]);
        let mut behind = first + 1;
        for at in first + 1..ranked.len() {
            let other = &ranked[at];
            let is_near = other.score >= leader.score * TOGETHER
                && (other.groups & all == all) == (leader.groups & all == all);
            if head != 0 && heads[at] == head && is_near {
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

/// What can be told from the row: the words, and marks of the descriptor.
fn first_look(store: &Store, plan: &Plan<'_>, candidate: &Candidate, told: f32) -> Ranked {
    let row = store.row(candidate.doc);
    let unasked = |flag: u8| row.has(flag) && plan.flags & flag == 0;
    let words = candidate.score;
    let off = |flag: u8, share: f32| if unasked(flag) { words * share } else { 0.0 };
    let covered = if row.mass() > 0.0 {
        (told / row.mass()).min(1.0)
    } else {
        0.0
    };
    let unspecified = row.has(RowFlags::UNSPECIFIED) || row.has(RowFlags::NOC);
    let parts = Parts {
        words,
        coverage: COVERAGE * words * covered,
        accessory: off(RowFlags::ACCESSORY, ACCESSORY),
        unpaid: if matches!(row.coverage(), "I" | "M" | "S") {
            words * UNPAID
        } else {
            0.0
        },
        unspecified: if unspecified && plan.flags & RowFlags::UNSPECIFIED == 0 {
            words * UNSPECIFIED
        } else {
            0.0
        },
        ..Parts::default()
    };
    Ranked {
        doc: candidate.doc,
        groups: candidate.groups,
        score: parts.sum(),
        parts,
    }
}

thread_local! {
    /// For each term the place of its group in the list of marked terms, plus one.
    static MARKS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A term of the question.
struct Marked {
    ord: u32,
    group: usize,
    idf: f32,
}

/// Looks at the words of the long descriptors.
fn second_look(store: &Store, plan: &Plan<'_>, ranked: &mut [Ranked]) {
    MARKS.with_borrow_mut(|marks| {
        marks.resize(store.terms().len() as usize, 0);
        let mut marked: Vec<Marked> = Vec::new();
        for (group, words) in plan.groups.iter().enumerate() {
            for ord in words.alternatives.iter().flat_map(Alternative::terms) {
                if marks[*ord as usize] == 0 && marked.len() < usize::from(u8::MAX) {
                    let doc_freq = store.terms().release_doc_freq(*ord);
                    marked.push(Marked {
                        ord: *ord,
                        group,
                        idf: idf(doc_freq, store.len()),
                    });
                    marks[*ord as usize] = u8::try_from(marked.len()).unwrap_or(u8::MAX);
                }
            }
        }
        for ranked in ranked {
            let found = words_of(store, ranked.doc, marks, &marked);
            let row = store.row(ranked.doc);
            let share = |part: f32, whole: f32| {
                if whole > 0.0 {
                    (part / whole).min(1.0)
                } else {
                    0.0
                }
            };
            ranked.parts.coverage = COVERAGE * ranked.parts.words * share(found.mass, row.mass());
            let head = share(found.head_mass, row.head_mass());
            ranked.parts.head = HEAD * ranked.parts.words * head;
            // An accessory is asked for as far as its head is.
            ranked.parts.accessory *= 1.0 - head;
            ranked.parts.nearness = NEARNESS * ranked.parts.words * found.nearness;
            ranked.score = ranked.parts.sum();
        }
        for term in &marked {
            marks[term.ord as usize] = 0;
        }
    });
}

/// What of a long descriptor the question speaks of.
#[derive(Default)]
struct Found {
    mass: f32,
    head_mass: f32,
    nearness: f32,
}

fn words_of(store: &Store, doc: u32, marks: &[u8], marked: &[Marked]) -> Found {
    let mut found = Found::default();
    let Some(long) = store
        .texts(doc)
        .next()
        .filter(|text| text.field == Field::LongDescriptor)
    else {
        return found;
    };
    // Where each group stood last, by words.
    let mut stood: Vec<(usize, u32)> = Vec::new();
    let mut counted: [u64; 4] = [0; 4];
    let (mut position, mut best, mut in_order) = (0u32, u32::MAX, false);
    for token in long.tokens() {
        let is_whole = token.flags.has(TokenFlags::WHOLE);
        let mark = marks.get(token.ord as usize).copied().unwrap_or(0);
        if mark != 0 {
            let term = &marked[usize::from(mark) - 1];
            let bit = 1 << (mark & 63);
            let word = &mut counted[usize::from(mark >> 6)];
            if *word & bit == 0 && !is_whole {
                *word |= bit;
                found.mass += term.idf;
                if token.flags.has(TokenFlags::HEAD) {
                    found.head_mass += term.idf;
                }
            }
            let known = stood.len();
            stood.retain(|(group, _)| *group != term.group);
            let is_new = stood.len() == known;
            stood.push((term.group, position));
            if is_new {
                best = u32::MAX;
            }
            let first = stood.iter().map(|(_, at)| *at).min().unwrap_or(position);
            if position - first < best {
                best = position - first;
                in_order = stood.is_sorted_by_key(|(group, _)| *group);
            }
        }
        position += u32::from(!is_whole);
    }
    if stood.len() > 1 {
        #[expect(clippy::cast_precision_loss, reason = "a descriptor has few words")]
        let near = ((stood.len() - 1) as f32 / best.max(1) as f32).min(1.0);
        found.nearness = near * if in_order { 1.0 } else { OUT_OF_ORDER };
    }
    found
}
