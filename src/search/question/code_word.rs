//! One word of a list of codes: a code, a code with modifiers, a pattern, a range, or a number that
//! is not covered.

use crate::codeset::{Code, CodeSpan, Kind, ParseCodeError};

use super::code_item::{Asked, KnownCodes, ListItem};

/// The modifiers of CPT are numbers from 22 to 99.
const CPT_MODIFIERS: std::ops::RangeInclusive<u8> = 22..=99;
/// The maximum of letters of a code without a digit: a modifier.
const LONGEST_OF_LETTERS: usize = 2;
/// Letters that are misread or mistyped for a digit.
const LIKE_DIGITS: &str = "OoQIilLSsBZz";

/// The items in one word: a code, a code with modifiers, a pattern, a range, a number that is not
/// covered.
pub(crate) fn codes(
    text: &str,
    expects_modifier: bool,
    known: &impl KnownCodes,
) -> Option<Vec<ListItem>> {
    // Letters alone are a modifier at most.
    if text.len() > LONGEST_OF_LETTERS && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let one = |what| Some(vec![ListItem::new(text, what)]);
    match text.parse::<CodeSpan>() {
        Ok(span) if span.bounds().0 == span.bounds().1 => {
            let code: Code = text.parse().ok()?;
            let is_one = code.kind() == Kind::Procedure
                || known.has(span)
                || (expects_modifier && text.len() == 2);
            return is_one.then(|| vec![ListItem::new(text, Asked::Code(code))]);
        }
        Ok(span) => return one(Asked::Pattern(span)),
        Err(ParseCodeError::Backwards) => return one(Asked::Backwards),
        Err(why @ (ParseCodeError::Cpt | ParseCodeError::Cdt)) if text.len() == 5 => {
            return one(Asked::OutOfScope(why));
        }
        Err(_) => {}
    }
    if expects_modifier && is_cpt_modifier(text) {
        return one(Asked::CptModifier);
    }
    beginning(text, known)
        .or_else(|| with_dash(text))
        .or_else(|| with_modifiers(text, known))
}

/// `J16`: all codes with this prefix, if there are any.
fn beginning(text: &str, known: &impl KnownCodes) -> Option<Vec<ListItem>> {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let span: CodeSpan = format!("{text}*").parse().ok().filter(|_| has_digit)?;
    let is_one = known.has(span);
    is_one.then(|| vec![ListItem::new(text, Asked::Pattern(span))])
}

/// `J1600–J1699`, `J1600-1699`, `E0601-RR-KX`, `99213-25`.
fn with_dash(text: &str) -> Option<Vec<ListItem>> {
    let (first, rest) = text.split_once(['-', '–', '—', '―'])?;
    if let Some(what) = span(first, rest) {
        return Some(vec![ListItem::new(text, what)]);
    }
    let mut items = vec![ListItem::new(first, code_or_number(first)?)];
    for part in rest.split(['-', '–', '—', '―']) {
        items.push(ListItem::new(part, modifier(part)?));
    }
    Some(items)
}

/// `J1640JW`, `E0601RRKX`; each pair of letters is a modifier that a release has, or a number.
fn with_modifiers(text: &str, known: &impl KnownCodes) -> Option<Vec<ListItem>> {
    let is_glued = text.is_ascii() && text.len() > 5 && text.len() % 2 == 1;
    let (code, rest) = text.split_at_checked(5).filter(|_| is_glued)?;
    let mut items = vec![ListItem::new(code, code_or_number(code)?)];
    for at in (0..rest.len()).step_by(2) {
        let part = &rest[at..at + 2];
        let what = modifier(part)?;
        if matches!(what, Asked::Code(code) if !known.has(code.into())) {
            return None;
        }
        items.push(ListItem::new(part, what));
    }
    Some(items)
}

fn code_or_number(text: &str) -> Option<Asked> {
    match text.parse::<Code>() {
        Ok(code) if code.kind() == Kind::Procedure => Some(Asked::Code(code)),
        Err(why @ (ParseCodeError::Cpt | ParseCodeError::Cdt)) => Some(Asked::OutOfScope(why)),
        _ => None,
    }
}

fn modifier(text: &str) -> Option<Asked> {
    if is_cpt_modifier(text) {
        return Some(Asked::CptModifier);
    }
    let code: Code = text.parse().ok()?;
    (code.kind() == Kind::Modifier).then_some(Asked::Code(code))
}

/// The span of two ends; the second one may omit the letter.
pub(crate) fn span(first: &str, last: &str) -> Option<Asked> {
    let letter = first.get(..1)?;
    let last = if last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("{letter}{last}")
    } else {
        last.to_owned()
    };
    match (first.parse::<Code>(), last.parse::<Code>()) {
        (Ok(first), Ok(last)) => match format!("{first}-{last}").parse() {
            Ok(span) => Some(Asked::Pattern(span)),
            Err(ParseCodeError::Backwards) => Some(Asked::Backwards),
            Err(_) => None,
        },
        (Err(why), Err(other)) if why == other && why != ParseCodeError::NotACode => {
            Some(Asked::OutOfScope(why))
        }
        _ => None,
    }
}

fn is_cpt_modifier(text: &str) -> bool {
    let number = text.parse::<u8>();
    text.len() == 2 && number.is_ok_and(|number| CPT_MODIFIERS.contains(&number))
}

/// Whether a word resembles a code: a letter for a digit, one character too many or too few, a
/// hyphen inside, or letters behind a code that are no modifiers.
pub(crate) fn is_like_code(text: &str) -> bool {
    let is_digit = |char: char| char.is_ascii_digit() || LIKE_DIGITS.contains(char);
    let mut chars = text.chars();
    let is_number = |text: Option<&str>| {
        text.is_some_and(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let begins_as_code = text.starts_with(|char: char| char.is_ascii_alphabetic());
    let is_code = |text: &str| text.len() == 5 && is_number(text.get(1..));
    let behind = text.split_at_checked(5).filter(|(code, _)| is_code(code));
    let has_letters = behind.is_some_and(|(_, rest)| {
        matches!(rest.len(), 1..=2) && rest.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    let has_hyphen = || text.matches('-').count() == 1 && is_code(&text.replace('-', ""));
    if begins_as_code && (has_letters || has_hyphen()) {
        return true;
    }
    chars.next();
    begins_as_code
        && digits >= 2
        && matches!(text.len(), 4..=6)
        && (chars.all(is_digit) || (text.len() == 6 && is_number(text.get(2..))))
}
