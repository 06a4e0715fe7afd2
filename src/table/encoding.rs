//! The bytes of a text become characters: UTF-8 where they are that, else cp1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// A text, and what of it could not be read.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) undefined: Option<Undefined>,
}

/// The bytes that cp1252 does not define; each is read as U+FFFD.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Undefined {
    /// The line of the first.
    pub(crate) line: usize,
    /// How many there are and which is the first.
    pub(crate) reason: String,
}

/// Reads the bytes as UTF-8, as UTF-16 behind a byte order mark, or as cp1252.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let whole = |text| Decoded {
        text,
        undefined: None,
    };
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[length..]);
        if !broken {
            return whole(text);
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return whole(Cow::Borrowed(text));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let undefined = undefined(bytes);
    let text = match undefined {
        // the decoder makes control characters of them
        Some(_) => Cow::Owned(text.replace(is_undefined, "\u{FFFD}")),
        None => text,
    };
    Decoded { text, undefined }
}

fn is_undefined(letter: char) -> bool {
    matches!(letter, '\u{81}' | '\u{8D}' | '\u{8F}' | '\u{90}' | '\u{9D}')
}

fn undefined(bytes: &[u8]) -> Option<Undefined> {
    let found = |byte: &u8| is_undefined(char::from(*byte));
    let first = bytes.iter().position(found)?;
    let count = bytes.iter().filter(|byte| found(byte)).count();
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
        ] {
            let decoded = decode(bytes);
            assert_eq!(decoded.text, "CMS’");
            assert_eq!(decoded.undefined, None);
        }
        assert_eq!(decode(b"\xA0").text, "\u{A0}");
    }

    #[test]
    fn undefined_bytes_are_told() {
        let decoded = decode(b"one\ntw\x81o\n\x9D\xE9");
        assert_eq!(decoded.text, "one\ntw\u{FFFD}o\n\u{FFFD}é");
        let undefined = decoded.undefined.unwrap();
        assert_eq!(undefined.line, 2);
        assert_eq!(
            undefined.reason,
            "2 bytes that cp1252 does not define are read as \u{FFFD}; the first is 0x81 on line 2"
        );
    }
}
