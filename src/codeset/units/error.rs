//! Why no billing units can be given.

use super::super::amount::Amount;
use super::super::dosage::Dosage;

/// Why a text is not a dose, or a dose does not convert to a code's billing units.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DoseError {
    /// The dose is empty.
    #[error("the dose is empty; write a number and a unit, such as 0.4 mg")]
    Empty,
    /// The text is not a dose.
    #[error(
        "`{text}` is not a dose; write a number and a unit, such as 0.4 mg or 2 ml of 0.2 mg/ml"
    )]
    Unreadable {
        /// What was written.
        text: String,
    },
    /// A number that is ambiguous, or has too many digits.
    #[error(
        "`{number}` is not read: write a point before decimals and commas only between thousands, \
         with at most nine digits on either side of the point"
    )]
    Number {
        /// The number as it was written.
        number: String,
    },
    /// A number without a unit.
    #[error("`{text}` has no unit; write one, such as mg, ml or units")]
    NoUnit {
        /// What was written.
        text: String,
    },
    /// A dose of zero or less.
    #[error("`{text}` is not more than zero; write the dose that was given")]
    NotPositive {
        /// What was written.
        text: String,
    },
    /// A strength such as `0.2 mg/ml` without a volume, weight or the like.
    #[error("`{text}` is a strength, not a dose; add {lacks}")]
    StrengthAlone {
        /// What was written.
        text: String,
        /// What would make it a dose, such as `the volume, as in 2 ml of 0.2 mg/ml`.
        lacks: &'static str,
    },
    /// A body weight that no patient has.
    #[error("`{text}` is not a body weight; write kg or lb, from 0.1 kg to 1,000 kg")]
    Weight {
        /// What was written.
        text: String,
    },
    /// A result whose digits do not end, or are too many.
    #[error("`{text}` cannot be calculated exactly; write the dose as one amount")]
    Inexact {
        /// What was written.
        text: String,
    },
    /// More units than any dose has.
    #[error(
        "{dose} would be more than {} units of {unit}; check the dose",
        MOST_UNITS
    )]
    TooLarge {
        /// The dose.
        dose: Box<Amount>,
        /// What a unit of the code is.
        unit: Box<Dosage>,
    },
    /// A dose in a unit that the code does not bill.
    #[error("{dose} cannot be counted in units of {unit}{}", hint(dose, unit))]
    OtherKind {
        /// The dose.
        dose: Box<Amount>,
        /// What a unit of the code is.
        unit: Box<Dosage>,
    },
    /// Several amounts for a code of one drug: parts of a dose, or the drugs of a combination.
    #[error(
        "{} are several amounts, and a unit is {unit} of one drug; if they are of it, ask for one \
         amount, their sum",
        in_words(doses)
    )]
    SeveralAmounts {
        /// The amounts.
        doses: Vec<Amount>,
        /// What a unit of the code is.
        unit: Box<Dosage>,
    },
    /// A dose that lacks some drugs of a combination.
    #[error(
        "a unit is {unit} together; write the dose of each, such as {}",
        each(unit)
    )]
    Combination {
        /// What a unit of the code is.
        unit: Box<Dosage>,
    },
    /// The drugs of a combination in another proportion than the code's.
    #[error(
        "the drugs of the dose are not in the proportion of a unit, {unit}; check the dose of each"
    )]
    Proportion {
        /// What a unit of the code is.
        unit: Box<Dosage>,
    },
    /// A dose outside the bounds that the descriptor sets.
    #[error("{dose} is not what the code bills, {unit}; check the dose and the code")]
    OutOfBounds {
        /// The dose.
        dose: Box<Amount>,
        /// What a unit of the code is.
        unit: Box<Dosage>,
    },
    /// A part of a unit, if no rule rounds it up.
    #[error(
        "{dose} is not a whole number of units of {unit}; which part of such a unit may be billed \
         depends on the payer's rules, such as CMS's 8-minute rule"
    )]
    PartOfUnit {
        /// The dose.
        dose: Box<Amount>,
        /// What a unit of the code is.
        unit: Box<Dosage>,
    },
    /// A unit for which no vials are opened.
    #[error(
        "waste is counted only for drugs measured in a unit such as mg or ml; a unit of this code is {unit}; leave out what a vial holds"
    )]
    NoVials {
        /// What a unit of the code is.
        unit: Box<Dosage>,
    },
}

/// The most billing units of a dose.
pub(super) const MOST_UNITS: u64 = 1_000_000;

/// What would help if units do not convert.
fn hint(dose: &Amount, unit: &Dosage) -> &'static str {
    use super::super::measure_kind::MeasureKind::{Activity, Mass, Radioactivity, Volume};
    let kind = |amount: &Amount| amount.measure().map(super::super::measure::Measure::kind);
    match (kind(dose), kind(&unit.amount)) {
        (Some(Volume), Some(Mass | Activity | Radioactivity)) => {
            "; give the strength too, as in 2 ml of 0.2 mg/ml"
        }
        _ => "; write the dose in a unit that converts to that",
    }
}

/// The dose of one unit of a combination, as it is written.
fn each(unit: &Dosage) -> String {
    in_words(unit.drugs())
}

fn in_words<'a>(amounts: impl IntoIterator<Item = &'a Amount>) -> String {
    let amounts: Vec<String> = amounts.into_iter().map(ToString::to_string).collect();
    amounts.join(" / ")
}
