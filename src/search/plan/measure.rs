//! Doses and sizes, of a question and of a descriptor.

use std::ops::Range;

use crate::codeset::{Measure as Unit, MeasureKind};
use crate::index::analyzer::qualifier::Qualifiers;
use crate::index::analyzer::token::{Form, Token};
use crate::index::analyzer::unit::is_number;

use super::numeral::takes_label;

/// Kinds of measures; amounts of different kinds are not compared.
pub(crate) const MASS: u8 = 0;
pub(crate) const UNITS: u8 = 1;
pub(crate) const VOLUME: u8 = 2;
pub(crate) const EQUIVALENTS: u8 = 3;
pub(crate) const ACTIVITY: u8 = 4;
/// In square inches.
pub(crate) const AREA: u8 = 5;
/// In inches.
pub(crate) const LENGTH: u8 = 6;
/// A number without a unit: the strength of `omnipaque 350`.
pub(crate) const BARE: u8 = 7;
/// In pounds: what a thing is to bear.
pub(crate) const WEIGHT: u8 = 8;
/// In minutes.
pub(crate) const TIME: u8 = 9;

/// The maximum of digits of a strength or a size.
const MOST_DIGITS: usize = 4;

/// An amount of a kind, in the one unit in which amounts of that kind are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measure {
    pub(crate) kind: u8,
    pub(crate) amount: f64,
    /// The number as written.
    pub(crate) number: f64,
}

impl Measure {
    /// A number without a unit.
    pub(crate) fn bare(number: f64) -> Self {
        Self {
            kind: BARE,
            amount: number,
            number,
        }
    }

    /// A size that is more or less than one: `over 300 lb` is not 300 lb.
    fn within(self, said: Qualifiers) -> Self {
        let is_size = matches!(self.kind, AREA | LENGTH | MASS | WEIGHT | TIME);
        let beyond = match (said.has(Qualifiers::MORE), said.has(Qualifiers::LESS)) {
            (true, false) if is_size => 1.0 + BEYOND,
            (false, true) if is_size => 1.0 - BEYOND,
            _ => 1.0,
        };
        Self {
            amount: self.amount * beyond,
            ..self
        }
    }

    /// An area in square inches.
    pub(crate) fn square_inches(number: f64) -> Self {
        Self {
            kind: AREA,
            ..Self::bare(number)
        }
    }

    /// A length in inches.
    pub(crate) fn inches(number: f64) -> Self {
        Self {
            kind: LENGTH,
            ..Self::bare(number)
        }
    }
}

/// How far a size is from one that it is said to be more or less than, as a share of it.
const BEYOND: f64 = 1e-6;

/// The kind of amounts in a unit, and the index term of the unit in which they are compared.
fn kind(unit: Unit) -> Option<(u8, &'static str)> {
    Some(match unit.kind() {
        MeasureKind::Mass if matches!(unit.symbol(), "kg" | "lb") => (WEIGHT, "lb"),
        MeasureKind::Mass => (MASS, "mg"),
        MeasureKind::Activity => (UNITS, "unit"),
        MeasureKind::Volume => (VOLUME, "ml"),
        MeasureKind::Equivalent => (EQUIVALENTS, "meq"),
        MeasureKind::Radioactivity => (ACTIVITY, "mci"),
        MeasureKind::Area => (AREA, "sqin"),
        MeasureKind::Length => (LENGTH, "inch"),
        MeasureKind::Time => (TIME, "min"),
        _ => return None,
    })
}

/// The measure that a term such as `2.5mg` is.
pub(crate) fn measure(term: &str) -> Option<Measure> {
    let at = term.find(|char: char| char.is_ascii_alphabetic())?;
    let (number, unit) = term.split_at(at);
    let number: f64 = number.parse().ok()?;
    in_unit(number, Unit::of_term(unit)?).filter(|_| number > 0.0)
}

fn in_unit(number: f64, unit: Unit) -> Option<Measure> {
    let (kind, compared) = kind(unit)?;
    Some(Measure {
        kind,
        amount: unit.convert(number, Unit::of_term(compared)?),
        number,
    })
}

/// A measure of a question, and the bytes in which the question has it.
pub(super) type Asked = (Measure, Range<u32>);

/// The measures of a question: its amounts, and areas written as `4 x 5`; else its first number
/// without a unit.
pub(super) fn measures(tokens: &[Token], words: &[&Token]) -> Vec<Asked> {
    let amounts = tokens.iter().filter(|token| token.form == Form::Amount);
    let known = amounts.clone().filter_map(|token| {
        let own = measure(&token.term)?;
        Some((own.within(token.said), token.start..token.end))
    });
    let mut measures: Vec<Asked> = known.chain(areas(words)).collect();
    if !measures
        .iter()
        .any(|(own, _)| matches!(own.kind, AREA | LENGTH))
    {
        let is_amount = |word: &Token| amounts.clone().any(|own| own.position == word.position);
        let is_bare = |at: &usize| {
            let word = words[*at];
            let is_label = at
                .checked_sub(1)
                .is_some_and(|before| takes_label(&words[before].term));
            let is_other = is_label || words.get(at + 1).is_some_and(|next| is_gauge(&next.term));
            is_number(&word.term)
                && word.term.len() <= MOST_DIGITS
                && !(is_other || is_amount(word))
        };
        let first = (0..words.len()).find(is_bare).map(|at| words[at]);
        let number = first.and_then(|word| {
            let number = nearest(word.term.parse().ok()?, word.said);
            Some((Measure::bare(number), word.start..word.end))
        });
        measures.extend(number);
    }
    measures
}

/// The measures that a code must fit: of `350 lb to 600 lb` the heavier one must be borne.
pub(super) fn to_fit(asked: &[Asked]) -> impl Iterator<Item = Measure> {
    let measures = asked.iter().map(|(own, _)| *own);
    let weights = measures.clone().filter(|own| own.kind == WEIGHT);
    let most = weights.map(|own| own.amount).fold(0.0, f64::max);
    measures.filter(move |own| own.kind != WEIGHT || own.amount >= most)
}

/// The kinds of the measures that have some bytes of a question, as a bit mask.
pub(super) fn kinds_in(asked: &[Asked], place: &Range<u32>) -> u16 {
    let own = asked
        .iter()
        .filter(|(_, own)| own.start <= place.start && place.end <= own.end);
    own.fold(0, |all, (own, _)| all | 1 << own.kind)
}

/// The whole number nearest to a bound that it excludes: who is under 11 is 10.
fn nearest(number: f64, said: Qualifiers) -> f64 {
    match (said.has(Qualifiers::MORE), said.has(Qualifiers::LESS)) {
        (true, false) => number + 1.0,
        (false, true) => number - 1.0,
        _ => number,
    }
}

/// Whether a word after a number makes it the width of a tube or a needle.
fn is_gauge(term: &str) -> bool {
    matches!(term, "f" | "fr" | "french" | "g" | "ga" | "gauge")
}

/// Whether a drug is asked for by its strength in a volume: `1 mg/ml`.
pub(super) fn is_concentration(text: &str, tokens: &[Token]) -> bool {
    let is_volume = |token: &Token| token.term == "ml" || token.term.ends_with("ml");
    let is_dose = |token: &&Token| {
        let measure = measure(&token.term).filter(|_| token.form == Form::Amount);
        measure.is_some_and(|own| matches!(own.kind, MASS | UNITS | EQUIVALENTS))
    };
    let mut doses = tokens.iter().filter(is_dose);
    doses.any(|dose| {
        let behind = text.get(dose.end as usize..).unwrap_or_default();
        let mut next = tokens.iter().filter(|token| token.start >= dose.end);
        behind.trim_start().starts_with('/') && next.next().is_some_and(is_volume)
    })
}

/// The two lengths of a term such as `4x4`.
pub(super) fn sides(term: &str) -> Option<(f64, f64)> {
    let (first, second) = term.split_once('x')?;
    let side = |side: &str| side.parse().ok().filter(|_| is_number(side));
    Some((side(first)?, side(second)?))
}

/// Areas written as two lengths, in inches if no centimetres follow.
fn areas(words: &[&Token]) -> impl Iterator<Item = Asked> {
    (0..words.len()).filter_map(|at| {
        let term = |ahead: usize| words.get(at + ahead).map(|word| word.term.as_str());
        let length = |term: &str| term.parse::<f64>().ok().filter(|_| is_number(term));
        let until = |last: usize| words[at].start..words[at + last].end;
        if let Some((first, second)) = term(0).and_then(sides) {
            let unit = term(1).filter(|term| is_length(term));
            return Some((
                area(first, second, unit)?,
                until(usize::from(unit.is_some())),
            ));
        }
        let first = length(term(0)?)?;
        // A unit may follow the first length too: `4 cm x 5 cm`.
        let ahead = 1 + usize::from(term(1).is_some_and(is_length));
        term(ahead).filter(|term| matches!(*term, "x" | "by"))?;
        let second = length(term(ahead + 1)?)?;
        let behind = term(ahead + 2).filter(|term| is_length(term));
        let last = ahead + 1 + usize::from(behind.is_some());
        Some((area(first, second, behind.or(term(1)))?, until(last)))
    })
}

fn area(first: f64, second: f64, unit: Option<&str>) -> Option<Measure> {
    let unit = unit.and_then(Unit::of_square).or(Unit::of_square("in"))?;
    let area = in_unit(first * second, unit)?.amount;
    (area > 0.0).then(|| Measure::square_inches(area))
}

fn is_length(term: &str) -> bool {
    matches!(term, "cm" | "in" | "inch" | "mm")
}
