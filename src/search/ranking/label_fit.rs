//! How well the labels of a descriptor fit the question's: `level 2` is not `level 1`, and the 3 of
//! `type 3` is not that of three channels.

use crate::index::analyzer::unit::is_number;
use crate::index::store::term::Terms;
use crate::search::plan::numeral::{numeral, takes_label};
use crate::search::plan::plan::Plan;
use crate::search::plan::role::Role;

/// Malus for another label behind the same word.
const OTHER_LABEL: f32 = -0.3;

/// The labels that a question asks for.
pub(super) struct Labels<'s> {
    terms: Terms<'s>,
    /// The number of each label's group, and of that of the word before it, from 1.
    asked: Vec<(u8, u8)>,
}

impl<'s> Labels<'s> {
    pub(super) fn of(plan: &Plan<'_>, terms: Terms<'s>) -> Self {
        let mut word = None;
        let groups = (1u8..).zip(&plan.groups);
        let asked = groups.filter_map(|(number, group)| {
            if takes_label(&group.asked.to_ascii_lowercase()) {
                word = Some(number);
            }
            (group.role == Role::Label).then(|| Some((number, word?)))?
        });
        Self {
            terms,
            asked: asked.collect(),
        }
    }

    /// Whether the question has none.
    pub(super) fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Whether a term is a number, in Arabic or Roman numerals.
    fn is_label(&self, ord: u32) -> bool {
        let term = self.terms.term(ord);
        is_number(term) || numeral(term).is_some()
    }
}

/// How well the labels fit, as far as the descriptor is read.
#[derive(Default)]
pub(super) struct LabelFit {
    /// The group of the word before.
    before: u8,
    /// The bit masks of the labels that are as asked, and of those that are others.
    same: u64,
    other: u64,
}

impl LabelFit {
    /// Takes a word of the descriptor, with the number of its group, from 1; 0 for none.
    pub(super) fn see(&mut self, labels: &Labels<'_>, ord: u32, group: u8) {
        let before = std::mem::replace(&mut self.before, group);
        for (label, word) in &labels.asked {
            if before != *word {
                continue;
            }
            if group == *label {
                self.same |= 1 << label;
            } else if labels.is_label(ord) {
                self.other |= 1 << label;
            }
        }
    }

    /// The malus, as a share of the word score.
    pub(super) fn share(&self) -> f32 {
        if self.other & !self.same == 0 {
            0.0
        } else {
            OTHER_LABEL
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::search::question::query::Query;
    use crate::search::searcher::of_starter_set;

    #[test]
    fn another_label_behind_the_same_word_comes_later() {
        let (_folder, searcher) = of_starter_set();
        let first = |text: &str| {
            let query = Query {
                text: text.into(),
                as_of: "2026-02-01".parse().ok(),
                ..Query::default()
            };
            searcher.search(&query).unwrap().hits[0].code.to_string()
        };
        for (one, other) in [("level 1", "level 2"), ("group 2", "group 3")] {
            assert_ne!(first(one), first(other), "{one}, {other}");
        }
    }
}
