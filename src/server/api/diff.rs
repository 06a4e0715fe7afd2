//! `/api/v1/diff`: the changes between two indexed releases.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

use crate::search::{ChangesRequest, ChangesSummary, Searcher};
use crate::server::http::format::{AnswerFormat, CSV, with_notices};
use crate::server::http::problem::Problem;
use crate::server::http::{query_string as parameter, reply};
use crate::server::state::State;

use super::schema::{DiffAnswer, FilterParameters};
use super::search::is_choice;

/// The changes between two indexed releases.
///
/// Besides these parameters it takes the filters of a search: the old record or the new one must
/// pass. Lists take several values, separated by commas or as repeated parameters.
#[utoipa::path(
    get,
    operation_id = "diff",
    path = "/api/v1/diff",
    params(
        ("old" = String, Query, description = "The old release", example = "2025-10"),
        ("new" = String, Query, description = "The new release", example = "2026-01"),
        ("only" = Option<Vec<String>>, Query, description = "A watch-list: codes, patterns, ranges"),
        ("summary" = Option<bool>, Query, description = "Only how many codes and fields changed"),
        ("format" = inline(Option<AnswerFormat>), Query, description = "`json`, or `csv` with a row a code or field"),
        FilterParameters,
    ),
    responses(
        (status = 200, description = "The codes that changed, in lists", content(
            (DiffAnswer = "application/json"), (String = "text/csv"),
        )),
        (status = 400, description = "A parameter is wrong, or a release is not indexed",
            body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn diff(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Problem> {
    let (request, format) = read(&uri, &headers)?;
    let answer = state
        .compute(move |searcher, _| answer(searcher, &request, format))
        .await??;
    Ok(AnswerFormat::varied(answer))
}

fn read(uri: &Uri, headers: &HeaderMap) -> Result<(ChangesRequest, AnswerFormat), Problem> {
    let mut pairs = parameter::pairs(uri)?;
    let format = AnswerFormat::take(&mut pairs, headers)?;
    let is_own = |name: &str| matches!(name, "only" | "summary");
    parameter::refuse_blanks(uri, |name| is_own(name) || is_choice(name))?;
    let pairs = pairs.iter().map(|(name, value)| (&**name, &**value));
    let request = ChangesRequest::from_pairs(pairs)?;
    if request.summary && format == AnswerFormat::Csv {
        let detail = "there is no summary as CSV; leave out `summary`, or `format`";
        return Err(Problem::bad(detail));
    }
    Ok((request, format))
}

fn answer(
    searcher: &Searcher,
    request: &ChangesRequest,
    format: AnswerFormat,
) -> Result<Response, Problem> {
    let changes = searcher.changes_within(&request.old, &request.new, &request.within)?;
    if format == AnswerFormat::Json {
        return Ok(if request.summary {
            reply::json(&ChangesSummary::from(&changes))
        } else {
            reply::json(&changes)
        });
    }
    let mut table = Vec::new();
    let written = changes.write_csv(&mut table);
    written.map_err(|cause| {
        let detail = format!("the answer could not be written: {cause}");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    })?;
    let response = ([(header::CONTENT_TYPE, CSV)], table).into_response();
    Ok(with_notices(response, &changes.notices))
}
