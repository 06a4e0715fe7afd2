//! Splits a text into words, folded to lower case and, if possible, to ASCII.

use compact_str::CompactString;

use super::folded::{Folded, fold};
use super::inflection::fold_plural;

/// A word of a text.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    /// The word in lower case, without accents.
    pub(crate) word: CompactString,
    /// The word as it is indexed: a plural as its singular, `w/` as `with`.
    pub(crate) term: CompactString,
    /// First byte in the text.
    pub(crate) start: u32,
    /// The byte after the last.
    pub(crate) end: u32,
    /// Whether a punctuation mark separates it from the word before.
    pub(crate) after_mark: bool,
    /// Whether a hyphen joins the next word to this one.
    pub(crate) hyphen_after: bool,
}

/// The words of a text, in order.
pub(crate) fn spans(text: &str) -> Vec<Span> {
    let chars = fold(text);
    let mut spans: Vec<Span> = Vec::with_capacity(text.len() / 6 + 1);
    let (mut at, mut marked) = (0, false);
    while at < chars.len() {
        let end = word_end(&chars, at);
        if end == at {
            marked |= is_mark(chars[at].char);
            at += 1;
            continue;
        }
        let tied = at > 0 && chars[at - 1].char == '-';
        if let Some(before) = spans.last_mut().filter(|_| tied && !marked) {
            before.hyphen_after =
                before.end + chars[at - 1].end == chars[at].start + chars[at - 1].start;
        }
        spans.push(span(text, &chars[at..end], marked));
        (at, marked) = (end, false);
    }
    spans
}

fn span(text: &str, chars: &[Folded], after_mark: bool) -> Span {
    let (start, end) = (chars[0].start, chars[chars.len() - 1].end);
    let mut word = word(&text[start as usize..end as usize], chars);
    let numeric = word.starts_with(|char: char| char.is_ascii_digit() || char == '.');
    if let Some(decimals) = fraction(chars, 0).filter(|_| chars.len() == 3) {
        word = decimals.into();
    } else if numeric {
        word = number(&word);
    } else if word.contains('.') {
        word.retain(|char| char != '.');
    }
    let possessive = chars.len() > 2 && chars[chars.len() - 2].char == '\'';
    if possessive && word.ends_with('s') {
        word.pop();
    }
    let term = match word.as_str() {
        "w/" => "with".into(),
        "w/o" => "without".into(),
        _ => fold_plural(&word),
    };
    Span {
        word,
        term,
        start,
        end,
        after_mark,
        hyphen_after: false,
    }
}

/// A word in folded characters, without apostrophes.
fn word(written: &str, chars: &[Folded]) -> CompactString {
    if written.is_ascii() && !written.contains('\'') {
        let mut word = CompactString::from(written);
        word.make_ascii_lowercase();
        return word;
    }
    let letters = chars.iter().map(|folded| folded.char);
    letters.filter(|char| *char != '\'').collect()
}

/// The end of the word that begins at `from`; `from` itself if none does.
fn word_end(chars: &[Folded], from: usize) -> usize {
    let get = |at: usize| chars.get(at).map_or(' ', |folded| folded.char);
    let first = get(from);
    if first.is_ascii_digit() || (first == '.' && get(from + 1).is_ascii_digit()) {
        return number_end(chars, from);
    }
    if !first.is_alphanumeric() {
        return from;
    }
    if first == 'w' && get(from + 1) == '/' {
        let without = get(from + 2) == 'o' && !get(from + 3).is_alphanumeric();
        return if without { from + 3 } else { from + 2 };
    }
    let mut at = from;
    loop {
        at += 1;
        let (char, next) = (get(at), get(at + 1));
        let inner = char == '\'' && next.is_alphanumeric();
        // Letters with dots, as in `i.u.`, are one word.
        let stop = char == '.' && next.is_alphabetic() && at - from <= 6 && dotted(chars, from, at);
        if !(char.is_alphanumeric() || inner || stop) {
            return at;
        }
    }
}

/// Whether single letters and dots alternate between two indexes, and a single letter follows.
fn dotted(chars: &[Folded], from: usize, to: usize) -> bool {
    let get = |at: usize| chars.get(at).map_or(' ', |folded| folded.char);
    (from..to).all(|at| {
        if (at - from).is_multiple_of(2) {
            get(at).is_alphabetic()
        } else {
            get(at) == '.'
        }
    }) && (to - from) % 2 == 1
        && !get(to + 2).is_alphanumeric()
}

/// The decimal of a fraction that begins at an index and is not part of a longer series of numbers:
/// `1/2` may also be written `½`.
fn fraction(chars: &[Folded], from: usize) -> Option<&'static str> {
    let get = |at: usize| chars.get(at).map_or(' ', |folded| folded.char);
    let is_number = |char: char| char.is_ascii_digit() || matches!(char, '/' | '.' | ',');
    let is_apart = !is_number(get(from + 3))
        && from
            .checked_sub(1)
            .is_none_or(|before| !is_number(get(before)));
    if !is_apart {
        return None;
    }
    match (get(from), get(from + 1), get(from + 2)) {
        ('1', '/', '2') => Some("0.5"),
        ('1', '/', '4') => Some("0.25"),
        ('3', '/', '4') => Some("0.75"),
        _ => None,
    }
}

/// The end of a number: before its unit (`1mg`), after thousands, decimals and a percent sign, with
/// or without a blank before it (`0.9 %`).
fn number_end(chars: &[Folded], from: usize) -> usize {
    let get = |at: usize| chars.get(at).map_or(' ', |folded| folded.char);
    if fraction(chars, from).is_some() {
        return from + 3;
    }
    let mut at = from;
    loop {
        let (char, next) = (get(at), get(at + 1));
        let thousands = char == ','
            && (1..=3).all(|ahead| get(at + ahead).is_ascii_digit())
            && !get(at + 4).is_ascii_digit();
        if char.is_ascii_digit() || (char == '.' && next.is_ascii_digit()) || thousands {
            at += 1;
        } else {
            break;
        }
    }
    let blanks = chars.iter().skip(at);
    let sign = at
        + blanks
            .take_while(|folded| folded.char.is_whitespace())
            .count();
    if get(sign) == '%' {
        return sign + 1;
    }
    let letters = (at..chars.len())
        .take_while(|at| get(*at).is_alphanumeric())
        .count();
    let is_unit = || {
        let tail: CompactString = (at..at + letters).map(get).collect();
        super::unit::unit(&tail).is_some()
    };
    if letters == 0 || is_unit() {
        at
    } else {
        at + letters
    }
}

/// A number without thousands separators, leading dot or trailing zeros: `1,000`, `.5`, `5.0`.
fn number(text: &str) -> CompactString {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.into();
    }
    let mut text = text.replace(',', "");
    if text.starts_with('.') {
        text.insert(0, '0');
    }
    let percent = text.ends_with('%');
    let digits = text.trim_end_matches('%').trim_end();
    let plain = match digits.split_once('.') {
        Some((whole, decimals)) if decimals.bytes().all(|byte| byte.is_ascii_digit()) => {
            let decimals = decimals.trim_end_matches('0');
            if decimals.is_empty() {
                whole.to_owned()
            } else {
                format!("{whole}.{decimals}")
            }
        }
        _ => digits.to_owned(),
    };
    if percent { plain + "%" } else { plain }.into()
}

fn is_mark(char: char) -> bool {
    matches!(char, ',' | ';' | ':' | '(' | ')' | '[' | ']')
}
