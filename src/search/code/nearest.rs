//! The codes nearest to one that does not exist, as suggestions.

use crate::codeset::{Code, Date, Kind};
use crate::history::Status;
use crate::index::Field;
use crate::index::store::bytes::partition;

use crate::search::answer::asked_code::Nearest;
use crate::search::plan::edit_distance::distance;
use crate::search::searcher::Searcher;

/// The maximum of suggestions.
const MOST: usize = 3;
/// The maximum of neighbours on each side.
const NEIGHBOURS: usize = 2;
/// Letters that are misread or mistyped for the digit after them.
const LOOK_ALIKE: &[(char, char)] = &[
    ('O', '0'),
    ('Q', '0'),
    ('I', '1'),
    ('L', '1'),
    ('S', '5'),
    ('B', '8'),
    ('Z', '2'),
];

impl Searcher {
    /// The codes valid on a day whose spelling is nearest to a text that is no code: few edits, the
    /// same section, a near number.
    #[must_use]
    pub fn nearest(&self, text: &str, day: Date) -> Vec<Nearest> {
        let text = text.trim().to_ascii_uppercase();
        // A text much longer or shorter than five characters resembles no code.
        if !text.is_ascii() || !(4..=6).contains(&text.len()) {
            return Vec::new();
        }
        let meant = digits(&text);
        let mut found: Vec<(Likeness, Code, u32)> = Vec::new();
        for doc in 0..self.reader.store.len() {
            let row = self.reader.store.row(doc);
            if !may_be_near(row.code_bytes(), meant.as_bytes()) {
                continue;
            }
            let Some(code) = row.code().filter(|code| code.kind() == Kind::Procedure) else {
                continue;
            };
            if let Some(likeness) = likeness(code.as_str(), &meant)
                && row.answers_on(day)
                && row.life().status(day) == Status::Valid
            {
                found.push((likeness, code, doc));
            }
        }
        found.sort_unstable();
        found.truncate(MOST);
        let codes = found.into_iter().map(|(_, code, _)| code);
        self.as_nearest(codes, day)
    }

    /// The valid codes of the same kind and section directly before and after a code in order.
    pub(crate) fn neighbours_of(&self, code: Code, day: Date) -> Vec<Nearest> {
        let store = &self.reader.store;
        let at = partition(store.len(), |doc| {
            store.row(doc).code_bytes() < code.bytes()
        });
        let own = |doc: u32| {
            let row = store.row(doc);
            let other = row.code()?;
            let is_like = other.kind() == code.kind()
                && other.section() == code.section()
                && row.answers_on(day)
                && row.life().status(day) == Status::Valid;
            is_like.then_some(other)
        };
        // The codes of a section follow each other; modifiers are between them.
        let is_in_reach = |doc: &u32| {
            code.kind() == Kind::Modifier || store.row(*doc).code_bytes()[0] == code.bytes()[0]
        };
        let before = (0..at).rev().take_while(is_in_reach).filter_map(own);
        let mut before: Vec<Code> = before.take(NEIGHBOURS).collect();
        before.reverse();
        let behind = (at..store.len()).take_while(is_in_reach);
        let behind = behind.filter_map(own).take(NEIGHBOURS);
        let mut codes: Vec<Code> = before.into_iter().chain(behind).collect();
        codes.dedup();
        self.as_nearest(codes, day)
    }

    fn as_nearest(&self, codes: impl IntoIterator<Item = Code>, day: Date) -> Vec<Nearest> {
        let nearest = |code| {
            let doc = self.version_on(code, day)?;
            let text = self.reader.store.text(doc, Field::LongDescriptor);
            Some(Nearest {
                code,
                long_descriptor: text.to_owned(),
            })
        };
        codes.into_iter().filter_map(nearest).collect()
    }
}

/// The distance of two texts: edits, another section, other letters, difference of the numbers.
type Likeness = (u8, bool, bool, u32);

/// Whether a code can be at most one edit from a typed text: before the edit or after it, two
/// characters are the same. It is quick, as a long list asks it for every code of each item.
fn may_be_near(code: [u8; 5], typed: &[u8]) -> bool {
    typed.starts_with(&code[..2]) || typed.ends_with(&code[3..])
}

/// The distance of a code from the typed text; `None` if it is more than one edit.
fn likeness(code: &str, typed: &str) -> Option<Likeness> {
    let edits = distance(code.as_bytes(), typed.as_bytes(), 1)?;
    let number = |code: &str| code.get(1..).and_then(|digits| digits.parse::<i32>().ok());
    let apart = match (number(code), number(typed)) {
        (Some(own), Some(other)) => own.abs_diff(other),
        _ => u32::MAX,
    };
    let is_other = code.as_bytes().first() != typed.as_bytes().first();
    Some((edits, is_other, !same_letters(code, typed), apart))
}

/// The text with letters that look like digits replaced, after the first letter.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_is_an_edit_away_may_be_near(
            code in "[AJ][0-2]{4}",
            at in 0usize..5,
            letter in "[AJ0-2]",
            edit in 0..4,
        ) {
            let mut typed = code.clone();
            match edit {
                0 => typed.insert_str(at, &letter),
                1 => drop(typed.remove(at)),
                2 => typed.replace_range(at..=at, &letter),
                _ => {
                    let moved = typed.remove(at);
                    typed.insert((at + 1).min(4), moved);
                }
            }
            prop_assert!(likeness(&code, &typed).is_some(), "{}", typed);
            let bytes = code.as_bytes().try_into().unwrap();
            prop_assert!(may_be_near(bytes, typed.as_bytes()), "{}", typed);
        }
    }
}
