//! Doses and sizes, of a question and of a descriptor.

use crate::index::analyzer::token::{Form, Token};
use crate::index::analyzer::unit::is_number;

/// Kinds of measures; amounts of different kinds are not compared.
pub(crate) const MASS: u8 = 0;
pub(crate) const UNITS: u8 = 1;
pub(crate) const VOLUME: u8 = 2;
pub(crate) const EQUIVALENTS: u8 = 3;
pub(crate) const ACTIVITY: u8 = 4;
/// In square inches.
pub(crate) const AREA: u8 = 5;

/// An amount of a kind, in the smallest unit of that kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Measure {
    pub(crate) kind: u8,
    pub(crate) amount: f64,
}

/// Square centimetres in a square inch.
const SQUARE_INCH: f64 = 6.4516;

/// The measure that a term such as `2.5mg` is.
pub(crate) fn measure(term: &str) -> Option<Measure> {
    let at = term.find(|char: char| char.is_ascii_alphabetic())?;
    let (number, unit) = term.split_at(at);
    let number: f64 = number.parse().ok()?;
    let (kind, scale) = match unit {
        "mcg" => (MASS, 1.0),
        "mg" => (MASS, 1e3),
        "g" => (MASS, 1e6),
        "unit" => (UNITS, 1.0),
        "ml" => (VOLUME, 1.0),
        "l" => (VOLUME, 1e3),
        "meq" => (EQUIVALENTS, 1.0),
        "uci" => (ACTIVITY, 1.0),
        "mci" => (ACTIVITY, 1e3),
        "sqin" => (AREA, 1.0),
        "sqcm" => (AREA, 1.0 / SQUARE_INCH),
        _ => return None,
    };
    (number > 0.0).then_some(Measure {
        kind,
        amount: number * scale,
    })
}

/// The measures of a question: its amounts, and areas written as `4 x 5`.
pub(super) fn measures(tokens: &[Token], words: &[&Token]) -> Vec<Measure> {
    let amounts = tokens.iter().filter(|token| token.form == Form::Amount);
    let amounts = amounts.filter_map(|token| measure(&token.term));
    amounts.chain(areas(words)).collect()
}

/// Areas written as two lengths, in inches if no centimetres follow.
fn areas(words: &[&Token]) -> impl Iterator<Item = Measure> {
    (0..words.len()).filter_map(|at| {
        let term = |ahead: usize| words.get(at + ahead).map(|word| word.term.as_str());
        let length = |term: &str| term.parse::<f64>().ok().filter(|_| is_number(term));
        let first = length(term(0)?)?;
        // A unit may follow the first length too: `4 cm x 5 cm`.
        let ahead = 1 + usize::from(term(1).is_some_and(is_length));
        term(ahead).filter(|term| matches!(*term, "x" | "by"))?;
        let second = length(term(ahead + 1)?)?;
        let centimetres = [term(1), term(ahead + 2)].contains(&Some("cm"));
        let area = first * second * if centimetres { 1.0 / SQUARE_INCH } else { 1.0 };
        (area > 0.0).then_some(Measure {
            kind: AREA,
            amount: area,
        })
    })
}

fn is_length(term: &str) -> bool {
    matches!(term, "cm" | "in" | "inch")
}
