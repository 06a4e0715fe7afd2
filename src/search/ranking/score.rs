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

/// What a question makes of the traits and flags of rows.
pub(super) struct Weights {
    /// The bonus or malus for each set of routes.
    routes: [f32; ROUTES as usize + 1],
    denied_traits: u8,
    compounded: f32,
    for_esrd: f32,
    custom_made: f32,
    for_children: f32,
    accessory: f32,
    unspecified: f32,
    quality: f32,
    performed: f32,
}

impl Weights {
    pub(super) fn new(plan: &Plan<'_>) -> Self {
        let unless = |asked: u8, malus: f32| if asked == 0 { malus } else { 0.0 };
        let of_trait = |own: u8, malus: f32| unless(plan.traits & own, malus);
        let of_flag = |own: u8, malus: f32| unless(plan.flags & own, malus);
        let for_esrd = if has_dose(plan) {
            DOSE_FOR_ESRD
        } else {
            FOR_ESRD
        };
        let routes = match plan.traits & ROUTES {
            0 => Default::default(),
            asked => ALL_ROUTES.map(|own| route(own, asked)),
        };
        Self {
            routes,
            denied_traits: plan.denied_traits,
            compounded: of_trait(COMPOUNDED, COMPOUND),
            for_esrd: of_trait(ESRD, for_esrd),
            custom_made: of_trait(CUSTOM, CUSTOM_MADE),
            for_children: of_trait(PEDIATRIC, FOR_CHILDREN),
            accessory: of_flag(RowFlags::ACCESSORY, ACCESSORY),
            unspecified: of_flag(RowFlags::UNSPECIFIED, UNSPECIFIED),
            quality: of_flag(RowFlags::QUALITY, QUALITY),
            performed: of_flag(RowFlags::PERFORMED, PERFORMED),
        }
    }

    /// The score of a candidate before its words are examined in order.
    #[inline]
    pub(super) fn score(&self, row: Row<'_>, candidate: &Candidate) -> f32 {
        candidate.score * (1.0 + Shares::new(row, self, candidate).sum())
    }

    /// The bonus or malus for the traits of a product.
    #[inline]
    fn product(&self, own: u8) -> f32 {
        let has = |of: u8, share: f32| if own & of == 0 { 0.0 } else { share };
        has(self.denied_traits, DENIED)
            + self.routes[usize::from(own & ROUTES)]
            + has(COMPOUNDED, self.compounded)
            + has(ESRD, self.for_esrd)
            + has(CUSTOM, self.custom_made)
            + has(PEDIATRIC, self.for_children)
    }
}

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
    /// All parts are worked out for every row: a processor cannot foretell which ones a row has.
    #[inline]
    pub(super) fn new(row: Row<'_>, weights: &Weights, candidate: &Candidate) -> Self {
        let share = |part: f32, whole: f32| {
            let share = (part / whole).min(1.0);
            if whole > 0.0 { share } else { 0.0 }
        };
        let head = share(candidate.head_covered, row.head_mass());
        let has = |flags: u8, share: f32| if row.has(flags) { share } else { 0.0 };
        Self {
            coverage: COVERAGE * share(candidate.covered, row.mass()),
            head: HEAD * head,
            product: weights.product(row.traits()),
            // An accessory is requested to the extent that its head is covered.
            accessory: has(RowFlags::ACCESSORY, weights.accessory) * (1.0 - head),
            unspecified: has(RowFlags::UNSPECIFIED | RowFlags::NOC, weights.unspecified),
            quality: has(RowFlags::QUALITY, weights.quality),
            performed: has(RowFlags::PERFORMED, weights.performed),
            unpaid: has(RowFlags::UNPAID, UNPAID),
            modifier: if row.is_modifier() { MODIFIER } else { 0.0 },
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

/// All sets of routes.
const ALL_ROUTES: [u8; ROUTES as usize + 1] = [0, 1, 2, 3, 4, 5, 6, 7];

/// The bonus or malus for the routes of a product, given the requested ones.
fn route(own: u8, asked: u8) -> f32 {
    match own & asked {
        _ if own == 0 => 0.0,
        0 if own == ORAL || asked == ORAL => SWALLOWED,
        0 => -ROUTE,
        _ => ROUTE,
    }
}

/// Whether a question asks for a dose.
fn has_dose(plan: &Plan<'_>) -> bool {
    plan.groups.iter().any(|group| group.role == Role::Dose)
}

/// The traits of products that are for others than the question is about: for patients on dialysis,
/// where it asks for a dose and names none. That such a product has the very dose does not put it
/// first.
pub(super) fn traits_for_others(plan: &Plan<'_>) -> u8 {
    if has_dose(plan) {
        ESRD & !plan.traits
    } else {
        0
    }
}
