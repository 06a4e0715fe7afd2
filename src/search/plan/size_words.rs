//! Writes two lengths in one way: `4″x4″`, `4*4`, `4×4` and `6 inch by 6 inch` as `4 x 4`; and the
//! `in` of `3 in bandage` as `inch`.

use std::borrow::Cow;

use super::numeral::{number_word, takes_label};
use crate::codeset::function_word::is_function_word;
use crate::index::analyzer::aside::is_diluent;
use crate::search::question::syntax::INCHES;

/// The units of a length, in lower case, and how they are written after both lengths.
const UNITS: [(&str, &str); 9] = [
    ("inches", ""),
    ("inch", ""),
    ("in.", ""),
    ("in", ""),
    ("centimeters", " cm"),
    ("centimeter", " cm"),
    ("cm", " cm"),
    ("millimeters", " mm"),
    ("mm", " mm"),
];

/// Words behind `in` that say where, when or for whom: `2 in hospital`.
const NO_ARTICLES: [&str; 24] = [
    "adult",
    "adults",
    "child",
    "children",
    "clinic",
    "day",
    "days",
    "facility",
    "home",
    "hospital",
    "infants",
    "inpatient",
    "month",
    "months",
    "nursing",
    "office",
    "outpatient",
    "patient",
    "patients",
    "people",
    "pregnancy",
    "snf",
    "women",
    "year",
];

/// A text in which two lengths have `x` between them and their unit, if it is not inches, behind
/// them.
pub(super) fn size_words(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    let mut made: Option<String> = None;
    let (mut copied, mut at) = (0, 0);
    while let Some(found) = text[at..].find(|char: char| char.is_ascii_digit()) {
        let start = at + found;
        let before = text[..start].chars().next_back();
        let is_start = before.is_none_or(|char| !char.is_alphanumeric() && char != '.');
        let found = size(text, start).or_else(|| inches(text, start));
        if let Some((size, end)) = found.filter(|_| is_start) {
            let made = made.get_or_insert_default();
            made.push_str(&text[copied..start]);
            made.push_str(&size);
            (copied, at) = (end, end);
        } else {
            let digits = text[start..].find(|char: char| !(char.is_ascii_digit() || char == '.'));
            at = digits.map_or(text.len(), |digits| start + digits);
        }
    }
    match made {
        Some(made) => Cow::Owned(made + &text[copied..]),
        None => Cow::Borrowed(text),
    }
}

/// The two lengths that begin at a place, and their end; `None` if they are already written so.
fn size(text: &str, start: usize) -> Option<(String, usize)> {
    let (first, end) = number(text, start)?;
    let (first_unit, end) = unit(text, end);
    let (by, end) = by(text, end)?;
    let (second, end) = number(text, end)?;
    let (second_unit, end) = unit(text, end);
    let follows = text[end..].chars().next();
    if follows.is_some_and(char::is_alphanumeric) || (by && first_unit.or(second_unit).is_none()) {
        return None;
    }
    let unit = second_unit.or(first_unit).unwrap_or_default();
    Some((format!("{first} x {second}{unit}"), end))
}

/// The inches that begin at a place, and their end: `3 in bandage`, but not `3 in 1`, `1 in each` or
/// `type 2 in adults`.
fn inches(text: &str, start: usize) -> Option<(String, usize)> {
    let before = text[..start].split_whitespace().next_back();
    if before.is_some_and(|before| takes_label(&before.to_ascii_lowercase())) {
        return None;
    }
    let (number, end) = number(text, start)?;
    let behind = text[end..].trim_start();
    let next = behind
        .strip_prefix("in ")
        .or_else(|| behind.strip_prefix("IN "))?;
    let word = next.split_whitespace().next()?;
    let is_word = word.chars().all(char::is_alphabetic);
    let lower = word.to_ascii_lowercase();
    if !is_word
        || number_word(&lower).is_some()
        || is_function_word(&lower)
        || lower == "each"
        || is_diluent(&lower)
        || NO_ARTICLES.binary_search(&&*lower).is_ok()
    {
        return None;
    }
    Some((format!("{number} inch"), text.len() - next.len() - 1))
}

fn number(text: &str, start: usize) -> Option<(&str, usize)> {
    let own = &text[start..];
    let end = own.find(|char: char| !(char.is_ascii_digit() || char == '.'));
    let end = end.unwrap_or(own.len());
    let number = own[..end].trim_end_matches('.');
    (!number.is_empty() && number.starts_with(|char: char| char.is_ascii_digit()))
        .then_some((number, start + number.len()))
}

/// The unit that follows a number, with what is before it, and its end.
fn unit(text: &str, start: usize) -> (Option<&'static str>, usize) {
    let own = text[start..].trim_start();
    let from = text.len() - own.len();
    if own.starts_with([INCHES, '"']) {
        let sign = own.chars().next().map_or(0, char::len_utf8);
        return (Some(""), from + sign);
    }
    let is_end = |rest: &str| {
        let mut chars = rest.chars();
        match chars.next() {
            // `4inx4in`
            Some('x' | 'X') => chars.next().is_some_and(|char| char.is_ascii_digit()),
            next => next.is_none_or(|char| !char.is_alphanumeric()),
        }
    };
    let found = UNITS.iter().find(|(word, _)| {
        let is_own = own
            .get(..word.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(word));
        is_own && is_end(&own[word.len()..])
    });
    match found {
        Some((word, written)) => (Some(*written), from + word.len()),
        None => (None, start),
    }
}

/// Whether what stands between two lengths is the usual `x`, and its end.
fn by(text: &str, start: usize) -> Option<(bool, usize)> {
    let own = text[start..].trim_start();
    let from = text.len() - own.len();
    let starts = |word: &str| {
        own.get(..word.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(word))
    };
    let (word, is_usual) = match own.chars().next()? {
        'x' | 'X' => ("x", true),
        '×' => ("×", false),
        '*' => ("*", false),
        _ if starts("by ") => ("by", false),
        _ => return None,
    };
    let behind = text[from + word.len()..].trim_start();
    Some((is_usual, text.len() - behind.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lengths() {
        #[rustfmt::skip]
        let cases = [
            ("pad 4″x4″ sterile", "pad 4 x 4 sterile"),
            ("4*4", "4 x 4"),
            ("4×4 pad", "4 x 4 pad"),
            ("6 by 6 inches", "6 x 6"),
            ("6 inch by 6 inch", "6 x 6"),
            ("6 IN X 6.5 IN.", "6 x 6.5"),
            ("102x102mm", "102 x 102 mm"),
            ("4 cm x 5 cm", "4 x 5 cm"),
            ("4x4 gauze, 4 x 4", "4x4 gauze, 4 x 4"),
            ("3 x 100 mg, 2 x 5", "3 x 100 mg, 2 x 5"),
            ("5 mg by mouth", "5 mg by mouth"),
            ("J1640 4 in", "J1640 4 in"),
            ("3 in bandage", "3 inch bandage"),
            ("Type 2 in adults", "Type 2 in adults"),
            ("commode 3 in 1, 3 in one, 1 in each", "commode 3 in 1, 3 in one, 1 in each"),
            ("2 in hospital, 3 in ADULTS", "2 in hospital, 3 in ADULTS"),
            ("20 in dextrose, 5 mg in water", "20 in dextrose, 5 mg in water"),
        ];
        assert!(NO_ARTICLES.is_sorted());
        for (text, expected) in cases {
            assert_eq!(size_words(text), expected, "{text}");
        }
    }
}
