//! The words before codes that are left out: `not J1640`, `except J1640 and J1644`, `other than J16*`.

use crate::codeset::CodeSpan;
use crate::index::analyzer::negation::{denies, pair_denies};

use super::code_item::Asked;
use super::code_label::{BETWEEN, RANGE};
use super::code_word::span;

/// Words that deny what is no code, but number a code: `HCPCS no. J1640`.
const NUMBERING: [&str; 2] = ["no", "non"];
/// Words before those that leave out, which say no more: `but not J1640`.
const JOINING: [&str; 2] = ["and", "but"];
/// The maximum of letters of a modifier, which is left out only among codes.
const LONGEST_MODIFIER: usize = 2;

/// How many of two words leave out the code behind them; 0 for none.
pub(super) fn leaving_out(first: &str, second: &str) -> usize {
    let (first, second) = (first.to_ascii_lowercase(), second.to_ascii_lowercase());
    let first = first.trim_end_matches(['.', ':']);
    let is_one = denies(first) && !NUMBERING.contains(&first);
    match (is_one, second.as_str()) {
        (true, "for") => 2,
        (true, _) => 1,
        (false, second) => 2 * usize::from(pair_denies(first, second)),
    }
}

/// The codes that the words at the start of a text leave out, and the rest of the text.
pub(super) fn codes_left_out(text: &str) -> Option<(Vec<String>, &str)> {
    let (mut first, mut behind) = word(text)?;
    if JOINING.iter().any(|own| first.eq_ignore_ascii_case(own)) {
        (first, behind) = word(behind)?;
    }
    let (second, behind_both) = word(behind).unwrap_or_default();
    let mut rest = match leaving_out(first, second) {
        0 => return None,
        1 => behind,
        _ => behind_both,
    };
    let mut codes = Vec::new();
    let mut next = code(rest);
    while let Some((code, behind)) = next {
        codes.push(code);
        rest = behind;
        next = self::code(between(behind));
    }
    (!codes.is_empty()).then_some((codes, rest))
}

/// The first word of a text, and what is behind it.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace)?;
    Some(text.split_at(end))
}

/// The code, pattern or range at the start of a text, and what is behind it.
fn code(text: &str) -> Option<(String, &str)> {
    let (first, behind) = own(text);
    first.parse::<CodeSpan>().ok()?;
    if first.len() <= LONGEST_MODIFIER {
        return None;
    }
    if let Some((between, last)) = word(behind)
        && RANGE.iter().any(|own| between.eq_ignore_ascii_case(own))
    {
        let (last, rest) = own(last);
        if let Some(Asked::Pattern(_)) = span(first, last) {
            return Some((format!("{first}-{last}"), rest));
        }
    }
    Some((first.to_owned(), behind))
}

/// The text up to a blank or a mark that no code has, and what is behind it.
fn own(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let is_end = |char: char| char.is_whitespace() || ",;.)]/&+".contains(char);
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

/// A text without the marks and words that stand between two codes.
fn between(text: &str) -> &str {
    let text = text.trim_start_matches(|char: char| char.is_whitespace() || ",;/&+".contains(char));
    match word(text) {
        Some((joins, behind)) if BETWEEN.iter().any(|own| joins.eq_ignore_ascii_case(own)) => {
            behind
        }
        _ => text,
    }
}
