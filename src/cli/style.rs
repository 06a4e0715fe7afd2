//! Styles of printed text; and control characters made visible, so that text from files never
//! reaches a terminal with them.
//!
//! A style is written as an escape sequence that no terminal knows, so that lines can be wrapped
//! around it. When a line is printed, only these sequences become those of the terminal.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

/// A style of some words: `{CODE}J1640{CODE:#}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look(usize);

/// The style of a code.
pub(crate) const CODE: Look = Look(0);
/// The style of a word that matched.
pub(crate) const MATCH: Look = Look(1);
/// The style of added text.
pub(crate) const ADDED: Look = Look(2);
/// The style of removed text.
pub(crate) const REMOVED: Look = Look(3);
/// The style of less important text.
pub(crate) const DIM: Look = Look(4);
/// The style of a warning.
pub(crate) const WARNING: Look = Look(5);
/// The style of a heading.
pub(crate) const HEADING: Look = Look(6);
/// The style of an error.
pub(crate) const ERROR: Look = Look(7);

const BOLD: Style = Style::new().bold();
/// The styles, by number.
const STYLES: [Style; 8] = [
    coloured(BOLD, AnsiColor::Cyan),
    coloured(BOLD, AnsiColor::Yellow),
    coloured(Style::new(), AnsiColor::Green),
    coloured(Style::new().strikethrough(), AnsiColor::Red),
    Style::new().dimmed(),
    coloured(Style::new(), AnsiColor::Red),
    BOLD,
    coloured(BOLD, AnsiColor::Red),
];
/// The marks that begin and end a style.
const BEGIN: &str = "\u{1b}[9000";
const END: &str = "\u{1b}[90009m";

const fn coloured(style: Style, colour: AnsiColor) -> Style {
    style.fg_color(Some(anstyle::Color::Ansi(colour)))
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            f.write_str(END)
        } else {
            write!(f, "{BEGIN}{}m", self.0)
        }
    }
}

/// A line as printed: styles as the terminal's, or without styles, and no other control character.
pub(crate) fn shown(line: &str, has_colours: bool) -> String {
    let mut out = String::with_capacity(line.len() + 16);
    let mut parts = line.split(BEGIN);
    out.push_str(&visible(parts.next().unwrap_or_default()));
    for part in parts {
        let number = part.get(..1).and_then(|digit| digit.parse::<usize>().ok());
        let rest = part.get(1..).and_then(|rest| rest.strip_prefix('m'));
        let style = number.and_then(|number| STYLES.get(number));
        match (style, rest) {
            (Some(style), Some(_)) if has_colours => out += &style.render().to_string(),
            (None, Some(_)) if number.is_some() && has_colours => {
                out += &anstyle::Reset.render().to_string();
            }
            _ => {}
        }
        out.push_str(&visible(rest.unwrap_or(part)));
    }
    out
}

/// A text with its control characters made visible, except tabs and line ends.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_hidden = |char: char| char.is_control() && !matches!(char, '\n' | '\t');
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let picture = |char: char| if is_hidden(char) { picture(char) } else { char };
    Cow::Owned(text.chars().map(picture).collect())
}

/// The visible picture of a control character.
fn picture(char: char) -> char {
    match char {
        '\u{7f}' => '\u{2421}',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(char)).unwrap_or('\u{fffd}'),
        _ => '\u{fffd}',
    }
}

/// A writer for library functions that makes control characters visible on a terminal.
pub(crate) struct VisibleWriter<W> {
    out: W,
    /// The first bytes of a character that is not complete yet.
    begun: Vec<u8>,
}

impl<W: Write> VisibleWriter<W> {
    pub(crate) fn new(out: W) -> Self {
        let begun = Vec::new();
        Self { out, begun }
    }
}

impl<W: Write> Write for VisibleWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.begun) {
            Ok(text) => text.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => self.begun.len(),
        };
        let text: Vec<u8> = self.begun.drain(..whole).collect();
        let text = String::from_utf8_lossy(&text);
        self.out.write_all(visible(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_the_only_control_characters() {
        let evil = "a\u{1b}]0;title\u{7}\u{1b}[2J\u{9b}31mb\u{7f}\r\tc\n";
        let line = format!("{CODE}J1640{CODE:#} {evil}");
        let plain = "J1640 a\u{241b}]0;title\u{2407}\u{241b}[2J\u{fffd}31mb\u{2421}\u{240d}\tc\n";
        assert_eq!(shown(&line, false), plain);
        let coloured = shown(&line, true);
        assert!(coloured.starts_with("\u{1b}["), "{coloured:?}");
        assert!(coloured.ends_with(&plain[6..]), "{coloured:?}");
        assert_eq!(coloured.matches('\u{1b}').count(), 3, "{coloured:?}");
    }

    #[test]
    fn a_sequence_like_a_look_shows_nothing_else() {
        for text in ["\u{1b}[9000", "\u{1b}[9000xm", "\u{1b}[90", "\u{1b}[90001"] {
            let shown = shown(text, true);
            assert!(!shown.contains('\u{1b}'), "{text:?} {shown:?}");
        }
    }

    #[test]
    fn a_character_written_in_two_pieces() {
        let mut out = Vec::new();
        let mut writer = VisibleWriter::new(&mut out);
        for byte in "é\u{9b}x\u{1b}\n".bytes() {
            writer.write_all(&[byte]).unwrap();
        }
        assert_eq!(out, "é\u{fffd}x\u{241b}\n".as_bytes());
    }

    proptest::proptest! {
        /// Whatever a file holds, a terminal gets no control character but those of looks.
        #[test]
        fn no_text_reaches_a_terminal_with_a_control_character(
            text in "(\\PC|\\pC|\u{1b}\\[9000[0-9]?m?|[\n\t]){0,40}",
            cut in 1_usize..7,
        ) {
            let is_hidden = |char: char| char.is_control() && !matches!(char, '\n' | '\t');
            proptest::prop_assert!(!shown(&text, false).contains(is_hidden));
            proptest::prop_assert!(!visible(&text).contains(is_hidden));
            let coloured = shown(&text, true);
            let sequences = coloured.split('\u{1b}').skip(1);
            for sequence in sequences {
                proptest::prop_assert!(sequence.starts_with('['), "{coloured:?}");
                let end = sequence.find(|char: char| char.is_ascii_alphabetic());
                let is_look = end.is_some_and(|end| {
                    let inner = &sequence[1..end];
                    sequence[end..].starts_with('m')
                        && inner.bytes().all(|byte| byte.is_ascii_digit() || byte == b';')
                });
                proptest::prop_assert!(is_look, "{coloured:?}");
            }
            let mut out = Vec::new();
            let mut writer = VisibleWriter::new(&mut out);
            for piece in text.as_bytes().chunks(cut) {
                writer.write_all(piece).unwrap();
            }
            let out = String::from_utf8(out).unwrap();
            proptest::prop_assert_eq!(out, visible(&text).into_owned());
        }
    }
}
