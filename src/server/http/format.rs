//! `AnswerFormat`: JSON or CSV, by the parameter `format` or by `Accept`.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode, utf8_percent_encode};
use utoipa::ToSchema;

use super::problem::Problem;
use super::query_string::{self, Pair};
use crate::error::cannot_be;
use crate::export::csv_line;

pub(crate) const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8");
const ACCEPT: HeaderValue = HeaderValue::from_static("accept");

/// The format of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub(crate) enum AnswerFormat {
    #[default]
    Json,
    Csv,
}

impl AnswerFormat {
    /// The requested format; the parameter `format`, which is removed, takes precedence over
    /// `Accept`.
    pub(crate) fn take(pairs: &mut Vec<Pair<'_>>, headers: &HeaderMap) -> Result<Self, Problem> {
        let mut given = None;
        for (name, value) in pairs.extract_if(.., |(name, _)| name == "format") {
            let format = match &*value {
                "json" => Self::Json,
                "csv" => Self::Csv,
                other => {
                    return Err(Problem::bad(cannot_be("format", other, "`json` or `csv`")));
                }
            };
            if given.replace(format).is_some() {
                return Err(query_string::twice(&name));
            }
        }
        Ok(given.unwrap_or_else(|| Self::accepted(headers)))
    }

    /// The format that a client prefers; by default JSON.
    fn accepted(headers: &HeaderMap) -> Self {
        let lists = headers.get_all(header::ACCEPT).iter();
        let ranges = lists.filter_map(|list| list.to_str().ok());
        let (mut csv, mut json) = (0.0, 0.0);
        for range in ranges.flat_map(|list| list.split(',')) {
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
            let weight: f32 = weight.unwrap_or(1.0);
            match kind.as_str() {
                "text/csv" => csv = weight.max(csv),
                "application/json" | "application/*" | "*/*" => json = weight.max(json),
                _ => {}
            }
        }
        if csv > json { Self::Csv } else { Self::Json }
    }

    /// Adds the header that other clients may get another format.
    pub(crate) fn varied(mut response: Response) -> Response {
        response.headers_mut().append(header::VARY, ACCEPT);
        response
    }
}

/// A table as a response. Its last column has the notices, which stand in headers too; if there is
/// no row, they are one.
pub(crate) fn table<R: IntoIterator<Item: AsRef<str>>>(
    rows: impl IntoIterator<Item = R>,
    notices: &[String],
) -> Result<Response, Problem> {
    let notice = notices.join("; ");
    let (mut text, mut lines) = (String::new(), 0);
    let mut add = |cells: &[&str], last: &str| -> Result<(), Problem> {
        let line = csv_line(cells.iter().copied().chain([last]));
        text += &line.map_err(|_| Problem::failed())?;
        text.push('\n');
        Ok(())
    };
    let mut columns = 0;
    for row in rows {
        let cells: Vec<R::Item> = row.into_iter().collect();
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        add(&cells, if lines == 0 { "notice" } else { &notice })?;
        columns = cells.len();
        lines += 1;
    }
    if lines == 1 && !notice.is_empty() {
        add(&vec![""; columns], &notice)?;
    }
    let response = ([(header::CONTENT_TYPE, CSV)], text).into_response();
    Ok(with_notices(response, notices))
}

/// The header of a notice.
const NOTICE: &str = "hcpcs-notice";

/// What a header cannot carry through every client besides what is not ASCII, and the sign that
/// marks what stands for it.
const ESCAPED: &AsciiSet = &CONTROLS.add(b'%');

/// Adds notices as headers, percent-encoded, for a format without a place for them: a notice may
/// quote any text that was asked.
pub(crate) fn with_notices(mut response: Response, notices: &[String]) -> Response {
    for notice in notices {
        let encoded = utf8_percent_encode(notice, ESCAPED).to_string();
        if let Ok(value) = HeaderValue::try_from(encoded) {
            response.headers_mut().append(NOTICE, value);
        }
    }
    response
}

/// The notices that the headers of a response state.
pub(crate) fn notices_of(response: &Response) -> Vec<String> {
    let stated = response.headers().get_all(NOTICE).iter();
    let decoded = stated.map(|own| percent_decode(own.as_bytes()).decode_utf8_lossy());
    decoded.map(std::borrow::Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_readable_in_every_client() {
        let said = ["5 % of é", "two\nlines", "J1640"].map(str::to_owned);
        let answer = with_notices(Response::default(), &said);
        let values = answer.headers().get_all(NOTICE).iter();
        let read: Vec<&str> = values.map(|value| value.to_str().unwrap()).collect();
        assert_eq!(read, ["5 %25 of %C3%A9", "two%0Alines", "J1640"]);
        assert_eq!(notices_of(&answer), said);
    }

    #[test]
    fn what_a_client_accepts() {
        for (accept, expected) in [
            ("", AnswerFormat::Json),
            ("*/*", AnswerFormat::Json),
            ("text/csv", AnswerFormat::Csv),
            ("TEXT/CSV;charset=utf-8", AnswerFormat::Csv),
            ("text/csv, */*;q=0.1", AnswerFormat::Csv),
            ("text/csv;q=0.5, application/json", AnswerFormat::Json),
            ("application/json, text/csv", AnswerFormat::Json),
            ("text/csv;q=0", AnswerFormat::Json),
            ("text/html, text/csv;q=0.9, */*;q=0.8", AnswerFormat::Csv),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            assert_eq!(AnswerFormat::accepted(&headers), expected, "{accept}");
        }
    }
}
