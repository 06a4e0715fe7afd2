//! The role of a word in its question: the subject, a dose, a volume, a container, a route.

use crate::index::analyzer::aside::is_diluent;
use crate::index::analyzer::unit::{is_number, unit};

use super::measure::{AREA, LENGTH, TIME, VOLUME, WEIGHT, measure, sides};

/// The role of a word in its question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// The subject of the question.
    #[default]
    Subject,
    /// A mass, a number of units or an activity.
    Dose,
    /// A volume.
    Volume,
    /// A length, an area, a weight or a time.
    Size,
    /// A weight that a thing is to bear.
    Capacity,
    /// A number without a unit, or two: `4x4`.
    Number,
    /// A number that follows a word as its label: `type 2`.
    Label,
    /// A unit without a number.
    Unit,
    /// A container or a form that a product comes in.
    Form,
    /// How a product is given.
    Route,
    /// What a drug may be dissolved in.
    Diluent,
    /// What the drug before it is dissolved in: `in 0.9% sodium chloride`.
    Aside,
    /// The size or side of an article.
    Fit,
    /// A part of another group, a phrase for which there is a synonym.
    Part,
}

impl Role {
    /// Whether notes and names are searched for such a word: a dose in a note is not what the code
    /// bills.
    pub(crate) fn is_annotated(self) -> bool {
        matches!(
            self,
            Self::Subject
                | Self::Part
                | Self::Route
                | Self::Diluent
                | Self::Aside
                | Self::Form
                | Self::Fit
        )
    }
}

/// Digits of a number that identifies something, such as a National Drug Code.
const IDENTIFIER: usize = 8;

const FITS: &[&str] = &[
    "all",
    "any",
    "ea",
    "each",
    "large",
    "left",
    "lg",
    "lge",
    "lrg",
    "lt",
    "md",
    "med",
    "medium",
    "reg",
    "right",
    "rt",
    "size",
    "sm",
    "small",
    "std",
    "sz",
    "univ",
    "universal",
    "xl",
    "xlg",
    "xs",
    "xxl",
];

const FORMS: &[&str] = &[
    "amp",
    "ampoule",
    "ampul",
    "ampule",
    "bag",
    "bottle",
    "box",
    "btl",
    "bx",
    "carpuject",
    "carton",
    "conc",
    "concentrate",
    "dispenser",
    "emul",
    "ivpb",
    "ivpush",
    "kit",
    "lyo",
    "mdv",
    "pack",
    "package",
    "pak",
    "pf",
    "piggyback",
    "pk",
    "pkg",
    "pmx",
    "pouch",
    "powd",
    "powder",
    "prefill",
    "prefilled",
    "premix",
    "premixed",
    "preservative",
    "pwdr",
    "recon",
    "reconst",
    "sdv",
    "sol",
    "soln",
    "solp",
    "solr",
    "solution",
    "susp",
    "suspension",
    "susr",
    "sykt",
    "sypk",
    "syr",
    "syrg",
    "syringe",
    "vial",
    "vl",
    "wastage",
    "waste",
];

const ROUTES: &[&str] = &[
    "cap",
    "caplet",
    "capsule",
    "ih",
    "ij",
    "im",
    "infus",
    "inh",
    "inhal",
    "inj",
    "intramuscular",
    "intraveno",
    "intravenou",
    "intravenous",
    "it",
    "iv",
    "ivp",
    "neb",
    "nebu",
    "odt",
    "po",
    "sc",
    "sq",
    "subcutaneou",
    "subcutaneous",
    "subq",
    "svn",
    "tab",
    "tablet",
];

/// Whether a term says which size or side of an article is meant.
pub(super) fn is_fit(term: &str) -> bool {
    FITS.binary_search(&term).is_ok()
}

/// The role of a term in a question.
pub(super) fn role_of(term: &str) -> Role {
    let is_in = |list: &[&str]| list.binary_search(&term).is_ok();
    if is_number(term) {
        return if term.len() < IDENTIFIER {
            Role::Number
        } else {
            Role::Subject
        };
    }
    if sides(term).is_some() {
        return Role::Number;
    }
    if let Some(measure) = measure(term) {
        return match measure.kind {
            VOLUME => Role::Volume,
            AREA | LENGTH | TIME => Role::Size,
            WEIGHT => Role::Capacity,
            _ => Role::Dose,
        };
    }
    let digits = term.trim_end_matches(|char: char| char.is_ascii_alphabetic());
    if is_number(digits) && unit(&term[digits.len()..]).is_some() {
        Role::Size
    } else if is_in(FORMS) {
        Role::Form
    } else if is_in(ROUTES) {
        Role::Route
    } else if is_diluent(term) {
        Role::Diluent
    } else if is_fit(term) {
        Role::Fit
    } else if unit(term).is_some() {
        Role::Unit
    } else {
        Role::Subject
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::inflection::fold_plural;

    #[test]
    fn the_lists_are_sorted() {
        for list in [FITS, FORMS, ROUTES] {
            assert!(list.is_sorted(), "{list:?}");
            for word in list {
                assert_eq!(fold_plural(word), *word, "a term is a singular");
            }
        }
    }

    #[test]
    fn roles() {
        for (term, role) in [
            ("amikacin", Role::Subject),
            ("250mg", Role::Dose),
            ("1000unit", Role::Dose),
            ("10ml", Role::Volume),
            ("16sqin", Role::Size),
            ("15min", Role::Size),
            ("4", Role::Number),
            ("4x4", Role::Number),
            ("4inch", Role::Size),
            ("400lb", Role::Capacity),
            ("55292070255", Role::Subject),
            ("ml", Role::Unit),
            ("syr", Role::Form),
            ("po", Role::Route),
            ("d5w", Role::Diluent),
            ("large", Role::Fit),
        ] {
            assert_eq!(role_of(term), role, "{term}");
        }
    }
}
