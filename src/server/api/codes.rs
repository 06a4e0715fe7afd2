//! `/api/v1/codes/{code}`: everything about a code.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use crate::codeset::{Code, Date, ParseCodeError};
use crate::error::excerpt;
use crate::search::{Details, Searcher};
use crate::server::http::format::{AnswerFormat, table};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::state::State;

use crate::server::http::query_string::{day, refuse_blank_day};

/// Everything about a code.
#[utoipa::path(
    get,
    operation_id = "getCode",
    path = "/api/v1/codes/{code}",
    params(
        ("code" = String, Path, description = "A procedure code or a modifier", example = "J1640"),
        ("as_of" = Option<String>, Query, format = Date, description = "The day asked for, `YYYY-MM-DD`; else today"),
        ("format" = inline(Option<AnswerFormat>), Query,
            description = "`json`, or `csv` with a row a value of the record; else what `Accept` asks for"),
    ),
    responses(
        (status = 200, description = "Its record, decoded", content(
            (Details = "application/json"), (String = "text/csv"),
        )),
        (status = 400, description = "A parameter is wrong", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "No release that is indexed has it", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn code(
    Shared(state): Shared<Arc<State>>,
    Path(code): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Problem> {
    let format = AnswerFormat::take(&mut parameter::pairs(&uri)?, &headers)?;
    let answer = match format {
        AnswerFormat::Json => {
            let details = move |searcher: &Searcher, uri: &Uri| details(searcher, &code, uri);
            state.answer(&uri, details).await?
        }
        AnswerFormat::Csv => csv(&details(&state.searcher(), &code, &uri)?)?,
    };
    Ok(AnswerFormat::varied(answer))
}

fn details(searcher: &Searcher, code: &str, uri: &Uri) -> Result<Details, Problem> {
    refuse_blank_day(uri)?;
    let mut as_of = None;
    for (name, value) in parameter::pairs(uri)? {
        match &*name {
            "as_of" if as_of.is_none() => as_of = Some(value),
            "as_of" => return Err(parameter::twice(&name)),
            "format" => {}
            other => return Err(parameter::unknown(other, "as_of, format")),
        }
    }
    let as_of = day("as_of", as_of.as_deref())?;
    let day = as_of.unwrap_or_else(Date::today);
    let code = parse(code, searcher, day)?;
    let details = searcher.details(code, as_of);
    details.ok_or_else(|| Problem::missing(searcher.missing(code, day).to_string()))
}

/// A row for each value of the record.
fn csv(details: &Details) -> Result<Response, Problem> {
    let head = [
        "code", "as_of", "status", "release", "field", "alias", "value", "meaning",
    ];
    let mut rows = vec![head.map(str::to_owned)];
    for field in &details.fields {
        rows.push([
            details.code.to_string(),
            details.as_of.to_string(),
            details.status.name().to_owned(),
            details.release.clone(),
            field.name.to_owned(),
            field.alias.to_owned(),
            field.value.clone(),
            field.meaning.clone().unwrap_or_default(),
        ]);
    }
    let age = Some(&details.age).filter(|age| age.is_notable());
    let age = age.map(|age| age.text.clone());
    let scope = details.release_scope.iter();
    let scope = scope.map(|scope| format!("release {}: {scope}", details.release));
    let notices: Vec<String> = scope.chain(age).chain(details.unclear.clone()).collect();
    table(rows, &notices)
}

/// Parses the code in a path.
pub(super) fn parse(text: &str, searcher: &Searcher, day: Date) -> Result<Code, Problem> {
    text.parse().map_err(|why: ParseCodeError| {
        let (shown, nearest) = (excerpt(text), searcher.nearest_in_words(text, day));
        Problem::missing(format!("`{shown}` is {}{nearest}", why.of(text)))
    })
}
