//! Amounts: a number and its unit as one term, `0.1 mg` and `0.1mg` alike.

use compact_str::format_compact;

use super::{Form, Span, Token};

/// Units in the ways they are written, each with the one that is indexed.
const UNITS: &[(&str, &str)] = &[
    ("cc", "ml"),
    ("centimeter", "cm"),
    ("cm", "cm"),
    ("g", "g"),
    ("gauge", "gauge"),
    ("gm", "g"),
    ("gms", "g"),
    ("gram", "g"),
    ("grams", "g"),
    ("hour", "hour"),
    ("hours", "hour"),
    ("hr", "hour"),
    ("hrs", "hour"),
    ("inch", "inch"),
    ("inches", "inch"),
    ("iu", "unit"),
    ("kg", "kg"),
    ("l", "l"),
    ("lb", "lb"),
    ("lbs", "lb"),
    ("liter", "l"),
    ("liters", "l"),
    ("litre", "l"),
    ("litres", "l"),
    ("mcg", "mcg"),
    ("mci", "mci"),
    ("meq", "meq"),
    ("mg", "mg"),
    ("mgs", "mg"),
    ("microcurie", "uci"),
    ("microcuries", "uci"),
    ("microgram", "mcg"),
    ("micrograms", "mcg"),
    ("millicurie", "mci"),
    ("millicuries", "mci"),
    ("milligram", "mg"),
    ("milligrams", "mg"),
    ("milliliter", "ml"),
    ("milliliters", "ml"),
    ("millilitre", "ml"),
    ("millilitres", "ml"),
    ("min", "min"),
    ("mins", "min"),
    ("minute", "min"),
    ("minutes", "min"),
    ("ml", "ml"),
    ("mls", "ml"),
    ("mm", "mm"),
    ("ounce", "oz"),
    ("ounces", "oz"),
    ("oz", "oz"),
    ("pound", "lb"),
    ("pounds", "lb"),
    ("uci", "uci"),
    ("ug", "mcg"),
    ("unit", "unit"),
    ("units", "unit"),
    ("µg", "mcg"),
    ("μg", "mcg"),
];

/// What follows a square or precedes an area, such as the inch of `sq. in.`.
const SQUARES: &[(&str, &str)] = &[
    ("centimeter", "sqcm"),
    ("centimeters", "sqcm"),
    ("cm", "sqcm"),
    ("in", "sqin"),
    ("inch", "sqin"),
    ("inches", "sqin"),
];

/// The unit that a word writes, as it is indexed.
pub(crate) fn unit(word: &str) -> Option<&'static str> {
    // Few have the length of the word: comparing lengths beats a binary search.
    let found = UNITS.iter().find(|(written, _)| *written == word);
    found.map(|(_, unit)| *unit)
}

/// Whether a term is a plain number.
pub(crate) fn is_number(term: &str) -> bool {
    term.starts_with(|char: char| char.is_ascii_digit())
        && term
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// The amount that begins at a word: number and unit, or the unit alone behind `per`.
pub(super) fn amount(spans: &[Span], at: usize) -> Option<Token> {
    let span = &spans[at];
    let word = |ahead: usize| {
        spans
            .get(at + ahead)
            .filter(|span| !span.after_mark)
            .map(|span| span.word.as_str())
    };
    let (number, unit, last) = if is_number(&span.term) {
        if let Some(area) = word(1)
            .filter(|word| matches!(*word, "sq" | "square"))
            .and(word(2))
        {
            let (_, square) = SQUARES.iter().find(|(written, _)| *written == area)?;
            (span.term.as_str(), *square, 2)
        } else {
            (span.term.as_str(), unit(word(1)?)?, 1)
        }
    } else if at > 0 && spans[at - 1].word == "per" && !span.after_mark {
        ("1", unit(&span.word)?, 0)
    } else {
        return None;
    };
    Some(Token {
        term: format_compact!("{number}{unit}"),
        start: span.start,
        end: spans[at + last].end,
        position: super::position(at),
        form: Form::Amount,
        after_mark: span.after_mark,
    })
}
