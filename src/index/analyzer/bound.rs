//! Whether a number of a text is a bound, by the sign or the words around it: `< 140`, `140 or less`,
//! `at least 140`.

use super::qualifier::Qualifiers;
use super::unit::unit;
use super::words::Span;

/// How many words may separate a bound from its number: `more than or equal to 5`.
const REACH: usize = 5;
/// Words between a number and the word that bounds it, next to the units of amounts.
const UNITS: [&str; 12] = [
    "sq", "in", "year", "years", "of", "age", "mm", "hg", "mmhg", "kg", "day", "days",
];

/// Whether a number is a bound, by the sign or the words around it.
pub(super) fn bound(text: &str, spans: &[Span], at: usize) -> Qualifiers {
    let before = text[..spans[at].start as usize].trim_end();
    let sign = before.trim_end_matches('=').trim_end().chars().next_back();
    match sign {
        Some('<' | '≤') => return Qualifiers::LESS,
        Some('>' | '≥') => return Qualifiers::MORE,
        _ => {}
    }
    for (back, span) in spans[..at].iter().rev().take(REACH).enumerate() {
        let word = span.word.as_str();
        if let Some(bound) = comparison(word) {
            // `Not less than 140` is 140 or more.
            let before = spans[..at - back - 1].last();
            let is_turned = before.is_some_and(|own| matches!(own.term.as_str(), "not" | "no"));
            return if is_turned { opposite(bound) } else { bound };
        }
        if !matches!(
            word,
            "than" | "or" | "equal" | "to" | "at" | "and" | "including" | "of"
        ) {
            break;
        }
    }
    let is_unit = |span: &&Span| unit(&span.word).is_some() || UNITS.contains(&span.word.as_str());
    let behind = spans[at + 1..].iter().take(REACH).skip_while(is_unit);
    let mut behind = behind.map(|span| span.word.as_str());
    match (behind.next(), behind.next()) {
        (Some("or" | "and"), Some(word)) => comparison(word).unwrap_or_default(),
        _ => Qualifiers::default(),
    }
}

/// The bound that a word of comparison makes of a number.
pub(super) fn comparison(word: &str) -> Option<Qualifiers> {
    Some(match word {
        "below" | "beneath" | "fewer" | "less" | "lower" | "max" | "maximum" | "most"
        | "shorter" | "smaller" | "under" | "up" | "within" | "younger" => Qualifiers::LESS,
        "above" | "bigger" | "exceed" | "exceeding" | "exceeds" | "greater" | "heavier"
        | "higher" | "larger" | "least" | "longer" | "min" | "minimum" | "more" | "older"
        | "over" | "wider" => Qualifiers::MORE,
        _ => return None,
    })
}

fn opposite(bound: Qualifiers) -> Qualifiers {
    if bound == Qualifiers::LESS {
        Qualifiers::MORE
    } else {
        Qualifiers::LESS
    }
}
