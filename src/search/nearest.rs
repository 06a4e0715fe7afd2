//! The codes nearest to one that does not exist: what was meant when it was typed.

use serde::Serialize;

use crate::codeset::{Code, Date};
use crate::index::Field;

use super::correct::distance;
use super::searcher::Searcher;

/// The most codes that are named.
const MOST: usize = 3;
/// Letters that are read, or typed, for the digit behind them.
const LOOK_ALIKE: &[(char, char)] = &[
    ('O', '0'),
    ('Q', '0'),
    ('I', '1'),
    ('L', '1'),
    ('S', '5'),
    ('B', '8'),
    ('Z', '2'),
];

/// A code that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Nearest {
    /// The code.
    pub code: Code,
    /// The long descriptor as published.
    pub long_descriptor: String,
}

impl Searcher {
    /// The codes valid on a day that are spelt most like a text which is no code: few edits away,
    /// of the same section, the number near.
    #[must_use]
    pub fn nearest(&self, text: &str, day: Date) -> Vec<Nearest> {
        let text = text.trim().to_ascii_uppercase();
        // Of a text that is no five characters, more or less, nothing can be said.
        if !text.is_ascii() || !(4..=6).contains(&text.len()) {
            return Vec::new();
        }
        let meant = digits(&text);
        let number = |code: &str| code.get(1..).and_then(|digits| digits.parse::<i32>().ok());
        let asked = number(&meant);
        let mut found = Vec::new();
        let mut last = None;
        for doc in 0..self.reader.store.len() {
            let row = self.reader.store.row(doc);
            let Some(code) = row.code().filter(|code| code.as_str().len() == 5) else {
                continue;
            };
            let Some(edits) = distance(code.as_str().as_bytes(), meant.as_bytes(), 1) else {
                continue;
            };
            if last == Some(code) || !row.is_in_force(day.number()) {
                continue;
            }
            last = Some(code);
            let is_other = code.as_str().as_bytes().first() != meant.as_bytes().first();
            let has_others = !same_letters(code.as_str(), &meant);
            let away = match (number(code.as_str()), asked) {
                (Some(own), Some(asked)) => own.abs_diff(asked),
                _ => u32::MAX,
            };
            found.push((edits, is_other, has_others, away, code));
        }
        found.sort_unstable();
        found.truncate(MOST);
        let nearest = found.into_iter().filter_map(|(.., code)| {
            let doc = self.version_on(code, day)?;
            let text = self.reader.store.text(doc, Field::LongDescriptor);
            Some(Nearest {
                code,
                long_descriptor: text.to_owned(),
            })
        });
        nearest.collect()
    }
}

/// The text with digits where letters look like them, behind the first letter.
fn digits(text: &str) -> String {
    let digit = |(at, char): (usize, char)| {
        let alike = LOOK_ALIKE
            .iter()
            .find(|(letter, _)| at > 0 && *letter == char);
        alike.map_or(char, |(_, digit)| *digit)
    };
    text.chars().enumerate().map(digit).collect()
}

/// Whether two texts differ only in the order of their letters.
fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |text: &str| {
        let mut bytes = text.as_bytes().to_vec();
        bytes.sort_unstable();
        bytes
    };
    sorted(a) == sorted(b)
}
