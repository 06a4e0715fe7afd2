//! How well a descriptor fits a question that names one drug and its dose: the drug alone comes
//! before a combination with another, and the drug of any maker before a brand.

use crate::index::analyzer::aside::is_diluent;
use crate::index::store::tables::Store;
use crate::index::store::text::{DocText, TextToken, TokenFlags};
use crate::search::plan::plan::{Plan, letters};
use crate::search::plan::role::Role;

/// Malus for a combination of which the question names one drug.
const COMBINED: f32 = -0.5;
/// Bonus for the code of a drug that is not otherwise specified: the question does not specify it
/// either.
const NOT_SPECIFIED: f32 = 0.15;
/// Malus for a brand behind the drug's name, unasked: `midazolam (seizalam)`.
const BRAND: f32 = -0.2;
/// What stands behind a drug's name in parentheses and is no brand.
const ORIGINS: [&str; 4] = ["bovine", "human", "porcine", "recombinant"];
/// Malus for a drug in another form or in a diluent, unasked: `granisetron, extended-release`; and
/// the words of such.
const OTHER_FORM: f32 = -0.25;
const FORMS: [&str; 8] = [
    "dextrose",
    "extended",
    "implant",
    "intravitreal",
    "liposomal",
    "liposome",
    "ringer",
    "saline",
];
/// How many words after a drug's name another may follow: `albuterol, up to 2.5 mg and`.
const REACH: u32 = 6;
/// The minimum of letters of a drug's name.
const LEAST_NAME: usize = 5;

/// What is looked for in descriptors, if the question has a dose.
pub(super) struct Drug {
    /// The bit masks of the groups that may name a drug, and of the first, which does.
    names: u64,
    first: u64,
    /// The terms `and` and `with`, which combine drugs.
    combining: [Option<u32>; 2],
    specified: Option<u32>,
    /// Whether the drug is itself a diluent, given by its volume: dextrose makes it another solution.
    is_diluent: bool,
    /// The term `or` between what a diluent may be: `saline and/or dextrose`.
    choosing: Option<u32>,
    /// The words of forms that act in another way than the plain drug.
    forms: [Option<u32>; FORMS.len()],
    /// A Bloom filter of these terms in 64 bits, so that most words need no comparison.
    filter: u64,
}

impl Drug {
    /// What to look for; `None` if the question is not about a drug.
    pub(super) fn of(plan: &Plan<'_>, store: &Store) -> Option<Self> {
        let has = |role: Role| plan.groups.iter().any(|group| group.role == role);
        let is_of_diluent = |word: &str| is_diluent(&word.to_ascii_lowercase());
        let words = || {
            plan.groups
                .iter()
                .flat_map(|own| own.asked.split_whitespace())
        };
        let is_diluent = !has(Role::Dose) && words().any(is_of_diluent);
        let is_nothing_else =
            || words().all(|word| is_of_diluent(word) || !word.starts_with(char::is_alphabetic));
        if !(has(Role::Dose) || has(Role::Volume) || is_diluent && is_nothing_else()) {
            return None;
        }
        let terms = store.terms();
        let groups = plan.groups.iter().zip(0..).filter(|(group, _)| {
            matches!(group.role, Role::Subject | Role::Part) && letters(&group.asked) >= LEAST_NAME
        });
        let names = groups.fold(0u64, |all, (_, at)| all | 1 << at);
        let combining = ["and", "with"].map(|term| terms.ord(term));
        let choosing = terms.ord("or").filter(|_| is_diluent);
        let specified = terms.ord("specified");
        let forms = FORMS.map(|term| terms.ord(term));
        let all = combining
            .iter()
            .chain(&forms)
            .chain([&specified, &choosing]);
        Some(Self {
            names,
            first: names & names.wrapping_neg(),
            filter: all
                .flatten()
                .fold(0, |filter, ord| filter | 1 << (ord & 63)),
            combining,
            specified,
            is_diluent,
            choosing,
            forms,
        })
    }
}

/// How well a descriptor fits the drug, as far as it is read.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a finding of its own"
)]
pub(super) struct DrugFit {
    /// The position of the drug's name so far.
    named: Option<u32>,
    /// Whether a word that is asked for precedes.
    has_asked: bool,
    was_combining: bool,
    has_choice: bool,
    is_combined: bool,
    is_unspecified: bool,
    has_brand: bool,
    has_other_form: bool,
}

impl DrugFit {
    /// Takes a word of the descriptor, with its position and the number of the group that it
    /// matches, from 1; 0 for none.
    pub(super) fn see(
        &mut self,
        drug: &Drug,
        text: &DocText<'_>,
        token: TextToken,
        (position, group): (u32, u8),
    ) {
        let is_in = |groups: u64| group > 0 && groups >> (group - 1) & 1 == 1;
        let (is_name, is_asked) = (is_in(drug.first), is_in(drug.names));
        let distance = self.named.map(|named| position - named);
        let was_combining = std::mem::take(&mut self.was_combining);
        if was_combining && Some(token.ord) != drug.choosing {
            let is_near = distance.is_some_and(|distance| distance <= REACH);
            self.is_combined |= if is_asked { !self.has_asked } else { is_near };
        }
        self.has_asked |= is_asked;
        if is_name {
            self.named = Some(position);
        } else if distance == Some(1) && token.flags.has(TokenFlags::AFTER_MARK) && group == 0 {
            let (start, length) = (usize::from(token.start), usize::from(token.length));
            let around = text.piece(start.saturating_sub(1)..start + length + 1);
            let inner = around
                .strip_prefix('(')
                .and_then(|own| own.strip_suffix(')'));
            self.has_brand = inner.is_some_and(|inner| !ORIGINS.contains(&inner));
        }
        if drug.filter >> (token.ord & 63) & 1 == 1 {
            self.was_combining = drug.combining.contains(&Some(token.ord));
            let is_other = group == 0 && drug.forms.contains(&Some(token.ord));
            self.is_combined |= is_other && drug.is_diluent && !self.has_choice;
            self.has_other_form |= is_other && !self.has_choice;
            self.has_choice |= Some(token.ord) == drug.choosing;
            self.is_unspecified |= Some(token.ord) == drug.specified;
        }
    }

    /// The bonus or malus, as a share of the word score.
    pub(super) fn share(&self) -> f32 {
        if self.named.is_none() {
            return 0.0;
        }
        let rows = [
            (self.is_combined, COMBINED),
            (self.is_unspecified, NOT_SPECIFIED),
            (self.has_brand, BRAND),
            (self.has_other_form, OTHER_FORM),
        ];
        rows.iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, share)| share)
            .sum()
    }
}
