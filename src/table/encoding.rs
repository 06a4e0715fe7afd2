//! Decodes text: UTF-16, UTF-8, and cp1252 for bytes that are not UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text, and the bytes of it that could not be read.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) undefined: Option<Undefined>,
    /// Whether some bytes are not Unicode and were read as cp1252, a superset of printable Latin-1.
    pub(crate) is_legacy: bool,
}

/// Bytes that no encoding defines; each is read as U+FFFD.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Undefined {
    /// The line of the first one.
    pub(crate) line: usize,
    /// How many there are, and the first one.
    pub(crate) reason: String,
}

/// The Unicode encoding of a text's first bytes, and the length of its byte order mark; `None` for
/// cp1252 and for UTF-8 without a mark.
pub(crate) fn unicode(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(head).or(match head {
        // Spreadsheets and databases also write UTF-16 without a mark.
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some((UTF_16LE, 0)),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some((UTF_16BE, 0)),
        _ => None,
    })
}

/// Reads bytes as UTF-16, as UTF-8, or byte by byte as cp1252 if they are neither: files are often
/// put together from several.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let (encoding, mark) = unicode(bytes).unwrap_or((UTF_8, 0));
    let bytes = &bytes[mark..];
    if encoding == UTF_8 {
        let text = utf8_or_cp1252(bytes);
        let is_legacy = matches!(text, Cow::Owned(_));
        return Decoded {
            text,
            undefined: is_legacy.then(|| undefined(bytes)).flatten(),
            is_legacy,
        };
    }
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    let undefined = is_broken.then(|| {
        let first = text.find('\u{FFFD}').unwrap_or_default();
        let line = text[..first].split('\n').count();
        let reason = format!("bytes on line {line} are not UTF-16 and are read as \u{FFFD}");
        Undefined { line, reason }
    });
    Decoded {
        text,
        undefined,
        is_legacy: false,
    }
}

/// Reads bytes as UTF-8, and those that are not UTF-8 as cp1252.
pub(crate) fn utf8_or_cp1252(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for &byte in chunk.invalid() {
            if is_undefined(byte) {
                text.push(char::REPLACEMENT_CHARACTER);
            } else {
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[byte]).0);
            }
        }
    }
    Cow::Owned(text)
}

/// Whether cp1252 has no character for a byte.
fn is_undefined(byte: u8) -> bool {
    matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D)
}

fn undefined(bytes: &[u8]) -> Option<Undefined> {
    let (mut at, mut first, mut count) = (0, None, 0);
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        for &byte in chunk.invalid() {
            if is_undefined(byte) {
                first = first.or(Some(at));
                count += 1;
            }
            at += 1;
        }
    }
    let first = first?;
    let line = bytes[..first].split(|&byte| byte == b'\n').count();
    let byte = bytes[first];
    let what = if count == 1 {
        "a byte that cp1252 does not define is".to_owned()
    } else {
        format!("{count} bytes that cp1252 does not define are")
    };
    let reason = format!("{what} read as \u{FFFD}; the first is 0x{byte:02X} on line {line}");
    Some(Undefined { line, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_utf16_and_cp1252() {
        for bytes in [
            "CMS’".as_bytes(),
            "\u{FEFF}CMS’".as_bytes(),
            b"CMS\x92",
            b"\xFF\xFEC\0M\0S\0\x19\x20",
            b"\xFE\xFF\0C\0M\0S\x20\x19",
            b"C\0M\0S\0\x19\x20",
            b"\0C\0M\0S\x20\x19",
        ] {
            let decoded = decode(bytes);
            assert_eq!(decoded.text, "CMS’");
            assert_eq!(decoded.undefined, None);
            assert_eq!(decoded.is_legacy, bytes == b"CMS\x92");
        }
        assert_eq!(decode(b"\xA0").text, "\u{A0}");
        assert_eq!(decode("é\u{2019} ".as_bytes()).text, "é’ ");
        assert_eq!(decode(b"\xC3\xA9 and \xE9").text, "é and é");
    }

    #[test]
    fn undefined_bytes_are_named() {
        let decoded = decode(b"one\ntw\x81o\n\x9D\xE9");
        assert_eq!(decoded.text, "one\ntw\u{FFFD}o\n\u{FFFD}é");
        let undefined = decoded.undefined.unwrap();
        assert_eq!(undefined.line, 2);
        assert_eq!(
            undefined.reason,
            "2 bytes that cp1252 does not define are read as \u{FFFD}; the first is 0x81 on line 2"
        );
        let half = decode(b"\xFF\xFEa\0\n\0\x00\xD8");
        assert_eq!(half.undefined.unwrap().line, 2);
    }
}
