//! How well the words of a long descriptor fit the question: proximity, qualifiers, doses and
//! sizes.

use std::cell::RefCell;

use crate::index::Field;
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::store::tables::Store;
use crate::index::store::text::TokenFlags;

use super::qualifier_fit::{PLAIN, agreement};
use crate::search::plan::measure::{AREA, Measure, measure};
use crate::search::plan::plan::{Alternative, Plan};

/// Bonus, as a share of the word score, for words that are close together and in order.
const NEARNESS: f32 = 0.3;
/// The factor on proximity for words in another order.
const OUT_OF_ORDER: f32 = 0.7;
/// Bonus for a dose that is a multiple of the code's unit; the fewer units, the higher.
const MULTIPLE: f32 = 0.1;
/// Malus for a dose that is not a multiple.
const NO_MULTIPLE: f32 = -0.02;
/// Bonus for a size in the code's range; malus for one outside.
const IN_RANGE: f32 = 0.15;

/// Bonuses and maluses for the words of a descriptor, each as a share of the word score.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fit {
    /// The words are close together and in order.
    pub(super) nearness: f32,
    /// The descriptor's qualifiers agree with the question's: with it, without it.
    pub(super) qualifiers: f32,
    /// A dose is a multiple of the code's unit, a size lies in its range.
    pub(super) measure: f32,
}

impl Fit {
    pub(super) fn sum(self) -> f32 {
        self.nearness + self.qualifiers + self.measure
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
    documents: impl Iterator<Item = (u32, u64, &'p mut Fit)>,
) {
    ROOM.with_borrow_mut(|room| {
        let count = store.terms().len() as usize;
        if room.marks.len() < count {
            room.marks = vec![0; count];
        }
        let groups = (1u8..).zip(&plan.groups);
        let terms = groups.flat_map(|(number, group)| {
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
        let look = Look { store, plan };
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
        for token in long.tokens() {
            let is_whole = token.flags.has(TokenFlags::WHOLE);
            if is_whole && !self.plan.measures.is_empty() {
                measure.see(
                    self.store.terms().term(token.ord),
                    token.flags.said(),
                    &self.plan.measures,
                );
            }
            let group = marks.get(token.ord as usize).copied().unwrap_or(0);
            if group != 0 && groups & (1 << (group - 1)) != 0 {
                let own = token.flags.said().0;
                said[usize::from(group)] |= if own == 0 { PLAIN } else { own };
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
            position += u32::from(!is_whole);
        }
        let nearness = if positions.len() > 1 {
            #[expect(clippy::cast_precision_loss, reason = "a descriptor has few words")]
            let near = ((positions.len() - 1) as f32 / best.max(1) as f32).min(1.0);
            NEARNESS * near * if in_order { 1.0 } else { OUT_OF_ORDER }
        } else {
            0.0
        };
        let asked = self.plan.groups.iter().zip(&said[1..]);
        let agrees = asked.filter(|(_, own)| **own != 0);
        Fit {
            nearness,
            qualifiers: agrees.map(|(group, own)| agreement(group.said, *own)).sum(),
            measure: measure.share(),
        }
    }
}

/// How well doses and sizes of a descriptor fit the question's.
#[derive(Default)]
struct MeasureFit {
    /// The best fit of a dose so far.
    dose: Option<f32>,
    /// The range of areas, in square inches.
    above: Option<f64>,
    up_to: Option<f64>,
    area: Option<f64>,
}

impl MeasureFit {
    /// Takes an amount of the descriptor.
    fn see(&mut self, term: &str, said: Qualifiers, asked: &[Measure]) {
        let Some(own) = measure(term) else {
            return;
        };
        for asked in asked.iter().filter(|asked| asked.kind == own.kind) {
            if own.kind == AREA {
                self.area = Some(asked.amount);
                if said.has(Qualifiers::MORE) {
                    self.above = Some(own.amount);
                } else if said.has(Qualifiers::LESS) {
                    self.up_to = Some(own.amount);
                }
                continue;
            }
            let times = asked.amount / own.amount;
            let is_multiple = times >= 0.999 && (times - times.round()).abs() < 1e-6;
            #[expect(clippy::cast_possible_truncation, reason = "a share")]
            let fit = if is_multiple {
                // Fewer units fit better.
                (1.0 - times.log10() / 6.0).max(0.2) as f32
            } else {
                0.0
            };
            self.dose = Some(self.dose.map_or(fit, |dose| dose.max(fit)));
        }
    }

    /// The bonus or malus, as a share of the word score.
    fn share(&self) -> f32 {
        let dose = match self.dose {
            Some(fit) if fit > 0.0 => MULTIPLE * fit,
            Some(_) => NO_MULTIPLE,
            None => 0.0,
        };
        let area = self
            .area
            .filter(|_| self.above.is_some() || self.up_to.is_some());
        let area = area.map_or(0.0, |area| {
            let fits = self.above.is_none_or(|above| area > above)
                && self.up_to.is_none_or(|up_to| area <= up_to);
            if fits { IN_RANGE } else { -IN_RANGE }
        });
        dose + area
    }
}
