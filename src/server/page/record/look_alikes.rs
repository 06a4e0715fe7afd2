//! Look-alikes as a table: the descriptor with the differences marked, the unit, the status.

use crate::codeset::Dosage;
use crate::search::{Alike, Details};
use crate::server::page::search::address::{Address, of_code};
use crate::server::page::search::result::{StatusWords, status};
use crate::server::page::shell::prose::{Linker, Piece};

/// A look-alike of the shown code.
pub(crate) struct LookAlike {
    pub(crate) code: String,
    pub(crate) href: String,
    /// The descriptor, with the words that only it has marked.
    pub(crate) long: Vec<Piece>,
    /// The words that only the shown code has.
    pub(crate) has_not: String,
    pub(crate) unit: String,
    pub(crate) status: StatusWords,
    /// The URL of both side by side.
    pub(crate) compare: String,
}

/// The look-alikes of a code.
pub(crate) fn look_alikes(details: &Details, linker: &Linker<'_>) -> Vec<LookAlike> {
    let view = |own: &Alike| {
        let record = linker.searcher.record(own.code, linker.day)?;
        let validity = linker.searcher.validity(own.code, linker.day)?;
        let long = record.long_descriptor;
        let unit = Dosage::read(own.code, &long);
        Some(LookAlike {
            code: own.code.to_string(),
            href: of_code(own.code.as_str(), linker.as_of.as_deref()),
            unit: unit.map_or_else(String::new, |unit| unit.to_string()),
            status: status(
                validity.status,
                validity.unclear.is_some(),
                validity.life.from,
                validity.life.until,
            ),
            compare: compare(
                [details.code.as_str(), own.code.as_str()],
                linker.as_of.as_deref(),
            ),
            long: marked_words(&long, &own.has),
            has_not: own.has_not.clone(),
        })
    };
    details.alike.iter().filter_map(view).collect()
}

/// The URL of codes side by side.
pub(crate) fn compare<'c>(codes: impl IntoIterator<Item = &'c str>, as_of: Option<&str>) -> String {
    let codes: Vec<&str> = codes.into_iter().collect();
    let address = Address::new("/compare").with("codes", Some(&codes.join(",")));
    address.with("as_of", as_of).to_string()
}

/// A descriptor with the words that only it has marked.
fn marked_words(text: &str, has: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |text: &str, is_marked| {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_owned(),
                is_marked,
                ..Piece::default()
            });
        }
    };
    let mut rest = text;
    for run in has.split(" … ").filter(|run| !run.is_empty()) {
        if let Some(at) = whole(rest, run) {
            push(&rest[..at], false);
            push(run, true);
            rest = &rest[at + run.len()..];
        }
    }
    push(rest, false);
    pieces
}

/// The place of words in a text, not as parts of longer words.
fn whole(text: &str, words: &str) -> Option<usize> {
    let is_part = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    text.match_indices(words).map(|(at, _)| at).find(|at| {
        let behind = &text[at + words.len()..];
        !is_part(text[..*at].chars().next_back()) && !is_part(behind.chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_marked_where_it_is_a_word_of_its_own() {
        let shown = |text: &str, has: &str| -> String {
            let mark = |piece: Piece| {
                if piece.is_marked {
                    format!("[{}]", piece.text)
                } else {
                    piece.text
                }
            };
            marked_words(text, has).into_iter().map(mark).collect()
        };
        for (text, has, expected) in [
            ("Injection, a, 0.1 mg", "a", "Injection, [a], 0.1 mg"),
            (
                "Heavy duty, extra wide",
                "Heavy … wide",
                "[Heavy] duty, extra [wide]",
            ),
            ("Not otherwise", "", "Not otherwise"),
            ("Not otherwise", "else", "Not otherwise"),
        ] {
            assert_eq!(shown(text, has), expected);
        }
    }
}
