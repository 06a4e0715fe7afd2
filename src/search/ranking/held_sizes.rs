//! The sizes of a question that lie in a code's range or limit: 4 x 4 inches in `16 sq. in. or less`,
//! 400 lb in `301 to 450 pounds`. A code does not lack them, though its text has other numbers.

use super::amounts::Amounts;
use super::measure_fit::MeasureFit;
use crate::index::Field;
use crate::index::store::tables::Store;
use crate::index::store::text::DocText;
use crate::search::matching::candidate::Candidate;
use crate::search::matching::evaluation::Evaluation;
use crate::search::plan::plan::Plan;

/// Finds the sizes that codes hold.
pub(crate) struct HeldSizes<'q, 's> {
    store: &'q Store,
    plan: &'q Plan<'s>,
    pub(super) amounts: Amounts<'q>,
    /// The bit mask of the groups that are sizes.
    sizes: u64,
    /// Those that no text has, and that the range of a candidate holds.
    pub(crate) unseen: u64,
}

impl<'q, 's> HeldSizes<'q, 's> {
    pub(crate) fn new(
        store: &'q Store,
        plan: &'q Plan<'s>,
        evaluation: &Evaluation,
        candidates: &[Candidate],
    ) -> Self {
        let mut own = Self {
            store,
            plan,
            amounts: Amounts::new(store.terms(), &plan.measures),
            sizes: plan.sized(u16::MAX, 0),
            unseen: 0,
        };
        own.unseen = own.held_by_any(!evaluation.all_groups(), candidates);
        own
    }

    /// The groups that a document has and its range does not exclude, and those that its range holds:
    /// `width less than three inches` names three inches and lacks them.
    pub(crate) fn groups(&self, found: Candidate) -> u64 {
        if self.sizes == 0 {
            return found.groups;
        }
        let long = self.store.texts(found.doc).next();
        let is_long = |text: &DocText<'_>| text.field == Field::LongDescriptor;
        let Some(long) = long.filter(|text| is_long(text) && self.amounts.may_bound(text)) else {
            return found.groups;
        };
        let mut fit = MeasureFit::default();
        for token in long.tokens() {
            fit.see(&long, token, &self.amounts);
        }
        let (held, out) = fit.held();
        found.groups & !self.plan.sized(out, 0) | self.plan.sized(held, out)
    }

    /// Whether a document has some groups, or its range holds those that it lacks.
    #[inline]
    pub(crate) fn has_all(&self, found: Candidate, all: u64) -> bool {
        all & !self.sizes & !found.groups == 0
            && (self.sizes == 0 || self.groups(found) & all == all)
    }

    /// Those of some groups that the range of one of some documents holds.
    fn held_by_any(&self, groups: u64, docs: &[Candidate]) -> u64 {
        let mut left = groups & self.sizes;
        for found in docs {
            if left == 0 {
                break;
            }
            left &= !self.groups(*found);
        }
        groups & self.sizes & !left
    }
}
