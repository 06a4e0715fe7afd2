//! How well the words of a long descriptor fit the question: proximity, qualifiers, amounts.

use std::cell::RefCell;

use crate::index::Field;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::build::traits::{ORAL, ROUTES};
use crate::index::store::tables::Store;
use crate::index::store::text::{DocText, TextToken, TokenFlags};

use super::amounts::Amounts;
use super::drug_fit::{Drug, DrugFit};
use super::label_fit::{LabelFit, Labels};
use super::measure_fit::MeasureFit;
use super::qualifier_fit::{PLAIN, agreement};
use crate::search::plan::plan::{Alternative, Group, Plan};

/// Bonus, as a share of the word score, for words that are close together and in order.
const NEARNESS: f32 = 0.3;
/// The factor on proximity for words in another order.
const OUT_OF_ORDER: f32 = 0.7;

/// Malus for a code that has something with it which the question does not name: of a dressing with
/// and one without a border, the plain one is asked for.
const ADDED: f32 = -0.03;

/// Bonuses and maluses for the words of a descriptor, each as a share of the word score.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// The words are close together and in order.
    pub(super) nearness: f32,
    /// The descriptor's qualifiers agree with the question's: with it, without it.
    pub(super) qualifiers: f32,
    /// A dose is a multiple of the code's unit, a size lies in its range.
    pub(super) measure: f32,
    /// The drug is asked for alone, and the code is for it alone.
    pub(super) drug: f32,
    /// A word has the label that is asked for: level 1, and not level 2.
    pub(super) label: f32,
}

impl Fit {
    pub(super) fn sum(self) -> f32 {
        self.nearness + self.qualifiers + self.measure + self.drug + self.label
    }
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// Buffers that the thread reuses for its next question.
#[derive(Default)]
struct Room {
    /// For each term the number of its group, from 1; 0 for none.
    marks: Vec<u8>,
    /// The last position of each group, sorted by position.
    positions: Vec<(u8, u32)>,
    /// The qualifiers of each group's words in the descriptor.
    said: Vec<u8>,
}

/// Examines the words of documents in order. Each document comes with the groups that it has.
pub(super) fn look_at_words<'p>(
    store: &Store,
    plan: &Plan<'_>,
    amounts: &Amounts<'_>,
    documents: impl Iterator<Item = (u32, u64, &'p mut Fit)>,
) {
    ROOM.with_borrow_mut(|room| {
        let count = store.terms().len() as usize;
        if room.marks.len() < count {
            room.marks = vec![0; count];
        }
        // A word of several groups is that of the one with qualifiers: the bag of `foley tray with
        // drain bag`.
        let groups = || (1u8..).zip(&plan.groups);
        let is_said = |(_, group): &(u8, &Group<'_>)| group.said != Qualifiers::default();
        let unsaid = groups().filter(|own| !is_said(own));
        let terms = groups().filter(is_said).chain(unsaid);
        let terms = terms.flat_map(|(number, group)| {
            let terms = group.alternatives.iter().flat_map(Alternative::terms);
            terms.map(move |ord| (number, *ord as usize))
        });
        let mut marked: Vec<usize> = Vec::new();
        for (number, ord) in terms {
            if room.marks[ord] == 0 {
                room.marks[ord] = number;
                marked.push(ord);
            }
        }
        let (drug, labels) = (Drug::of(plan, store), Labels::of(plan, store.terms()));
        let look = Look {
            store,
            plan,
            is_of_words: drug.is_none() && plan.measures.is_empty() && labels.is_empty(),
            amounts,
            drug,
            labels,
            denied: plan.denied(),
        };
        for (doc, groups, fit) in documents {
            *fit = look.at(doc, groups, room);
        }
        for ord in marked {
            room.marks[ord] = 0;
        }
    });
}

/// The question, and the texts to examine.
struct Look<'q, 's> {
    store: &'q Store,
    plan: &'q Plan<'s>,
    amounts: &'q Amounts<'q>,
    drug: Option<Drug>,
    labels: Labels<'q>,
    /// The bit mask of the groups that the question denies.
    denied: u64,
    /// Whether the question has no drug, amount or label: only its own words count.
    is_of_words: bool,
}

impl Look<'_, '_> {
    fn at(&self, doc: u32, groups: u64, room: &mut Room) -> Fit {
        let Room {
            marks,
            positions,
            said,
        } = room;
        let long = self.store.texts(doc).next();
        let Some(long) = long.filter(|text| text.field == Field::LongDescriptor) else {
            return Fit::default();
        };
        positions.clear();
        said.clear();
        said.resize(self.plan.groups.len() + 1, 0);
        let (mut position, mut best, mut in_order) = (0u32, u32::MAX, false);
        let mut measure = MeasureFit::default();
        let mut drug = DrugFit::default();
        let mut label = LabelFit::default();
        let mut adds = false;
        for token in long.tokens() {
            let is_whole = token.flags.has(TokenFlags::WHOLE);
            let group = marks.get(token.ord as usize).copied().unwrap_or(0);
            let is_plain = token.flags.said() == Qualifiers::default();
            if group == 0 && is_plain && self.is_of_words {
                position += u32::from(!is_whole);
                continue;
            }
            measure.see(&long, token, self.amounts);
            if group != 0 && groups & (1 << (group - 1)) != 0 {
                said[usize::from(group)] |= self.said(token, group);
                let known = positions.len();
                positions.retain(|(other, _)| *other != group);
                let is_new = positions.len() == known;
                positions.push((group, position));
                if is_new {
                    best = u32::MAX;
                }
                let first = positions
                    .iter()
                    .map(|(_, at)| *at)
                    .min()
                    .unwrap_or(position);
                if position - first < best {
                    best = position - first;
                    in_order = positions.is_sorted_by_key(|(group, _)| *group);
                }
            }
            // What a code has, unasked, its sibling is without.
            adds |= group == 0 && token.flags.said().has(Qualifiers::WITH);
            if is_whole {
                continue;
            }
            if let Some(own) = &self.drug {
                drug.see(own, &long, token, (position, group));
            }
            label.see(&self.labels, token.ord, group);
            position += 1;
        }
        let nearness = if positions.len() > 1 {
            #[expect(clippy::cast_precision_loss, reason = "a descriptor has few words")]
            let near = ((positions.len() - 1) as f32 / best.max(1) as f32).min(1.0);
            NEARNESS * near * if in_order { 1.0 } else { OUT_OF_ORDER }
        } else {
            0.0
        };
        let denied = self.denied & groups;
        if denied != 0 {
            // The short descriptor may say it with an abbreviation: `w/o del`.
            let short = descriptors(self.store, doc).skip(1);
            for token in short.flat_map(|text| text.tokens()) {
                let group = marks.get(token.ord as usize).copied().unwrap_or(0);
                if group != 0 && denied >> (group - 1) & 1 == 1 && said[usize::from(group)] == 0 {
                    said[usize::from(group)] = self.said(token, group);
                }
            }
        }
        let asked = self.plan.groups.iter().zip(&said[1..]);
        let agrees = asked.filter(|(_, own)| **own != 0);
        Fit {
            nearness,
            qualifiers: agrees
                .map(|(group, own)| agreement(group, *own))
                .chain(adds.then_some(ADDED))
                .sum(),
            measure: measure.share(self.store.row(doc).traits() & ROUTES == ORAL),
            drug: drug.share(),
            label: label.share(),
        }
    }
}

impl Look<'_, '_> {
    /// The qualifiers of a word that is one of a group, given by its number.
    fn said(&self, token: TextToken, group: u8) -> u8 {
        let group = &self.plan.groups[usize::from(group) - 1];
        match said(token, group).0 {
            0 => PLAIN,
            own => own,
        }
    }
}

/// The qualifiers of a word that is one of a group; `non-coated` denies what `coated` names.
fn said(token: TextToken, group: &Group<'_>) -> Qualifiers {
    if group.negations.contains(&token.ord) {
        Qualifiers::WITHOUT
    } else {
        token.flags.said()
    }
}

/// Those of some denied groups of a document, as a bit mask, that a descriptor has all the same.
pub(crate) fn contradicted(store: &Store, plan: &Plan<'_>, doc: u32, denied: u64) -> u64 {
    let (mut has, mut lacks) = (0, 0);
    for token in descriptors(store, doc).flat_map(|text| text.tokens()) {
        for (group, at) in plan.groups.iter().zip(0..) {
            let mut terms = group.alternatives.iter().flat_map(Alternative::terms);
            if denied >> at & 1 == 1 && terms.any(|ord| *ord == token.ord) {
                let is_absent = said(token, group).has(Qualifiers::WITHOUT);
                *if is_absent { &mut lacks } else { &mut has } |= 1 << at;
            }
        }
    }
    has & !lacks
}

/// The long and the short descriptor.
fn descriptors(store: &Store, doc: u32) -> impl Iterator<Item = DocText<'_>> {
    let texts = store.texts(doc);
    texts.take_while(|text| matches!(text.field, Field::LongDescriptor | Field::ShortDescriptor))
}
