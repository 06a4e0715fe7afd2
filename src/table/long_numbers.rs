//! Numbers of a JSON text that have more digits than a number of this program keeps.
//!
//! An id of a line is given back for a join, so no digit of it may be lost.

use std::borrow::Cow;

/// How many digits a floating-point number keeps.
const KEPT: usize = f64::DIGITS as usize;

/// A JSON text in which each number that would lose digits is a text of the same digits.
pub(crate) fn long_numbers_as_texts(text: &str) -> Cow<'_, str> {
    let (mut written, mut copied) = (String::new(), 0);
    let bytes = text.as_bytes();
    let (mut at, mut is_text) = (0, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if is_text => at += 1,
            b'"' => is_text = !is_text,
            b'-' | b'0'..=b'9' if !is_text => {
                let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
                let length = bytes[at..].iter().take_while(|byte| is_part(byte)).count();
                let number = &text[at..at + length];
                if length > KEPT && loses_digits(number) {
                    written += &text[copied..at];
                    written.extend(["\"", number, "\""]);
                    copied = at + length;
                }
                at += length;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    written += &text[copied..];
    Cow::Owned(written)
}

fn loses_digits(number: &str) -> bool {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.bytes().filter(u8::is_ascii_digit);
    let is_long = digits.skip_while(|digit| *digit == b'0').count() > KEPT;
    let read = serde_json::from_str::<serde_json::Number>(number);
    is_long && read.is_ok_and(|read| read.to_string() != number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_lose_digits_are_texts() {
        for (text, expected) in [
            ("{\"id\":18446744073709551615}", None),
            (
                "{\"id\":-9223372036854775808,\"x\":0.30000000000000004}",
                None,
            ),
            ("{\"id\":1.50,\"x\":[1e2,007,1e400]}", None),
            (
                "{\"id\":\"18446744073709551616 \\\" 18446744073709551616\"}",
                None,
            ),
            (
                "{\"id\":18446744073709551616,\"é\":[-12345678901234567890.5]}",
                Some("{\"id\":\"18446744073709551616\",\"é\":[\"-12345678901234567890.5\"]}"),
            ),
            ("0018446744073709551616", None),
            (
                "{\"id\":123456789012345678901",
                Some("{\"id\":\"123456789012345678901\""),
            ),
        ] {
            assert_eq!(long_numbers_as_texts(text), expected.unwrap_or(text));
        }
    }
}
