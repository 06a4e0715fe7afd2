//! The score of a document: its word score, and bonuses and maluses on it.

use crate::index::build::traits::{COMPOUNDED, CUSTOM, ESRD, ORAL, PEDIATRIC, ROUTES};
use crate::index::store::row::{Row, RowFlags};

use crate::search::matching::candidate::Candidate;
use crate::search::plan::plan::Plan;
use crate::search::plan::role::Role;

/// Bonus, as a share of the word score, for covering the whole descriptor.
const COVERAGE: f32 = 0.5;
/// Bonus for covering the head of the descriptor.
const HEAD: f32 = 0.4;
/// Malus for an accessory or a replacement that was not asked for.
const ACCESSORY: f32 = -0.15;
/// Malus for what is not classified elsewhere.
const UNSPECIFIED: f32 = -0.1;
/// Malus for what reports the quality of care, unasked: few questions are about it, and its
/// descriptors name all that is treated.
const QUALITY: f32 = -0.3;
/// Malus for a procedure, unless the question names one: a stent is a device.
const PERFORMED: f32 = -0.1;
/// Malus for a modifier: who asks for an article wants its code. A modifier asked for by its code or
/// its descriptor comes first without it.
const MODIFIER: f32 = -0.35;
/// Malus for what Medicare does not pay for, such as another payer's code for the same drug.
const UNPAID: f32 = -0.15;

/// Bonus for a product given by the requested route; malus for another route. What comes in a vial
/// may be inhaled but is not swallowed, and what is swallowed is not injected.
const ROUTE: f32 = 0.3;
const SWALLOWED: f32 = -0.6;
/// Malus for a compounded product, and for one for patients on dialysis, unless requested.
const COMPOUND: f32 = -0.22;
const FOR_ESRD: f32 = -0.3;
/// Malus for a dose for patients on dialysis, unrequested: all others have the drug's own code.
const DOSE_FOR_ESRD: f32 = -0.5;
/// Malus for what is made for one patient, unasked: most of what is handed out is prefabricated.
const CUSTOM_MADE: f32 = -0.12;

/// Malus for what is made for children, unasked.
const FOR_CHILDREN: f32 = -0.2;

/// Malus for a product of a kind that the question denies: `not oral`.
const DENIED: f32 = -0.6;

/// Bonuses and maluses that depend only on a candidate's row, each as a share of its word score.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shares {
    pub(super) coverage: f32,
    pub(super) head: f32,
    /// The product has the requested traits; it is not compounded, custom-made or for few patients
    /// only.
    pub(super) product: f32,
    pub(super) accessory: f32,
    pub(super) unspecified: f32,
    pub(super) quality: f32,
    pub(super) performed: f32,
    pub(super) unpaid: f32,
    pub(super) modifier: f32,
}

impl Shares {
    #[inline]
    pub(super) fn new(row: Row<'_>, plan: &Plan<'_>, candidate: &Candidate) -> Self {
        let share = |part: f32, whole: f32| {
            if whole > 0.0 {
                (part / whole).min(1.0)
            } else {
                0.0
            }
        };
        let head = share(candidate.head_covered, row.head_mass());
        let shares = Self {
            coverage: COVERAGE * share(candidate.covered, row.mass()),
            head: HEAD * head,
            modifier: if row.is_modifier() { MODIFIER } else { 0.0 },
            ..Self::default()
        };
        // Many rows have none of what follows.
        if row.is_plain() {
            return shares;
        }
        let unasked = |flags: u8, of: u8| row.has(flags) && plan.flags & of == 0;
        let off = |holds: bool, share: f32| if holds { share } else { 0.0 };
        let unspecified = RowFlags::UNSPECIFIED;
        Self {
            product: product(row.traits(), plan),
            // An accessory is requested to the extent that its head is covered.
            accessory: off(unasked(RowFlags::ACCESSORY, RowFlags::ACCESSORY), ACCESSORY)
                * (1.0 - head),
            unspecified: off(
                unasked(unspecified | RowFlags::NOC, unspecified),
                UNSPECIFIED,
            ),
            quality: off(unasked(RowFlags::QUALITY, RowFlags::QUALITY), QUALITY),
            performed: off(unasked(RowFlags::PERFORMED, RowFlags::PERFORMED), PERFORMED),
            unpaid: off(row.has(RowFlags::UNPAID), UNPAID),
            ..shares
        }
    }

    #[inline]
    fn sum(self) -> f32 {
        let kind = self.product + self.accessory + self.unspecified;
        self.coverage
            + self.head
            + kind
            + self.quality
            + self.performed
            + self.unpaid
            + self.modifier
    }
}

/// The score of a candidate before its words are examined in order.
#[inline]
pub(super) fn score(row: Row<'_>, plan: &Plan<'_>, candidate: &Candidate) -> f32 {
    candidate.score * (1.0 + Shares::new(row, plan, candidate).sum())
}

/// The bonus or malus for the traits of a product, given the requested ones and the denied ones.
#[inline]
fn product(own: u8, plan: &Plan<'_>) -> f32 {
    if own == 0 {
        return 0.0;
    }
    let (asked, denied) = (plan.traits, plan.denied_traits);
    let (own_route, asked_route) = (own & ROUTES, asked & ROUTES);
    let route = match own_route & asked_route {
        _ if asked_route == 0 || own_route == 0 => 0.0,
        0 if own_route == ORAL || asked_route == ORAL => SWALLOWED,
        0 => -ROUTE,
        _ => ROUTE,
    };
    let unasked = |of: u8, malus: f32| {
        if own & of != 0 && asked & of == 0 {
            malus
        } else {
            0.0
        }
    };
    let denied = if own & denied == 0 { 0.0 } else { DENIED };
    denied
        + route
        + unasked(COMPOUNDED, COMPOUND)
        + unasked(
            ESRD,
            if has_dose(plan) {
                DOSE_FOR_ESRD
            } else {
                FOR_ESRD
            },
        )
        + unasked(CUSTOM, CUSTOM_MADE)
        + unasked(PEDIATRIC, FOR_CHILDREN)
}

/// Whether a question asks for a dose.
fn has_dose(plan: &Plan<'_>) -> bool {
    plan.groups.iter().any(|group| group.role == Role::Dose)
}

/// Whether a product is for patients on dialysis, and the question asks for a dose and names none:
/// that it has the very dose does not put it first.
pub(super) fn is_for_others(row: Row<'_>, plan: &Plan<'_>) -> bool {
    row.traits() & ESRD != 0 && plan.traits & ESRD == 0 && has_dose(plan)
}
