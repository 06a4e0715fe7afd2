//! What a user typed, taken apart: words, phrases, words left out, codes.

use crate::codeset::{Code, CodeSpan, ParseCodeError};
use crate::error::{Error, Result};

/// The longest question that is read, in characters.
pub(crate) const LONGEST: usize = 4_000;

/// A part of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Clause {
    /// Words that an answer should have.
    Words(String),
    /// Words that an answer must have, one behind another.
    Phrase(String),
    /// Words that no answer has; one behind another where there are several.
    Not(String),
}

/// Takes a question apart. A quote that is never closed is text.
pub(crate) fn clauses(text: &str) -> Result<Vec<Clause>> {
    let length = text.chars().count();
    if length > LONGEST {
        let reason = format!("the query has {length} characters; ask with at most {LONGEST}");
        return Err(Error::query(reason));
    }
    let mut clauses = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let behind = &rest[char.len_utf8()..];
        let at_start = words.chars().next_back().is_none_or(char::is_whitespace);
        let quoted = |text: &str| text.split_once('"').map(|(inner, _)| inner.len());
        match char {
            // Behind a digit or a letter it is a mark of inches.
            '"' => {
                let opens = !words.chars().next_back().is_some_and(char::is_alphanumeric);
                if let Some(length) = quoted(behind).filter(|_| opens) {
                    flush(&mut words, &mut clauses);
                    clauses.push(Clause::Phrase(behind[..length].to_owned()));
                    rest = &behind[length + 1..];
                    continue;
                }
                words.push(' ');
            }
            '-' if at_start && behind.starts_with('"') && quoted(&behind[1..]).is_some() => {
                let length = quoted(&behind[1..]).unwrap_or(0);
                clauses.push(Clause::Not(behind[1..=length].to_owned()));
                rest = &behind[length + 2..];
                continue;
            }
            '-' if at_start && behind.starts_with(char::is_alphanumeric) => {
                let length = behind.find(char::is_whitespace).unwrap_or(behind.len());
                clauses.push(Clause::Not(behind[..length].to_owned()));
                rest = &behind[length..];
                continue;
            }
            _ => words.push(char),
        }
        rest = behind;
    }
    flush(&mut words, &mut clauses);
    Ok(clauses)
}

fn flush(words: &mut String, clauses: &mut Vec<Clause>) {
    let text = std::mem::take(words);
    if !text.trim().is_empty() {
        clauses.push(Clause::Words(text));
    }
}

/// A question that is nothing but codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Codes {
    /// Codes, patterns and ranges in the order asked.
    Spans(Vec<CodeSpan>),
    /// A number of a code set that is not covered, or a range that runs backwards.
    NotCovered(ParseCodeError),
}

/// The codes of a question that is nothing but codes: `J1640`, `j1640 j1597`, `J16*`,
/// `J1600-J1699`, `E0601 RR`, `HC:E0601:RR`. `exists` tells whether a modifier exists,
/// so that a word of two letters is a word.
pub(crate) fn codes(text: &str, exists: impl Fn(Code) -> bool) -> Option<Codes> {
    if text.len() > LONGEST {
        return None;
    }
    let parts = text.split(|char: char| char.is_whitespace() || matches!(char, ',' | ';' | ':'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let parts = match parts.as_slice() {
        ["HC" | "hc", behind @ ..] if !behind.is_empty() => behind,
        all => all,
    };
    let mut spans = Vec::with_capacity(parts.len());
    for part in parts {
        match (part.parse::<CodeSpan>(), part.split_once('-')) {
            (Ok(span), _) => spans.push(span),
            (Err(why @ (ParseCodeError::Cpt | ParseCodeError::Cdt)), None) if parts.len() == 1 => {
                return Some(Codes::NotCovered(why));
            }
            (Err(why @ ParseCodeError::Backwards), _) if parts.len() == 1 => {
                return Some(Codes::NotCovered(why));
            }
            (Err(ParseCodeError::NotACode), Some((code, modifier))) => {
                let (code, modifier): (Code, Code) = (code.parse().ok()?, modifier.parse().ok()?);
                spans.extend([CodeSpan::from(code), CodeSpan::from(modifier)]);
            }
            _ => return None,
        }
    }
    let is_code = |span: &CodeSpan| span.kind() == crate::codeset::Kind::Procedure;
    let modifiers_exist = || parts.iter().all(|part| part.parse().is_ok_and(&exists));
    let plain = spans.iter().any(is_code) || (!spans.is_empty() && modifiers_exist());
    plain.then_some(Codes::Spans(spans))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_fall_into_clauses() {
        let words = |text: &str| Clause::Words(text.into());
        let phrase = |text: &str| Clause::Phrase(text.into());
        let not = |text: &str| Clause::Not(text.into());
        for (text, expected) in [
            ("power wheelchair", vec![words("power wheelchair")]),
            (
                "\"power wheelchair\" seat",
                vec![phrase("power wheelchair"), words(" seat")],
            ),
            ("dolasetron -oral", vec![not("oral"), words("dolasetron ")]),
            ("x -\"not this\" y", vec![not("not this"), words("x  y")]),
            ("non-sterile", vec![words("non-sterile")]),
            ("\"never closed", vec![words(" never closed")]),
            ("- -", vec![words("- -")]),
            ("\"((", vec![words(" ((")]),
            ("", vec![]),
        ] {
            assert_eq!(clauses(text).unwrap(), expected, "{text}");
        }
        assert!(clauses(&"x".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn what_is_nothing_but_codes() {
        let spans = |text: &str| match codes(text, |code| code.as_str() == "JW") {
            Some(Codes::Spans(spans)) => spans.len(),
            Some(Codes::NotCovered(_)) => 100,
            None => 0,
        };
        for (text, count) in [
            ("J1640", 1),
            ("j1640, j1597", 2),
            ("J16*", 1),
            ("J1600-J1699", 1),
            ("E0601 RR", 2),
            ("E0601-RR", 2),
            ("HC:J1640:JW", 2),
            ("jw", 1),
            ("iv", 0),
            ("in of", 0),
            ("J1640 hemin", 0),
            ("hemin", 0),
            ("99213", 100),
            ("J1699-J1600", 100),
            ("", 0),
        ] {
            assert_eq!(spans(text), count, "{text}");
        }
    }
}
