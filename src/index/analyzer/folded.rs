//! Folds the characters of a text to lower case and, if possible, to ASCII.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::invisible::is_invisible;
use crate::index::store::bytes::narrow;

/// A character of the text after folding, with its original bytes.
pub(super) struct Folded {
    pub(super) char: char,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// The folded characters of a text.
pub(super) fn fold(text: &str) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(text.len());
    for (start, char) in text.char_indices() {
        let (start, end) = (narrow(start), narrow(start + char.len_utf8()));
        match char {
            _ if char.is_ascii() => {
                folded.push(Folded {
                    char: char.to_ascii_lowercase(),
                    start,
                    end,
                });
            }
            '½' | '¼' | '¾' => {
                let decimals =
                    ["0.5", "0.25", "0.75"][usize::from(char != '½') + usize::from(char == '¾')];
                // `1½` is 1.5.
                let is_behind = folded.last().is_some_and(|last| last.char.is_ascii_digit());
                let decimals = &decimals[usize::from(is_behind)..];
                folded.extend(decimals.chars().map(|char| Folded { char, start, end }));
            }
            // A mark after a name is not part of it.
            '™' | '℠' | '®' | '©' | '℗' => folded.push(Folded {
                char: ' ',
                start,
                end,
            }),
            _ if is_invisible(char) => {}
            '\u{2010}'..='\u{2012}' | '\u{2212}' => folded.push(Folded {
                char: '-',
                start,
                end,
            }),
            '\u{2018}' | '\u{2019}' | '\u{92}' => folded.push(Folded {
                char: '\'',
                start,
                end,
            }),
            _ => folded.extend(
                std::iter::once(char)
                    .nfkd()
                    .filter(|char| !is_combining_mark(*char))
                    .flat_map(char::to_lowercase)
                    .map(|char| Folded { char, start, end }),
            ),
        }
    }
    folded
}
