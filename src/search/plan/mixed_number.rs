//! Writes fractions of a unit as decimals: `2½ in`, `2 1/2 in` and `2-1/2 in` as `2.5 in`.

use std::borrow::Cow;

use crate::index::analyzer::unit::unit;
use crate::search::question::syntax::INCHES;

/// The fractions that have a sign of their own.
const SIGNS: [(char, u32, u32); 7] = [
    ('½', 1, 2),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];
/// The denominators of a rule, whose fractions are exact decimals.
const DENOMINATORS: [u32; 4] = [2, 4, 8, 16];

/// A text with the fractions that stand before a unit or between two lengths as decimals. Others stay:
/// `D5 1/2 NS` is no 5.5.
pub(super) fn mixed_numbers(text: &str) -> Cow<'_, str> {
    let has_sign = || text.contains(|char| SIGNS.iter().any(|own| own.0 == char));
    if !text.contains('/') && (text.is_ascii() || !has_sign()) {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let before = text[..at].chars().next_back();
        let begins = before.is_none_or(|own| !own.is_alphanumeric() && !matches!(own, '.' | '/'));
        let is_number = char.is_ascii_digit() || SIGNS.iter().any(|own| own.0 == char);
        let is_second = || {
            made.trim_end().ends_with(['x', 'X', '×', '*']) && made.ends_with(char::is_whitespace)
        };
        if begins
            && is_number
            && let Some((number, length)) = number(&text[at..], is_second())
        {
            made.push_str(&number);
            at += length;
        } else {
            made.push(char);
            at += char.len_utf8();
        }
    }
    Cow::Owned(made)
}

/// The decimal of the fraction at the start of a text, with the whole number before it, and how many
/// bytes it has. The second of two lengths needs no unit.
fn number(text: &str, is_second: bool) -> Option<(String, usize)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let read = |text: &str| {
        if let Some(own) = SIGNS.iter().find(|own| text.starts_with(own.0)) {
            return Some(((own.1, own.2), own.0.len_utf8()));
        }
        let above = digits(text);
        let behind = text[above..].strip_prefix('/')?;
        let below = digits(behind);
        let parts = (text[..above].parse().ok()?, behind[..below].parse().ok()?);
        Some((parts, above + 1 + below))
    };
    let ((above, below), end, whole) = if let Some((parts, end)) = read(text) {
        (parts, end, 0)
    } else {
        let count = digits(text);
        let behind = text[count..].trim_start_matches([' ', '-']);
        let start = text.len() - behind.len();
        let (parts, length) = read(behind)?;
        (parts, start + length, text[..count].parse::<u32>().ok()?)
    };
    let is_fraction = DENOMINATORS.contains(&below) && above < below;
    if !is_fraction || !(is_second || is_before_unit(&text[end..])) {
        return None;
    }
    let decimal = f64::from(whole) + f64::from(above) / f64::from(below);
    Some((decimal.to_string(), end))
}

/// Whether a unit or the `x` of two lengths begins a text.
fn is_before_unit(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '-']);
    if text.starts_with([INCHES, '"', '×', '*']) {
        return true;
    }
    let end = text.find(|char: char| !char.is_ascii_alphabetic());
    let word = text[..end.unwrap_or(text.len())].to_ascii_lowercase();
    matches!(word.as_str(), "x" | "by" | "in") || unit(&word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_of_a_unit() {
        #[rustfmt::skip]
        let cases = [
            ("2½ in bandage", "2.5 in bandage"),
            ("2 1/2 inch bandage", "2.5 inch bandage"),
            ("2-1/2 in", "2.5 in"),
            ("½ in, 3/8″ tubing", "0.5 in, 0.375″ tubing"),
            ("4 1/4 x 4 ¼ in", "4.25 x 4.25 in"),
            ("1 1/2-inch", "1.5-inch"),
            ("4 1/2 x 4 1/2", "4.5 x 4.5"),
            ("D5 1/2 NS, 5% 1/2 NS, 1/2 NS", "D5 1/2 NS, 5% 1/2 NS, 1/2 NS"),
            ("novolin 70/30 10 ml, 1/3 inch, 4/2 in", "novolin 70/30 10 ml, 1/3 inch, 4/2 in"),
            ("each 1/2 hour", "each 0.5 hour"),
            ("1/5/2026, 1/2/3 mg, and/or, 1/", "1/5/2026, 1/2/3 mg, and/or, 1/"),
        ];
        for (text, expected) in cases {
            assert_eq!(mixed_numbers(text), expected, "{text}");
        }
    }
}
