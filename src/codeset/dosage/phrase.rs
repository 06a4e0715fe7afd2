//! Phrases of a clause that state an amount: "per 10 mg", "up to 1 g", "each".

use super::super::token::{Placed, Token};
use super::super::written::amount;
use super::phrase_forms::{Form, Phrase, Read, bare, per, volume};

/// Why a clause makes the whole descriptor unreadable.
#[derive(Debug, PartialEq)]
pub(super) enum Unreadable {
    /// It bills what exceeds another code's service: "each additional 15 minutes".
    Additional,
    /// It names an unknown unit: "per cassette or bag".
    UnknownUnit,
}

/// The phrases of a clause in order.
pub(super) fn phrases(tokens: &[Placed]) -> Result<Vec<Phrase>, Unreadable> {
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let follows = phrases.last().is_some_and(|last| last.end == at);
        match phrase(tokens, at, follows)? {
            Some(Read::Phrase(phrase)) => {
                at = phrase.end;
                if tokens
                    .get(at)
                    .is_some_and(|placed| placed.token.is("beyond"))
                {
                    return Err(Unreadable::Additional);
                }
                phrases.push(phrase);
            }
            Some(Read::Pair(least, most)) => {
                at = most.end;
                phrases.extend([least, most]);
            }
            Some(Read::Passed(end)) => at = end,
            None => at += 1,
        }
    }
    Ok(phrases)
}

/// Whether a mass or an activity precedes: `4 mg per 0.1 ml` is a strength.
fn is_strength(tokens: &[Placed], at: usize) -> bool {
    let begins = at.checked_sub(2);
    begins
        .and_then(|before| amount(tokens, before))
        .is_some_and(|(_, end)| end == at)
}

pub(super) fn phrase(
    tokens: &[Placed],
    at: usize,
    follows: bool,
) -> Result<Option<Read>, Unreadable> {
    let word = |ahead: usize| {
        tokens
            .get(at + ahead)
            .and_then(|placed| placed.token.word())
    };
    let bounded = |form, length: usize| {
        let (amount, end) = amount(tokens, at + length)?;
        if volume(tokens, end).is_some() {
            return Some(Read::Passed(end)); // "up to 149 mg/ml iodine concentration"
        }
        Some(Read::Phrase(Phrase {
            form,
            amount,
            volume: None,
            start: at,
            end,
        }))
    };
    Ok(match (word(0), word(1)) {
        (Some("per" | "each"), Some("additional")) => return Err(Unreadable::Additional),
        (Some("per"), _) if follows || is_strength(tokens, at) => None,
        (Some("per" | "each"), _) => {
            let read = per(tokens, at);
            if read.is_none() && at == 0 && word(0) == Some("per") {
                return Err(Unreadable::UnknownUnit);
            }
            read
        }
        (Some("up"), Some("to")) | (Some("at"), Some("most")) => bounded(Form::UpTo, 2),
        (Some("greater" | "more"), Some("than")) => bounded(Form::MoreThan, 2),
        (Some("over"), _) => bounded(Form::MoreThan, 1),
        (Some("less"), Some("than")) if word(2) == Some("or") && word(3) == Some("equal") => {
            bounded(Form::AtMost, 5)
        }
        _ if matches!(tokens[at].token, Token::Number(_)) => bare(tokens, at),
        _ => None,
    })
}
