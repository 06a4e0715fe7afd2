//! Parses the query string into words, phrases and exclusions.

use crate::error::{Error, Result};

use super::code_left_out::{codes_left_out, names_a_code};

/// The maximum of characters of a question.
pub(crate) const LONGEST: usize = 4_000;

/// What stands for a quotation mark that means inches; no word has it.
pub(crate) const INCHES: char = '″';

/// A part of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Clause {
    /// Optional words.
    Words(String),
    /// A required phrase.
    Phrase(String),
    /// Excluded words; several are a phrase.
    Not(String),
}

/// Parses a question. A quote that is never closed is text.
pub(crate) fn clauses(text: &str) -> Result<Vec<Clause>> {
    let length = text.chars().count();
    if length > LONGEST {
        let reason = format!("the query has {length} characters; ask with at most {LONGEST}");
        return Err(Error::query(reason));
    }
    let mut clauses = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    // In a descriptor in capitals, `NOT` is a word.
    let knows_not = text.contains("NOT ") && text.chars().any(char::is_lowercase);
    let has_code = names_a_code(text);
    while let Some(char) = rest.chars().next() {
        let behind = &rest[char.len_utf8()..];
        let before = words.chars().next_back();
        let at_start = before.is_none_or(char::is_whitespace);
        let quoted = |text: &str| text.split_once('"').map(|(inner, _)| inner.len());
        // After a digit or a letter, a quotation mark means inches.
        if char == '"' {
            let opens = !before.is_some_and(char::is_alphanumeric);
            if let Some(length) = quoted(behind).filter(|_| opens) {
                flush(&mut words, &mut clauses);
                clauses.push(Clause::Phrase(behind[..length].to_owned()));
                rest = &behind[length + 1..];
                continue;
            }
            words.push(INCHES);
            rest = behind;
            continue;
        }
        let begins = at_start || before.is_some_and(|char| "(,;[".contains(char));
        if has_code
            && begins
            && let Some((codes, behind)) = codes_left_out(rest)
        {
            clauses.extend(codes.into_iter().map(Clause::Not));
            rest = behind;
            continue;
        }
        let left_out = match char {
            '-' | '–' | '—' | '―' if at_start => left_out_by_sign(rest),
            'N' if at_start && knows_not => left_out_by_name(rest),
            _ => None,
        };
        if let Some((left_out, behind)) = left_out {
            clauses.push(Clause::Not(left_out.to_owned()));
            rest = behind;
            continue;
        }
        words.push(char);
        rest = behind;
    }
    flush(&mut words, &mut clauses);
    Ok(clauses)
}

/// The word or phrase that a minus at the start of a text excludes, and the rest. A word processor
/// makes a dash of it, and some type two.
fn left_out_by_sign(text: &str) -> Option<(&str, &str)> {
    let named = text.trim_start_matches(['-', '–', '—', '―']);
    if let Some(quoted) = named.strip_prefix('"') {
        return quoted.split_once('"');
    }
    if let Some(inner) = named.strip_prefix('(') {
        return inner.split_once(')');
    }
    let end = named.find(char::is_whitespace).unwrap_or(named.len());
    let is_word = named.starts_with(char::is_alphanumeric);
    is_word.then(|| named.split_at(end))
}

/// The word or phrase that `NOT` at the start of a text excludes, and the rest.
fn left_out_by_name(text: &str) -> Option<(&str, &str)> {
    let behind = text.strip_prefix("NOT")?;
    let named = behind.trim_start();
    if named.len() == behind.len() {
        return None;
    }
    if let Some(quoted) = named.strip_prefix('"') {
        return quoted.split_once('"');
    }
    let end = named.find(char::is_whitespace).unwrap_or(named.len());
    let is_word = named.starts_with(char::is_alphanumeric);
    is_word.then(|| named.split_at(end))
}

fn flush(words: &mut String, clauses: &mut Vec<Clause>) {
    let text = std::mem::take(words);
    if !text.trim().is_empty() {
        clauses.push(Clause::Words(text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_fall_into_clauses() {
        let words = |text: &str| Clause::Words(text.into());
        let phrase = |text: &str| Clause::Phrase(text.into());
        let not = |text: &str| Clause::Not(text.into());
        #[rustfmt::skip]
        let cases = [
            ("power wheelchair", vec![words("power wheelchair")]),
            ("\"power wheelchair\" seat", vec![phrase("power wheelchair"), words(" seat")]),
            ("dolasetron -oral", vec![not("oral"), words("dolasetron ")]),
            ("x -\"not this\" y", vec![not("not this"), words("x  y")]),
            ("dolasetron NOT oral", vec![not("oral"), words("dolasetron ")]),
            ("walker NOT \"with wheels\" x", vec![not("with wheels"), words("walker  x")]),
            ("walker –wheels x", vec![not("wheels"), words("walker  x")]),
            ("walker —wheels", vec![not("wheels"), words("walker ")]),
            ("--wheels walker", vec![not("wheels"), words(" walker")]),
            ("-(wheels) walker", vec![not("wheels"), words(" walker")]),
            ("walker -E014*", vec![not("E014*"), words("walker ")]),
            ("walker – wheels", vec![words("walker – wheels")]),
            ("4\"x4\" pad", vec![words("4″x4″ pad")]),
            ("DFIB NOT SNG", vec![words("DFIB NOT SNG")]),
            ("walker not wheels", vec![words("walker not wheels")]),
            ("ketorolac not J1885", vec![not("J1885"), words("ketorolac ")]),
            ("not j18*, ketorolac", vec![not("j18*"), words(", ketorolac")]),
            ("KETOROLAC NOT J1885", vec![not("J1885"), words("KETOROLAC ")]),
            ("catheter w/o A4351", vec![words("catheter w/o A4351")]),
            ("bed other than E0250.", vec![not("E0250"), words("bed ."),]),
            ("walker (except for E0130 and E0135)", vec![not("E0130"), not("E0135"), words("walker ()")]),
            ("walker excluding E0130, E0135 or wheels", vec![not("E0130"), not("E0135"), words("walker  or wheels")]),
            ("walker excl. E0130 - 0135 x", vec![not("E0130-0135"), words("walker  x")]),
            ("supplies but not A7030", vec![not("A7030"), words("supplies ")]),
            ("hcpcs no. J1885", vec![words("hcpcs no. J1885")]),
            ("without wheels", vec![words("without wheels")]),
            ("not jw", vec![words("not jw")]),
            ("walker NOT", vec![words("walker NOT")]),
            ("walker NOT ", vec![words("walker NOT ")]),
            ("walker KNOT tied", vec![words("walker KNOT tied")]),
            ("NOT oral x", vec![not("oral"), words(" x")]),
            ("non-sterile", vec![words("non-sterile")]),
            ("\"never closed", vec![words("″never closed")]),
            ("- -", vec![words("- -")]),
            ("\"((", vec![words("″((")]),
            ("", vec![]),
        ];
        for (text, expected) in cases {
            assert_eq!(clauses(text).unwrap(), expected, "{text}");
        }
        assert!(clauses(&"x".repeat(LONGEST + 1)).is_err());
    }
}
