//! Folds the characters of word processors to those of a keyboard.

use std::borrow::Cow;

use crate::index::analyzer::invisible::is_invisible;

/// A question with plain characters. Zero-width characters are dropped; non-breaking hyphens, minus
/// signs, curly quotes and full-width letters become those of a keyboard. Dashes between words are
/// kept.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = text.chars().filter(|char| !is_invisible(*char)).map(key);
    Cow::Owned(plain.collect())
}

/// The keyboard character for a character.
fn key(char: char) -> char {
    match char {
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2018}'..='\u{201b}' => '\'',
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = u32::from(char) - u32::from('\u{ff01}') + u32::from('!');
            char::from_u32(ascii).unwrap_or(char)
        }
        _ if char.is_whitespace() && char != '\n' && char != '\t' => ' ',
        _ => char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_processor_puts_in_place_of_keys() {
        for (text, expected) in [
            ("J1640\u{200b}", "J1640"),
            ("\u{feff}J1640", "J1640"),
            ("J1640\u{2011}JW", "J1640-JW"),
            ("J\u{a0}1640\u{202f}x", "J 1640 x"),
            ("walker \u{2212}wheels", "walker -wheels"),
            ("\u{201c}power wheelchair\u{201d}", "\"power wheelchair\""),
            ("\u{ff2a}\u{ff11}\u{ff16}\u{ff14}\u{ff10}", "J1640"),
            ("glyco\u{ad}pyrrolate", "glycopyrrolate"),
            ("J1600–J1699 — é", "J1600–J1699 — é"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }
}
