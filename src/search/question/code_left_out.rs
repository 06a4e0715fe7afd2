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
pub(crate) const LONGEST_MODIFIER: usize = 2;

/// The maximum of letters of a word that leaves out, joins or stands between two codes.
const LONGEST_WORD: usize = 16;

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

/// The first word of a text, and what is behind it; none if the word is longer than those that are
/// looked for.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let mut letters = text.char_indices().take(LONGEST_WORD + 1);
    let (end, _) = letters.find(|(_, letter)| letter.is_whitespace())?;
    Some(text.split_at(end))
}

fn code(text: &str) -> Option<(String, &str)> {
    let is_modifier = own(text).0.len() <= LONGEST_MODIFIER;
    code_at(text, "").filter(|_| !is_modifier)
}

/// The code, pattern or range at the start of a text, and what is behind it; `joins` is a word that
/// also stands between the ends of a range.
pub(crate) fn code_at<'t>(text: &'t str, joins: &str) -> Option<(String, &'t str)> {
    let (first, behind) = own(text);
    first.parse::<CodeSpan>().ok()?;
    if let Some((between, last)) = word(behind)
        && RANGE
            .iter()
            .chain([&joins])
            .any(|own| between.eq_ignore_ascii_case(own))
    {
        let (last, rest) = own(last);
        if let Some(Asked::Pattern(_)) = span(first, last) {
            return Some((format!("{first}-{last}"), rest));
        }
    }
    Some((first.to_owned(), behind))
}

/// Whether a text has a code, a pattern or a range.
pub(crate) fn names_a_code(text: &str) -> bool {
    let is_code = |own: &str| {
        own.len() > LONGEST_MODIFIER
            && own.bytes().any(|byte| byte.is_ascii_digit())
            && own.parse::<CodeSpan>().is_ok()
    };
    text.split(is_end).any(is_code)
}

/// The text up to a blank or a mark that no code has, and what is behind it.
fn own(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

/// Whether no code has a letter or mark.
fn is_end(char: char) -> bool {
    char.is_whitespace() || ",;.)]/&+".contains(char)
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
