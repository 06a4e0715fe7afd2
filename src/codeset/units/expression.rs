//! Factors of a written dose: amounts, strengths and numbers, and their product.

use super::super::amount::{Amount, Unit};
use super::super::decimal::Decimal;
use super::super::measure::Measure;
use super::super::measure_kind::MeasureKind;
use super::super::token::{Placed, Token};
use super::super::written::{amount, measure};

/// A factor of a written dose.
#[derive(Clone, Debug)]
pub(super) enum Factor {
    /// A number of times: the `3` of `3 x 100 mg`.
    Times(Decimal),
    /// One amount, `2 ml`, or one for each drug of a combination, `2 g/0.5 g`.
    Amounts(Vec<Amount>),
    /// An amount per other amounts: `0.2 mg/ml`, `5 mg/kg`, `0.1 mcg/kg/min`.
    Strength { amount: Amount, per: Vec<Amount> },
}

/// Reads the factor that begins at a number; returns it and its end.
pub(super) fn factor(tokens: &[Placed], at: usize) -> Option<(Factor, usize)> {
    let Some((first, mut end)) = amount(tokens, at) else {
        let Token::Number(times) = tokens.get(at)?.token else {
            return None;
        };
        return is_times(tokens.get(at + 1)?).then_some((Factor::Times(times), at + 1));
    };
    let (mut amounts, mut per) = (vec![first], Vec::new());
    while let Some(joint) = tokens.get(end).map(|placed| &placed.token) {
        let divides = *joint == Token::Sign('/') || joint.is("per") || joint.is("in");
        let adds = *joint == Token::Sign('/') || joint.is("and") || *joint == Token::Sign('+');
        let next = |at| {
            amount(tokens, at).or_else(|| {
                let (measure, end) = measure(tokens, at)?;
                Some((Amount::new(Decimal::ONE, measure), end))
            })
        };
        let Some((next, next_end)) = next(end + 1) else {
            break;
        };
        if divides && amounts.len() == 1 && is_divisor(&next) {
            per.push(next);
        } else if adds && per.is_empty() && matches!(tokens[end + 1].token, Token::Number(_)) {
            amounts.push(next);
        } else {
            break;
        }
        end = next_end;
    }
    let factor = match amounts.pop() {
        Some(amount) if !per.is_empty() => Factor::Strength { amount, per },
        Some(last) => {
            amounts.push(last);
            Factor::Amounts(amounts)
        }
        None => return None,
    };
    Some((factor, end))
}

/// Whether a token multiplies the factor before it.
pub(super) fn is_times(placed: &Placed) -> bool {
    placed.token.is("x") || matches!(placed.token, Token::Sign('×' | '*'))
}

/// Whether strengths are given per such an amount: volumes, body weights and surfaces, times.
fn is_divisor(amount: &Amount) -> bool {
    amount
        .measure()
        .is_some_and(|measure| match measure.kind() {
            MeasureKind::Volume
            | MeasureKind::BodySurface
            | MeasureKind::Time
            | MeasureKind::Day => true,
            MeasureKind::Mass => matches!(measure.symbol(), "kg" | "lb"),
            _ => false,
        })
}

/// The result of multiplying factors.
#[derive(Debug, PartialEq)]
pub(super) enum Product {
    /// The amount, or that of each drug of a combination.
    Amounts(Vec<Amount>),
    /// A strength without the amount that it is taken of.
    Strength { per: Amount },
    /// The digits do not end, or are too many.
    Inexact,
    /// The factors do not make one amount.
    Several,
}

/// Multiplies factors: `2 ml` of `0.2 mg/ml` is 0.4 mg.
pub(super) fn multiply(factors: &[Factor]) -> Product {
    let mut times = Decimal::ONE;
    let mut loose: Vec<Vec<Amount>> = Vec::new();
    let mut strengths = Vec::new();
    for factor in factors {
        match factor {
            Factor::Times(number) => match times.times(*number) {
                Some(number) => times = number,
                None => return Product::Inexact,
            },
            Factor::Amounts(amounts) => loose.push(amounts.clone()),
            Factor::Strength { amount, per } => strengths.push((amount, per)),
        }
    }
    match strengths[..] {
        [] => {}
        [(amount, per)] => {
            let mut value = amount.value;
            for divisor in per {
                let of = loose.iter().position(|amounts| {
                    matches!(&amounts[..], [amount] if amount.unit.converts_to(&divisor.unit))
                });
                let Some(of) = of else {
                    let per = divisor.clone();
                    return Product::Strength { per };
                };
                let share = loose.remove(of);
                let Some(next) = share
                    .first()
                    .and_then(|share| share.share_of(divisor, value))
                else {
                    return Product::Inexact;
                };
                value = next;
            }
            loose.push(vec![Amount {
                value,
                unit: amount.unit.clone(),
            }]);
        }
        _ => return Product::Several,
    }
    let [amounts] = &loose[..] else {
        return Product::Several;
    };
    let amounts: Option<Vec<Amount>> = amounts.iter().map(|amount| amount.times(times)).collect();
    amounts.map_or(Product::Inexact, Product::Amounts)
}

/// Reads a number of things, such as `3 vials`, at the end of the text.
pub(super) fn things(tokens: &[Placed]) -> Option<Amount> {
    let (first, name) = tokens.split_first()?;
    let Token::Number(number) = first.token else {
        return None;
    };
    let is_name = |word: &&str| {
        Measure::of_word(word).is_none() && !word.contains(|letter: char| letter.is_numeric())
    };
    let words: Option<Vec<&str>> = name
        .iter()
        .map(|placed| placed.token.word().filter(is_name))
        .collect();
    let name = words
        .filter(|words| (1..=4).contains(&words.len()))?
        .join(" ");
    let name = match name.as_str() {
        "ea" => "each",
        "lens" | "lenses" => "lens",
        name if name.ends_with("xes") || name.ends_with("ches") => &name[..name.len() - 2],
        name => name.strip_suffix('s').unwrap_or(name),
    };
    Some(Amount::things(number, name))
}

impl Amount {
    /// This amount divided by another of its kind, times a number; `None` if that is inexact.
    fn share_of(&self, other: &Self, number: Decimal) -> Option<Decimal> {
        let (Unit::Measure(one), Unit::Measure(another)) = (&self.unit, &other.unit) else {
            return None;
        };
        let dividend = self.value.times(one.scale())?.times(number)?;
        dividend.over(other.value.times(another.scale())?)
    }
}
