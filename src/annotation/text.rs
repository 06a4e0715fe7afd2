//! The text of a file and its encoding, unless it is not text.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crate::table::encoding;
use crate::table::encoding::Decoded;
use crate::table::sheet::Book;

/// Reads bytes as text; `None` if they are not text.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    let is_marked = encoding::unicode(bytes).is_some();
    if !is_marked && is_binary(bytes) {
        return None;
    }
    let decoded = encoding::decode(bytes);
    (!decoded.text.contains('\0')).then_some(decoded)
}

/// The text with LF line ends.
pub(super) fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text
    }
}

/// The first non-empty sheet of a workbook, as lines with tabs between the cells; each row is on
/// the line of its number.
pub(super) fn of_sheet(book: &mut Book<'_>) -> Result<String, String> {
    let mut text = String::new();
    for sheet in 0..book.sheets() {
        let mut line = 1;
        book.each_row(sheet, &mut |number, cells| {
            let last = cells.iter().rposition(|cell| !cell.trim().is_empty());
            for _ in line..number {
                text.push('\n');
            }
            line = number;
            text.push_str(&cells[..last.map_or(0, |last| last + 1)].join("\t"));
            ControlFlow::Continue(())
        })?;
        if !text.trim().is_empty() {
            break;
        }
    }
    Ok(text)
}

/// Whether there is a zero byte anywhere, or control characters among the first few thousand bytes.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let is_control = |byte: &&u8| **byte < b' ' && !b"\t\n\r\x0c".contains(*byte);
    bytes.contains(&0) || head.iter().filter(is_control).count() * 50 > head.len()
}

/// The text with every run of white space, including line breaks, as one blank.
pub(super) fn squeeze(text: &str) -> String {
    let text = text.trim();
    let mut last = b' ';
    let is_single = |byte: u8| {
        let is_double = last == b' ' && byte == b' ';
        last = byte;
        byte.is_ascii_graphic() || (byte == b' ' && !is_double)
    };
    if text.bytes().all(is_single) {
        return text.to_owned();
    }
    let mut words = text.split_whitespace();
    let mut line = String::with_capacity(text.len());
    line.push_str(words.next().unwrap_or_default());
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let read = |bytes: &'static [u8]| decode(bytes).map(|text| text.text.into_owned());
        assert_eq!(read(b"\xef\xbb\xbfa").unwrap(), "a");
        assert_eq!(read(b"\xff\xfea\0b\0").unwrap(), "ab");
        assert_eq!(read("é".as_bytes()).unwrap(), "é");
        assert_eq!(read(b"carePatch\x99").unwrap(), "carePatch™");
        assert_eq!(read(b"").unwrap(), "");
        assert!(read(b"PK\x03\x04\0\0").is_none());
        assert!(read(b"\x89\x01\x02\x03\x04").is_none());
        assert!(decode(b"WoundFix\xae").unwrap().is_legacy);
    }

    #[test]
    fn blanks() {
        assert_eq!(
            squeeze("  Triamcinolone\u{a0}Acetonide\n "),
            "Triamcinolone Acetonide"
        );
        assert_eq!(squeeze(" a  b "), "a b");
        assert_eq!(squeeze(" a b "), "a b");
    }
}
