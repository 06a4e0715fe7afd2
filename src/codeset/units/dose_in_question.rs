//! Finds the dose that a question states among its words.

use std::ops::RangeInclusive;

use super::super::amount::Amount;
use super::super::decimal::Decimal;
use super::super::token::{Placed, Token, tokens};
use super::super::written::is_quantity;
use super::dose::Dose;
use super::dose_text::{is_minus, with_millions};
use super::expression::{Factor, Product, factor, is_times, multiply};

/// Words of what has a needle or a tube, whose width is its gauge.
const NEEDLES: [&str; 14] = [
    "angiocath",
    "cannula",
    "cath",
    "catheter",
    "huber",
    "lancet",
    "lancets",
    "ndl",
    "needle",
    "needles",
    "port",
    "syr",
    "syringe",
    "syringes",
];
/// The gauges of needles.
const GAUGES: RangeInclusive<u32> = 14..=34;
/// Words for pieces of a drug that a question counts: `5 vials 100 mg`.
const PIECES: [&str; 22] = [
    "amp", "amps", "ampule", "ampules", "bag", "bags", "bottle", "bottles", "cap", "caps",
    "capsule", "capsules", "pen", "pens", "tab", "tablet", "tablets", "tabs", "vial", "vials",
    "vl", "vls",
];

impl Dose {
    /// Finds the one dose that a question states among its words; `None` if it states none, or
    /// several. A strength alone is not a dose.
    ///
    /// ```
    /// use hcpcs::codeset::Dose;
    ///
    /// assert_eq!(Dose::find("toradol 60 mg im").unwrap().to_string(), "60 mg");
    /// assert_eq!(Dose::find("kenalog 40 mg/ml"), None);
    /// assert_eq!(Dose::find("kenalog 40 mg/ml 2 ml vial").unwrap().to_string(), "80 mg");
    /// ```
    #[must_use]
    pub fn find(question: &str) -> Option<Self> {
        if !question.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let tokens = tokens(&with_millions(question));
        let has_needle = tokens.iter().any(|placed| {
            let word = placed.token.word();
            word.is_some_and(|word| NEEDLES.contains(&word))
        });
        let mut factors = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let is_negative = at > 0
                && is_minus(&tokens[at - 1])
                && (at < 2 || tokens[at - 2].end < tokens[at - 1].start);
            match factor(&tokens, at) {
                Some(_) if is_negative || is_bound(&tokens, at) => return None,
                // A needle of 22 G is not one of 22 grams, and `22 x 1 1/2` is its size.
                Some((own, _)) if has_needle && is_needle_size(&own) => return None,
                Some((factor, end)) => {
                    factors.push(factor);
                    at = end;
                }
                None => {
                    factors.extend(pieces(&tokens, at));
                    at += 1;
                }
            }
        }
        let Product::Amounts(amounts) = multiply(&factors) else {
            return None;
        };
        let is_dose = amounts
            .iter()
            .all(|amount| is_quantity(amount) && !amount.value.is_zero());
        is_dose.then_some(Self { amounts })
    }
}

/// Whether the amount at a place is a bound and no dose: `greater than 10 mg`.
fn is_bound(tokens: &[Placed], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before].token);
    before.is_some_and(|own| match own {
        Token::Sign(sign) => matches!(sign, '<' | '>' | '≤' | '≥'),
        _ => matches!(own.word(), Some("than" | "over" | "under" | "exceeding")),
    })
}

/// Whether a factor may be the gauge of a needle, or its length.
fn is_needle_size(factor: &Factor) -> bool {
    let is_gauge = |amount: &Amount| {
        let is_gram = amount.measure().is_some_and(|own| own.symbol() == "g");
        is_gram
            && GAUGES
                .clone()
                .any(|gauge| amount.value == Decimal::from(gauge))
    };
    match factor {
        Factor::Times(_) => true,
        Factor::Amounts(amounts) => amounts.iter().any(is_gauge),
        Factor::Strength { .. } => false,
    }
}

/// How many pieces a number counts: the 5 of `5 vials`, the 2 of `150 mg x 2`.
fn pieces(tokens: &[Placed], at: usize) -> Option<Factor> {
    let Token::Number(number) = tokens.get(at)?.token else {
        return None;
    };
    let next = tokens.get(at + 1).and_then(|placed| placed.token.word());
    let counts = next.is_some_and(|word| PIECES.contains(&word));
    let before = at.checked_sub(2).map(|from| &tokens[from..at]);
    let multiplies = matches!(
        before,
        Some([amount, times]) if amount.token.word().is_some() && is_times(times)
    ) && !tokens
        .get(at + 1)
        .is_some_and(|placed| placed.token == Token::Sign('/'));
    (counts || multiplies).then_some(Factor::Times(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doses_in_questions() {
        for (question, dose) in [
            ("toradol 60 mg", Some("60 mg")),
            ("0.2 mg of glycopyrrolate", Some("0.2 mg")),
            ("2 ml glycopyrrolate 0.2 mg/ml", Some("0.4 mg")),
            ("250 MG/ML", None),
            ("testosterone 250 MG/ML 2 ML", Some("500 mg")),
            ("zosyn 4 g/0.5 g", Some("4 g / 0.5 g")),
            ("mix 5 mg 10 mg", None),
            ("tc-99m study", None),
            ("power wheelchair", None),
            ("J1885 -60 mg", None),
            ("0 mg", None),
            ("15 minutes", None),
            ("REMICADE 5 VIALS 100MG", Some("500 mg")),
            ("XOLAIR 150MG X2", Some("300 mg")),
            ("CEFAZOLIN 2 X 1GM", Some("2 g")),
            ("PREDNISONE 20MG 5 TABS", Some("100 mg")),
            ("MTX 2.5MG X 6 TABS", Some("15 mg")),
            ("TRUXIMA 2 vials of 500 mg", Some("1,000 mg")),
            ("botox 2 vials 100 units", Some("200 units")),
            ("botox 1 vial 100 units", Some("100 units")),
            ("buprenorphine oral greater than 10 mg", None),
            ("LANCETS 30G", None),
            ("NEEDLE HUBER 20G", None),
            ("SYRINGE 3CC W NDL 22X1 1/2", None),
            ("IVIG 20 G", Some("20 g")),
            ("BICILLIN 2.4MU/4ML", None),
            ("BICILLIN 2.4MU INJ", Some("2,400,000 units")),
            ("MUPIROCIN 2 MUG", None),
        ] {
            let found = Dose::find(question).map(|dose| dose.to_string());
            assert_eq!(found.as_deref(), dose, "{question}");
        }
    }
}
