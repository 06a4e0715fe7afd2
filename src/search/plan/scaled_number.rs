//! Writes thousands and millions of units as descriptors do: `600K units` as `600000 units`, `5MU` as
//! `5 million units`.

use std::borrow::Cow;

use crate::codeset::{Measure, MeasureKind};

/// What stands behind a number, in lower case, and what it makes of the number: what is added to its
/// digits, and a word after it. With `true` it names the units itself, else they follow.
const SCALES: [(&str, &str, &str, bool); 7] = [
    ("k", "000", "", false),
    ("mil", "", " million", false),
    ("mill", "", " million", false),
    ("mm", "", " million", false),
    ("mu", "", " million units", true),
    ("miu", "", " million units", true),
    ("mmu", "", " million units", true),
];

/// A text with the thousands and millions of units written out. Others stay: `20K` may be potassium,
/// `5M units` thousands or millions, and `5 mm` is a length.
pub(super) fn scaled_numbers(text: &str) -> Cow<'_, str> {
    let mut made = String::new();
    // How much of the text is written out, and how much is read.
    let (mut done, mut at) = (0, 0);
    while let Some(found) = text[at..].find(|char: char| char.is_ascii_digit()) {
        let start = at + found;
        let digits = run(&text[start..], |char| {
            char.is_ascii_digit() || ",.".contains(char)
        });
        at = start + digits.len();
        let before = text[..start].chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let behind = text[at..].trim_start_matches(' ');
        let word = run(behind, |char| char.is_ascii_alphabetic());
        let rest = &behind[word.len()..];
        let scale = SCALES.iter().find(|own| own.0.eq_ignore_ascii_case(word));
        let Some((_, zeros, scale, has_units)) = scale else {
            continue;
        };
        let is_whole = zeros.is_empty() || !digits.contains('.');
        if is_whole && (*has_units || has_units_at(rest)) {
            made.push_str(&text[done..at]);
            made.push_str(zeros);
            made.push_str(scale);
            at = text.len() - rest.len();
            done = at;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    made.push_str(&text[done..]);
    Cow::Owned(made)
}

/// The characters of some kind at the start of a text.
fn run(text: &str, is: impl Fn(char) -> bool) -> &str {
    let end = text.find(|char| !is(char));
    &text[..end.unwrap_or(text.len())]
}

/// Whether the word for units begins a text.
fn has_units_at(text: &str) -> bool {
    let word = run(text.trim_start(), |char| char.is_ascii_alphabetic()).to_ascii_lowercase();
    let unit = Measure::of_word(&word);
    unit.is_some_and(|own| own.kind() == MeasureKind::Activity) || matches!(&*word, "un" | "usp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_and_millions_of_units() {
        #[rustfmt::skip]
        let cases = [
            ("PENICILLIN G PER 600K UNITS", "PENICILLIN G PER 600000 UNITS"),
            ("heparin 25K unit/250ml", "heparin 25000 unit/250ml"),
            ("epoetin 40 k u", "epoetin 40000 u"),
            ("bicillin 1.2MM UNITS, 2.4 mil units", "bicillin 1.2 million UNITS, 2.4 million units"),
            ("penicillin 5MU interferon 3 MIU", "penicillin 5 million units interferon 3 million units"),
            ("20K, 0.5K units, 5M units, 5 mm, vitamin K 10 units", "20K, 0.5K units, 5M units, 5 mm, vitamin K 10 units"),
            ("x5MU A5MU é5k", "x5MU A5MU é5k"),
        ];
        for (text, expected) in cases {
            assert_eq!(scaled_numbers(text), expected, "{text}");
        }
    }
}
