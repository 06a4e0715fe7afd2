//! Amounts as they are written: tokens → an amount and its unit.

use super::amount::{Amount, Unit};
use super::decimal::Decimal;
use super::measure::Measure;
use super::measure_kind::MeasureKind;
use super::token::{Placed, Token};

/// Reads an amount that begins at a token; returns it and its end.
pub(super) fn amount(tokens: &[Placed], at: usize) -> Option<(Amount, usize)> {
    let Token::Number(number) = tokens.get(at)?.token else {
        return None;
    };
    let (number, at) = many(tokens, number, at + 1)?;
    let is_many = number >= Decimal::from(1_000_000_u32);
    if is_many && let Some((cells, end)) = cells(tokens, at) {
        return Some((Amount::new(number, cells), end));
    }
    // "30-day supply"
    let is_hyphen = tokens.get(at)?.token == Token::Sign('-');
    let (measure, end) = measure(tokens, at + usize::from(is_hyphen))?;
    Some((Amount::new(number, measure), end))
}

/// The number times the power of ten after it: `200 million`, `2 x 10^13`.
fn many(tokens: &[Placed], number: Decimal, at: usize) -> Option<(Decimal, usize)> {
    let token = |ahead: usize| tokens.get(at + ahead).map(|placed| &placed.token);
    let (times, length) = match token(0).and_then(Token::word) {
        Some("thousand") => (Decimal::from(1_000_u32), 1),
        // `600K units`; a K alone may be potassium.
        Some("k")
            if measure(tokens, at + 1)
                .is_some_and(|(own, _)| own.kind() == MeasureKind::Activity) =>
        {
            (Decimal::from(1_000_u32), 1)
        }
        Some("million") => (Decimal::from(1_000_000_u32), 1),
        Some("billion") => (Decimal::from(1_000_000_000_u32), 1),
        Some("x") if token(1) == Some(&Token::Number(Decimal::from(10_u32))) => {
            let (Some(Token::Sign('^')), Some(Token::Number(power))) = (token(2), token(3)) else {
                return Some((number, at));
            };
            let (power, _) = power
                .how_often(Decimal::ONE)
                .filter(|(power, is_whole)| *is_whole && *power <= 15)?;
            let ten = Decimal::from(10_u32);
            (
                (0..power).try_fold(Decimal::ONE, |number, _| number.times(ten))?,
                4,
            )
        }
        _ => return Some((number, at)),
    };
    Some((number.times(times)?, at + length))
}

/// "autologous anti-cd19 car positive viable t cells": words that end in the cells they name.
fn cells(tokens: &[Placed], at: usize) -> Option<(Measure, usize)> {
    const MOST_WORDS: usize = 10;
    let words = tokens.get(at..)?.iter().take(MOST_WORDS);
    let is_name = |placed: &&Placed| {
        placed.token.word().is_some() || matches!(placed.token, Token::Sign('(' | ')' | '+'))
    };
    let last = words
        .take_while(is_name)
        .position(|placed| placed.token.is("cells"))?;
    Some((Measure::of_word("cells")?, at + last + 1))
}

/// Reads a unit of measure that begins at a token; returns it and its end.
pub(super) fn measure(tokens: &[Placed], at: usize) -> Option<(Measure, usize)> {
    let word = |ahead: usize| {
        tokens
            .get(at + ahead)
            .and_then(|placed| placed.token.word())
    };
    let point = |ahead: usize| {
        let point = tokens
            .get(at + ahead)
            .is_some_and(|placed| placed.token == Token::Sign('.'));
        usize::from(point)
    };
    let (first, second) = (word(0)?, word(1));
    let of = Measure::of_word;
    match (first, second) {
        ("sq" | "square", _) => {
            let behind = 1 + point(1);
            Some((Measure::of_square(word(behind)?)?, at + behind + 1))
        }
        ("sqcm" | "cm2" | "cm²", _) => Some((Measure::of_square("cm")?, at + 1)),
        ("sqin" | "in2" | "in²", _) => Some((Measure::of_square("in")?, at + 1)),
        ("sqmm" | "mm2" | "mm²", _) => Some((Measure::of_square("mm")?, at + 1)),
        ("cubic", Some("centimeter" | "centimeters")) => Some((of("ml")?, at + 2)),
        ("fluid", Some(ounce)) => Some((
            of(ounce).filter(|ounce| ounce.kind() == MeasureKind::Ounce)?,
            at + 2,
        )),
        ("vector", Some("genome" | "genomes")) => Some((of("vg")?, at + 2)),
        ("plaque", Some("forming")) => word(2)
            .filter(|word| *word == "units")
            .and(Some((of("pfu")?, at + 3))),
        ("statute", Some("mile")) => Some((of("mile")?, at + 2)),
        ("usp" | "international", Some("unit" | "units")) => Some((of("units")?, at + 2)),
        _ => Some((of(first)?, at + 1)),
    }
}

/// Whether drugs and products are measured in this unit, so not a time or length.
pub(super) fn is_quantity(amount: &Amount) -> bool {
    match &amount.unit {
        Unit::Measure(measure) => {
            let kind = measure.kind();
            kind.rounds_up() && !matches!(kind, MeasureKind::Energy | MeasureKind::BodySurface)
        }
        Unit::Things(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn read(text: &str) -> Option<String> {
        let tokens = tokens(text);
        let (amount, end) = amount(&tokens, 0)?;
        Some(format!("{amount}{}", &text[tokens[end - 1].end..]))
    }

    #[test]
    fn amounts_as_cms_writes_them() {
        #[rustfmt::skip]
        let cases = [
            ("0.1 mg", "0.1 mg"),
            ("10mg/ml", "10 mg/ml"),
            (".625 GM", "0.625 g"),
            ("1,000 usp units", "1,000 units"),
            ("1 I.U. vwf:rco", "1 unit vwf:rco"),
            ("0.5 square centimeters", "0.5 sq cm"),
            ("1 sq. cm", "1 sq cm"),
            ("1 million plaque forming units", "1,000,000 PFU"),
            ("1 million\u{a0}PFU", "1,000,000 PFU"),
            ("3 million units", "3,000,000 units"),
            ("600K units", "600,000 units"),
            ("2 x 10^13 vector genomes", "20,000,000,000,000 vector genomes"),
            ("5x10^15 vector genomes", "5,000,000,000,000,000 vector genomes"),
            ("200 million autologous anti-cd19 car positive viable t cells, per", "200,000,000 cells, per"),
            ("30-day supply", "30 days supply"),
            ("0.5 microcurie", "0.5 µCi"),
        ];
        for (written, amount) in cases {
            assert_eq!(read(written).as_deref(), Some(amount), "{written}");
        }
    }

    #[test]
    fn what_is_no_amount() {
        for text in [
            "",
            "mg",
            "5",
            "5%",
            "0,4 mg",
            "1,00 mg",
            "0,400 mg",
            "1.2.3 mg",
            "1.000,5 mg",
            "9999999999 mg",
            "0.0000000001 mg",
            "5 patients",
            "١ mg",
            "5 x mg",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
