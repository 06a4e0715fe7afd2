//! The query string of a request as names and values; undecodable ones are refused.

use std::borrow::Cow;

use axum::http::{StatusCode, Uri};
use percent_encoding::percent_decode_str;

use super::problem::Problem;
use crate::codeset::Date;
use crate::error::{cannot_be, excerpt};

/// The length limit of a query string, in bytes.
const LONGEST: usize = 16 << 10;

/// A name and its value.
pub(crate) type Pair<'q> = (Cow<'q, str>, Cow<'q, str>);

/// The parameters of a request, in order.
pub(crate) fn pairs(uri: &Uri) -> Result<Vec<Pair<'_>>, Problem> {
    let query = uri.query().unwrap_or_default();
    if query.len() > LONGEST {
        let length = query.len();
        let detail = format!("the query string has {length} bytes; send at most {LONGEST}");
        return Err(Problem::new(StatusCode::URI_TOO_LONG, detail));
    }
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decode(name)?, decode(value)?))
        })
        .collect()
}

/// Refuses parameters without a value, as `name=`, if `wants` one: the client has lost the value,
/// and would not notice that the answer is to another question.
pub(crate) fn refuse_blanks(uri: &Uri, wants: impl Fn(&str) -> bool) -> Result<(), Problem> {
    let parts = uri.query().unwrap_or_default().split('&');
    for (name, value) in parts.filter_map(|part| part.split_once('=')) {
        let name = decode(name)?.trim().to_ascii_lowercase().replace('-', "_");
        if decode(value)?.trim().is_empty() && wants(&name) {
            let detail = format!("`{name}` has no value; give one, or leave it out");
            return Err(Problem::bad(detail));
        }
    }
    Ok(())
}

/// The value of the only allowed parameter, if it is there.
pub(crate) fn only<'q>(uri: &'q Uri, name: &str) -> Result<Option<Cow<'q, str>>, Problem> {
    let mut value = None;
    for (other, given) in pairs(uri)? {
        if other != name {
            return Err(unknown(&other, name));
        }
        if value.replace(given).is_some() {
            return Err(twice(name));
        }
    }
    Ok(value)
}

/// Refuses any parameter.
pub(crate) fn none(uri: &Uri) -> Result<(), Problem> {
    match pairs(uri)?.first() {
        None => Ok(()),
        Some((name, _)) => Err(unknown(name, "none")),
    }
}

/// The error for an unknown parameter, with the known ones.
pub(crate) fn unknown(name: &str, known: &str) -> Problem {
    let name = excerpt(name);
    Problem::bad(format!("there is no parameter `{name}`; there is {known}"))
}

/// The error for a repeated parameter.
pub(crate) fn twice(name: &str) -> Problem {
    Problem::bad(format!("`{name}` is given twice; give it once"))
}

pub(super) fn decode(text: &str) -> Result<Cow<'_, str>, Problem> {
    if !text.contains(['%', '+']) {
        return Ok(Cow::Borrowed(text));
    }
    let plain: Cow<'_, str> = if text.contains('+') {
        text.replace('+', " ").into()
    } else {
        text.into()
    };
    let is_hex = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_hexdigit());
    let whole = plain.split('%').skip(1).all(|behind| {
        let mut bytes = behind.bytes();
        is_hex(bytes.next()) && is_hex(bytes.next())
    });
    let decoded = percent_decode_str(&plain).decode_utf8();
    match decoded {
        Ok(decoded) if whole => Ok(Cow::Owned(decoded.into_owned())),
        _ => {
            let shown = excerpt(text);
            Err(Problem::bad(format!(
                "`{shown}` is not percent-encoded UTF-8; write `%` as `%25`"
            )))
        }
    }
}

/// Refuses a day that is written without a value, which would be answered for today.
pub(crate) fn refuse_blank_day(uri: &Uri) -> Result<(), Problem> {
    refuse_blanks(uri, |name| name == "as_of")
}

/// Reads a day; a missing or blank one means today.
pub(crate) fn day(name: &str, text: Option<&str>) -> Result<Option<Date>, Problem> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    text.parse()
        .map(Some)
        .map_err(|_| Problem::bad(cannot_be(name, text, "a day, `YYYY-MM-DD`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(query: &str) -> Option<Vec<(String, String)>> {
        let uri: Uri = format!("/x?{query}").parse().unwrap();
        let pairs = pairs(&uri).ok()?;
        let owned = pairs
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()));
        Some(owned.collect())
    }

    #[test]
    fn names_and_values() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        for (query, expected) in [
            ("", Some(vec![])),
            ("a=1&b", Some(vec![pair("a", "1"), pair("b", "")])),
            ("q=a+b%20c%2B", Some(vec![pair("q", "a b c+")])),
            ("&&q=%C3%A9&", Some(vec![pair("q", "é")])),
            ("q=a=b", Some(vec![pair("q", "a=b")])),
            ("q=%zz", None),
            ("q=%4", None),
            ("q=100%", None),
            ("q=%ff", None),
        ] {
            assert_eq!(decoded(query), expected, "{query}");
        }
        assert_eq!(decoded(&"x".repeat(LONGEST + 1)), None);
    }

    #[test]
    fn one_parameter_or_none() {
        let uri = |text: &str| text.parse::<Uri>().unwrap();
        assert_eq!(
            only(&uri("/x?as_of=1"), "as_of").unwrap().as_deref(),
            Some("1")
        );
        assert_eq!(only(&uri("/x"), "as_of"), Ok(None));
        assert!(only(&uri("/x?as_of=1&as_of=2"), "as_of").is_err());
        assert!(only(&uri("/x?day=1"), "as_of").is_err());
        assert!(none(&uri("/x?")).is_ok());
        assert!(none(&uri("/x?y=1")).is_err());
    }
}
