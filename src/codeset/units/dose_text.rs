//! Reads a text that is a dose.

use std::borrow::Cow;
use std::str::FromStr;

use super::super::amount::Amount;
use super::super::decimal::Decimal;
use super::super::measure::Measure;
use super::super::measure_kind::MeasureKind;
use super::super::token::{Placed, Token, tokens};
use super::dose::Dose;
use super::error::DoseError;
use super::expression::{Factor, Product, factor, is_times, multiply, things};
use crate::error::excerpt;

impl FromStr for Dose {
    type Err = DoseError;

    fn from_str(text: &str) -> Result<Self, DoseError> {
        let tokens = tokens(&with_millions(text));
        let excerpt = excerpt(text.trim());
        if tokens.is_empty() {
            return Err(DoseError::Empty);
        }
        if let Some(number) = tokens.iter().find_map(unreadable) {
            return Err(DoseError::Number { number });
        }
        if tokens.len() > 1 && is_minus(&tokens[0]) && matches!(tokens[1].token, Token::Number(_)) {
            return Err(DoseError::NotPositive { text: excerpt });
        }
        if matches!(
            tokens[..],
            [Placed {
                token: Token::Number(_),
                ..
            }]
        ) {
            return Err(DoseError::NoUnit { text: excerpt });
        }
        if let Some(factors) = factors(&tokens) {
            return finish(multiply(&factors), &excerpt);
        }
        let things = things(&tokens).ok_or(DoseError::Unreadable {
            text: excerpt.clone(),
        })?;
        finish(Product::Amounts(vec![things]), &excerpt)
    }
}

/// A text with its `MIU` and `MU` written out; in small letters they may be thousandths of a unit.
pub(super) fn with_millions(text: &str) -> String {
    let is_end = |letter: char| !letter.is_alphabetic();
    let pieces = text.split_inclusive(is_end).map(|piece| {
        let millions = ["MIU", "MU"].iter().find_map(|own| piece.strip_prefix(own));
        match millions.filter(|rest| rest.chars().all(is_end)) {
            Some(rest) => Cow::Owned(format!(" million units{rest}")),
            None => Cow::Borrowed(piece),
        }
    });
    pieces.collect()
}

/// The factors of a text that is nothing but a dose.
fn factors(tokens: &[Placed]) -> Option<Vec<Factor>> {
    let mut factors = Vec::new();
    let mut at = 0;
    loop {
        let last = || last_times(tokens, at).filter(|_| !factors.is_empty());
        let read = factor(tokens, at)
            .or_else(|| percentage(tokens, at))
            .or_else(|| ratio(tokens, at));
        let (next, end) = read.or_else(|| counted(tokens, at)).or_else(last)?;
        factors.push(next);
        let Some(between) = tokens.get(end) else {
            return Some(factors);
        };
        let joins = is_times(between) || between.token.is("of") || between.token.is("at");
        at = end + usize::from(joins);
    }
}

/// The last factor of `100 mg x 2`.
fn last_times(tokens: &[Placed], at: usize) -> Option<(Factor, usize)> {
    match tokens[at..] {
        [
            Placed {
                token: Token::Number(times),
                ..
            },
        ] if is_times(&tokens[at - 1]) => Some((Factor::Times(times), at + 1)),
        _ => None,
    }
}

/// The strength of `1% 5 ml`: grams in 100 ml.
fn percentage(tokens: &[Placed], at: usize) -> Option<(Factor, usize)> {
    let Token::Number(grams) = tokens.get(at)?.token else {
        return None;
    };
    (tokens.get(at + 1)?.token == Token::Sign('%')).then_some(())?;
    let amount = Amount::new(grams, Measure::of_word("g")?);
    let per = vec![Amount::new(100_u32.into(), Measure::of_word("ml")?)];
    Some((Factor::Strength { amount, per }, at + 2))
}

/// The strength of `1:1000 1 ml`: a gram in so many milliliters.
fn ratio(tokens: &[Placed], at: usize) -> Option<(Factor, usize)> {
    const FEWEST: u32 = 100;
    let number = |at: usize| match tokens.get(at)?.token {
        Token::Number(number) => Some(number),
        _ => None,
    };
    let (gram, volume) = (number(at)?, number(at + 2)?);
    let is_ratio = tokens[at + 1].token == Token::Sign(':')
        && gram == Decimal::ONE
        && volume.is_whole()
        && volume >= Decimal::from(FEWEST);
    is_ratio.then_some(())?;
    let amount = Amount::new(gram, Measure::of_word("g")?);
    let per = vec![Amount::new(volume, Measure::of_word("ml")?)];
    Some((Factor::Strength { amount, per }, at + 3))
}

/// The `3 vials of` of `3 vials of 100 mg`.
fn counted(tokens: &[Placed], at: usize) -> Option<(Factor, usize)> {
    let Token::Number(number) = tokens.get(at)?.token else {
        return None;
    };
    tokens.get(at + 1)?.token.word()?;
    let joins = |placed: &Placed| placed.token.is("of") || is_times(placed);
    joins(tokens.get(at + 2)?).then_some((Factor::Times(number), at + 2))
}

pub(super) fn finish(product: Product, text: &str) -> Result<Dose, DoseError> {
    let text = text.to_owned();
    match product {
        Product::Amounts(amounts) if amounts.iter().any(|amount| amount.value.is_zero()) => {
            Err(DoseError::NotPositive { text })
        }
        Product::Amounts(amounts) => Ok(Dose { amounts }),
        Product::Inexact => Err(DoseError::Inexact { text }),
        Product::Several => Err(DoseError::Unreadable { text }),
        Product::Strength { per } => {
            let lacks = match per.measure().map(Measure::kind) {
                Some(MeasureKind::Mass) => "the body weight, as in 70 kg x 5 mg/kg",
                Some(MeasureKind::BodySurface) => "the body surface, as in 1.8 m2 x 75 mg/m2",
                Some(MeasureKind::Volume) => "the volume, as in 2 ml of 0.2 mg/ml",
                _ => "how long it was given, as in 2 mg/min x 30 min",
            };
            Err(DoseError::StrengthAlone { text, lacks })
        }
    }
}

pub(super) fn is_minus(placed: &Placed) -> bool {
    matches!(placed.token, Token::Sign('-' | '\u{2212}' | '–'))
}

fn unreadable(placed: &Placed) -> Option<String> {
    match &placed.token {
        Token::Unreadable(number) => Some(excerpt(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, DoseError> {
        text.parse::<Dose>().map(|dose| dose.to_string())
    }

    #[test]
    fn doses() {
        for (text, dose) in [
            ("0.4mg", "0.4 mg"),
            (" .4 MG ", "0.4 mg"),
            ("1,000 units", "1,000 units"),
            ("2500 IU", "2,500 units"),
            ("1 million units", "1,000,000 units"),
            ("2 ml of 0.2 mg/ml", "0.4 mg"),
            ("0.2 mg/ml x 2 ml", "0.4 mg"),
            ("250 MG/ML 2 ML", "500 mg"),
            ("5 ml of 100 mg in 10 ml", "50 mg"),
            ("2 cc of 0.9 mg/ 2ml", "0.9 mg"),
            ("70kg x 5mg/kg", "350 mg"),
            ("5 mg/kg x 154 lb", "349.2661249 mg"),
            ("1.8 m2 x 75 mg/m2", "135 mg"),
            ("0.1 mcg/kg/min x 70 kg x 1 hour", "420 mcg"),
            ("3 x 100 mg", "300 mg"),
            ("100mg x 1", "100 mg"),
            ("2 ml x 3 x 0.2 mg/ml", "1.2 mg"),
            ("100 mg * 2", "200 mg"),
            ("1% 5 ml", "0.05 g"),
            ("5 ml of 0.25 %", "0.0125 g"),
            ("1.2 MIU", "1,200,000 units"),
            ("5 mIU", "5 mius"),
            ("2.4MU", "2,400,000 units"),
            ("0.6 MU/ml x 2 ml", "1,200,000 units"),
            ("2.4 mu", "2.4 mus"),
            ("2 ml of 1:1000", "0.002 g"),
            ("1:10,000 10 ml", "0.001 g"),
            ("20sqcm", "20 sq cm"),
            ("20 cm2", "20 sq cm"),
            ("4cm²", "4 sq cm"),
            ("3 vials of 100 mg", "300 mg"),
            ("2 g/0.5 g", "2 g / 0.5 g"),
            ("3 mg and 0.6 mg", "3 mg / 0.6 mg"),
            ("1.35 mg / 100 units", "1.35 mg / 100 units"),
            ("3 vials", "3 vials"),
            ("1 study dose", "1 study dose"),
            ("2 ea", "2 each"),
            ("5 mCi", "5 mCi"),
            ("185 MBq", "185 MBq"),
            ("16 sq cm", "16 sq cm"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(dose), "{text}");
        }
    }

    #[test]
    fn what_is_no_dose_and_why() {
        let why = |text: &str| read(text).unwrap_err().to_string();
        for (text, part) in [
            ("", "is empty"),
            ("  ", "is empty"),
            ("mg", "is not a dose"),
            ("5", "has no unit"),
            ("0 mg", "not more than zero"),
            ("0.000 mg", "not more than zero"),
            ("-5 mg", "not more than zero"),
            ("\u{2212}5 mg", "not more than zero"),
            ("0,4 mg", "point before decimals"),
            ("1,00 mg", "point before decimals"),
            ("1e3 mg", "is not a dose"),
            ("5-10 mg", "is not a dose"),
            ("9999999999 mg", "at most nine digits"),
            ("250 MG/ML", "a strength, not a dose; add the volume"),
            ("1:1000", "a strength, not a dose; add the volume"),
            ("1:50 1 ml", "is not a dose"),
            ("2:1000 1 ml", "is not a dose"),
            ("1%", "a strength, not a dose; add the volume"),
            ("100 mg 2", "is not a dose"),
            ("100 mg x 2 3", "is not a dose"),
            ("5 mg/kg", "a strength, not a dose; add the body weight"),
            ("2 mg/min", "a strength, not a dose; add how long"),
            ("2 mg 3 mg", "is not a dose"),
            ("4 ml of 100 mg/15 ml", "cannot be calculated exactly"),
            ("½ mg", "is not a dose"),
            ("5 mg 0.1 mg/ml", "a strength"),
            ("0.4mg; drop table", "is not a dose"),
            ("١ mg", "is not a dose"),
        ] {
            assert!(why(text).contains(part), "{text}: {}", why(text));
        }
    }
}
