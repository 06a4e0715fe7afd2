//! Splits words written together: `PER10MGIJ` is `PER 10 MG IJ`.

use std::borrow::Cow;

use crate::codeset::Code;
use crate::index::analyzer::unit::unit;

/// A text in which letters and digits of unknown words are separated.
pub(super) fn apart(text: &str, is_known: impl Fn(&str) -> bool) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut made: Option<String> = None;
    let mut copied = 0;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() && in_run(bytes, at) {
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        if let Some(parts) = parts(&text[start..at], &is_known) {
            let made = made.get_or_insert_default();
            made.push_str(&text[copied..start]);
            made.push_str(&parts);
            copied = at;
        }
    }
    match made {
        Some(mut made) => {
            made.push_str(&text[copied..]);
            Cow::Owned(made)
        }
        None => Cow::Borrowed(text),
    }
}

fn in_run(bytes: &[u8], at: usize) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let byte = bytes[at];
    byte.is_ascii_alphanumeric()
        || (matches!(byte, b'.' | b',')
            && digit(Some(at + 1))
            && at > 0
            && (digit(at.checked_sub(1)) || (byte == b'.' && bytes[at - 1].is_ascii_alphabetic())))
}

fn parts(run: &str, is_known: &impl Fn(&str) -> bool) -> Option<String> {
    let mut pieces: Vec<&str> = Vec::new();
    let is_letter = |byte: u8| byte.is_ascii_alphabetic();
    let bytes = run.as_bytes();
    let mut start = 0;
    for at in 1..bytes.len() {
        if is_letter(bytes[at]) != is_letter(bytes[at - 1]) {
            pieces.push(&run[start..at]);
            start = at;
        }
    }
    pieces.push(&run[start..]);
    if pieces.len() < 2 {
        return None;
    }
    let lower = run.to_ascii_lowercase();
    if is_known(&lower) || run.parse::<Code>().is_ok() {
        return None;
    }
    if pieces.len() == 2 && !is_letter(bytes[0]) && unit(&pieces[1].to_ascii_lowercase()).is_some()
    {
        return None;
    }
    let mut made = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let after_number = at > 0 && is_letter(piece.as_bytes()[0]);
        let cut = if after_number {
            unit_before(piece, is_known)
        } else {
            0
        };
        for part in [&piece[..cut], &piece[cut..]] {
            if !part.is_empty() {
                if !made.is_empty() {
                    made.push(' ');
                }
                made.push_str(part);
            }
        }
    }
    Some(made)
}

/// The number of letters of a unit that follows a number directly and precedes another word.
fn unit_before(piece: &str, is_known: &impl Fn(&str) -> bool) -> usize {
    let lower = piece.to_ascii_lowercase();
    if unit(&lower).is_some() || is_known(&lower) {
        return 0;
    }
    (1..lower.len().saturating_sub(1))
        .rev()
        .find(|cut| unit(&lower[..*cut]).is_some() && is_known(&lower[*cut..]))
        .unwrap_or(0)
}
