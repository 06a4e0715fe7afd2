//! The forms of a phrase that states an amount: `per 10 mg`, `50 units`, `up to 1 ml`.

use super::super::amount::{Amount, Unit};
use super::super::decimal::Decimal;
use super::super::measure_kind::MeasureKind;
use super::super::token::{Placed, Token};
use super::super::written::{amount, is_quantity, measure};

/// How a phrase states its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "10 mg"
    Bare,
    /// "per 10 mg", "each", "per vial"
    Per,
    /// "up to 10 mg"
    UpTo,
    /// "less than or equal to 10 mg"
    AtMost,
    /// "greater than 10 mg", "over 10 cc"
    MoreThan,
    /// The first amount of "26 to 50 mg".
    AtLeast,
}

/// An amount that a clause states.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) form: Form,
    pub(super) amount: Amount,
    /// The volume that holds the amount: "180 mcg per ml".
    pub(super) volume: Option<Amount>,
    /// Its first token in the clause.
    pub(super) start: usize,
    /// The index after its last token.
    pub(super) end: usize,
}

pub(super) enum Read {
    Phrase(Phrase),
    Pair(Phrase, Phrase),
    /// An amount that is not the billed one, such as a strength.
    Passed(usize),
}

/// "per" or "each" and the words after it.
pub(super) fn per(tokens: &[Placed], at: usize) -> Option<Read> {
    let found = |amount, end| Some(per_amount(amount, at, end));
    let begins = at == 0;
    let rate = at > 0
        && ["greater", "less", "more"]
            .iter()
            .any(|word| tokens[at - 1].token.is(word));
    let may_be_named = |amount: &Amount| begins || (is_quantity(amount) && !rate);
    if let Some((amount, end)) = amount(tokens, at + 1).filter(|(amount, _)| may_be_named(amount)) {
        return found(amount, end);
    }
    let behind = match tokens.get(at + 1).and_then(|placed| placed.token.word()) {
        Some("factor") => 3, // "per factor viii i.u."
        Some("one") => 2,
        _ => 1,
    };
    let is_each = tokens[at].token.is("each");
    if is_each && tokens.get(at + 1).is_some_and(|own| own.token.is("unit")) {
        // of blood, no activity
        return found(Amount::things(Decimal::ONE, "unit of product"), at + 2);
    }
    // "each foot" of a wheelchair is no length
    if let Some((measure, end)) = measure(tokens, at + behind).filter(|_| !is_each) {
        let amount = Amount::new(Decimal::ONE, measure);
        return may_be_named(&amount).then(|| found(amount, end)).flatten();
    }
    let is_last = at + 1 == tokens.len();
    if is_each && is_last {
        return found(Amount::things(Decimal::ONE, "each"), at + 1);
    }
    if begins { things(tokens, at) } else { None }
}

/// "per study dose", "per 50 strips", "per bottle of 60 tablets": things that are counted.
fn things(tokens: &[Placed], at: usize) -> Option<Read> {
    const MOST_WORDS: usize = 4;
    let (number, first) = match tokens.get(at + 1)?.token {
        Token::Number(number) => (number, at + 2),
        _ => (Decimal::ONE, at + 1),
    };
    let ends_name = |word: &str| {
        matches!(
            word,
            "up" | "at" | "for" | "to" | "with" | "in" | "and" | "or"
        )
    };
    let mut name: Vec<&str> = tokens[first..]
        .iter()
        .map_while(|placed| placed.token.word().filter(|word| !ends_name(word)))
        .collect();
    name.pop_if(|last| *last == "of");
    let mut end = first + name.len();
    let is_choice = tokens.get(end).is_some_and(|placed| placed.token.is("or"));
    if name.is_empty() || name.len() > MOST_WORDS || is_choice {
        return None;
    }
    let mut name = name.join(" ");
    if number != Decimal::ONE {
        name.truncate(name.trim_end_matches('s').len());
    }
    // "bottle of 60 tablets"
    if let [of, count, what] = tokens.get(end..)?
        && of.token.is("of")
        && let (Token::Number(count), Some(what)) = (&count.token, what.token.word())
    {
        name = format!("{name} of {count} {what}");
        end += 3;
    } else if let [of, count] = tokens.get(end..)?
        && of.token.is("of")
        && let Token::Number(count) = &count.token
    {
        name = format!("{name} of {count}");
        end += 2;
    }
    let amount = Amount::things(number, &name);
    Some(per_amount(amount, at, end))
}

fn per_amount(amount: Amount, start: usize, end: usize) -> Read {
    Read::Phrase(Phrase {
        form: Form::Per,
        amount,
        volume: None,
        start,
        end,
    })
}

/// An amount without a word before it, if it is the billed one.
pub(super) fn bare(tokens: &[Placed], at: usize) -> Option<Read> {
    if let Some(range) = range(tokens, at) {
        return Some(range);
    }
    let (amount, end) = counted(tokens, at).or_else(|| amount(tokens, at))?;
    let word = |at: usize| tokens.get(at).and_then(|placed| placed.token.word());
    let before = at.checked_sub(1).and_then(word);
    // "25% in 50 ml" is the billed amount, "provided in 1.1 mg vial" is not
    let of_strength = at > 1 && tokens[at - 2].token == Token::Sign('%');
    let is_other = matches!(
        before,
        Some("in" | "containing" | "nominal" | "of" | "contains" | "under")
    ) && !of_strength
        || matches!(
            word(end),
            Some("or" | "size" | "strength" | "concentration")
        );
    if is_other {
        return Some(Read::Passed(end));
    }
    let is_supply = word(end) == Some("supply");
    let is_thing = matches!(amount.unit, Unit::Things(_));
    if !(is_quantity(&amount) || is_supply || is_thing) {
        return Some(Read::Passed(end));
    }
    let (volume, end) = match volume(tokens, end) {
        Some((volume, end)) => {
            if matches!(
                word(end),
                Some("iodine" | "concentration" | "vector" | "or")
            ) {
                return Some(Read::Passed(end));
            }
            (Some(volume), end)
        }
        None => (None, end),
    };
    let is_rate = volume.is_none() && word(end) == Some("per") && tokens.len() > end + 1;
    if is_rate {
        return Some(Read::Passed(end));
    }
    Some(Read::Phrase(Phrase {
        form: Form::Bare,
        amount,
        volume,
        start: at,
        end,
    }))
}

/// "100 capsules", if the clause says nothing else.
fn counted(tokens: &[Placed], at: usize) -> Option<(Amount, usize)> {
    let [number, what] = tokens else { return None };
    let (Token::Number(number), "capsules" | "tablets") = (&number.token, what.token.word()?)
    else {
        return None;
    };
    let name = what.token.word()?.trim_end_matches('s');
    (at == 0).then(|| (Amount::things(*number, name), 2))
}

/// "26 to 50 mg", "26-50 mg".
fn range(tokens: &[Placed], at: usize) -> Option<Read> {
    let Token::Number(least) = tokens.get(at)?.token else {
        return None;
    };
    let between = &tokens.get(at + 1)?.token;
    if !(between.is("to") || *between == Token::Sign('-')) {
        return None;
    }
    let (most, end) = amount(tokens, at + 2)?;
    if !is_quantity(&most) || volume(tokens, end).is_some() {
        return Some(Read::Passed(end));
    }
    let least = Amount {
        value: least,
        unit: most.unit.clone(),
    };
    let phrase = |form, amount| Phrase {
        form,
        amount,
        volume: None,
        start: at,
        end,
    };
    Some(Read::Pair(
        phrase(Form::AtLeast, least),
        phrase(Form::AtMost, most),
    ))
}

/// The volume of a strength: "/ml", "per 0.25 cc".
pub(super) fn volume(tokens: &[Placed], at: usize) -> Option<(Amount, usize)> {
    let between = &tokens.get(at)?.token;
    if !(between.is("per") || *between == Token::Sign('/')) {
        return None;
    }
    let one =
        || measure(tokens, at + 1).map(|(measure, end)| (Amount::new(Decimal::ONE, measure), end));
    let (volume, end) = amount(tokens, at + 1).or_else(one)?;
    match &volume.unit {
        Unit::Measure(measure) if measure.kind() == MeasureKind::Volume => Some((volume, end)),
        _ => None,
    }
}
