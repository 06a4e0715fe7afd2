//! Running text in pieces: matched words, emphasised words, and codes that link to their records.

use crate::codeset::{Code, Date, Kind};
use crate::search::Searcher;
use crate::server::page::search::address::of_code;

/// A piece of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Whether it matched.
    pub(crate) is_marked: bool,
    /// Whether the text emphasises it.
    pub(crate) is_strong: bool,
    /// The link; else empty.
    pub(crate) href: String,
}

/// A text with some character ranges marked.
pub(crate) fn marked(text: &str, places: &[(usize, usize)]) -> Vec<Piece> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |char: usize| bytes.get(char).copied().unwrap_or(text.len());
    let mut pieces = Vec::new();
    let mut push = |text: &str, is_marked| {
        if !text.is_empty() {
            let text = text.to_owned();
            pieces.push(Piece {
                text,
                is_marked,
                ..Piece::default()
            });
        }
    };
    let mut done = 0;
    for (start, end) in places {
        let (start, end) = abbreviation(text, byte(*start), byte(*end));
        if done <= start && start < end {
            push(&text[done..start], false);
            push(&text[start..end], true);
            done = end;
        }
    }
    push(&text[done..], false);
    pieces
}

/// A range; if it is a letter of an abbreviation such as `w/c`, the range of the whole
/// abbreviation.
fn abbreviation(text: &str, start: usize, end: usize) -> (usize, usize) {
    if start >= end {
        return (start, end);
    }
    let is_end = |char: char| !(char.is_alphanumeric() || char == '/');
    let first = text[..start].rfind(is_end).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let last = text[end..].find(is_end).map_or(text.len(), |at| end + at);
    let parts = &text[first..last];
    let is_short = parts.contains('/') && parts.split('/').all(|part| part.chars().count() == 1);
    if is_short {
        (first, last)
    } else {
        (start, end)
    }
}

/// Links codes in texts, if a release has them.
pub(crate) struct Linker<'s> {
    pub(crate) searcher: &'s Searcher,
    pub(crate) day: Date,
    pub(crate) as_of: Option<String>,
    /// The shown code, which needs no link to itself.
    pub(crate) own: Option<Code>,
}

impl Linker<'_> {
    /// A text with links, and with the parts between `**` emphasised.
    pub(crate) fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (at, part) in text.split("**").enumerate() {
            self.add(part, at % 2 == 1, &mut pieces);
        }
        pieces
    }

    fn add(&self, text: &str, is_strong: bool, pieces: &mut Vec<Piece>) {
        let mut push = |text: &str, href: String| {
            if !text.is_empty() {
                let text = text.to_owned();
                pieces.push(Piece {
                    text,
                    is_strong,
                    href,
                    ..Piece::default()
                });
            }
        };
        let mut done = 0;
        let mut at = 0;
        for word in text.split(|letter: char| !letter.is_ascii_alphanumeric()) {
            let (start, end) = (at, at + word.len());
            // The separator may be longer than one byte.
            at = end + text[end..].chars().next().map_or(0, char::len_utf8);
            if let Some(href) = self.href(word) {
                push(&text[done..start], String::new());
                push(word, href);
                done = end;
            }
        }
        push(&text[done..], String::new());
    }

    /// The link of a word that is a procedure code in capitals.
    fn href(&self, word: &str) -> Option<String> {
        let code: Code = word.parse().ok()?;
        let is_code = code.kind() == Kind::Procedure && code.as_str() == word;
        let is_other = Some(code) != self.own;
        (is_code && is_other).then(|| self.of_code(code))?
    }

    /// The URL of a code that a release has.
    pub(crate) fn of_code(&self, code: Code) -> Option<String> {
        self.searcher.record(code, self.day)?;
        Some(of_code(code.as_str(), self.as_of.as_deref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matched_is_marked() {
        let parts_of = |text: &str, places: &[(usize, usize)]| -> Vec<(String, bool)> {
            let pieces = marked(text, places).into_iter();
            pieces.map(|piece| (piece.text, piece.is_marked)).collect()
        };
        let part = |text: &str, is_marked| (text.to_owned(), is_marked);
        assert_eq!(
            parts_of("é, hemin, 1 mg", &[(3, 8)]),
            [
                part("é, ", false),
                part("hemin", true),
                part(", 1 mg", false)
            ]
        );
        assert_eq!(parts_of("hemin", &[(0, 5)]), [part("hemin", true)]);
        let wheelchair = [
            part("é ", false),
            part("w/c", true),
            part(" cushion", false),
        ];
        assert_eq!(parts_of("é w/c cushion", &[(4, 5)]), wheelchair);
        let either = [part("and/", false), part("or", true)];
        assert_eq!(parts_of("and/or", &[(4, 6)]), either);
        assert_eq!(
            parts_of("hemin", &[(3, 90), (1, 2)]),
            [part("hem", false), part("in", true)]
        );
        assert_eq!(parts_of("", &[]), []);
    }
}
