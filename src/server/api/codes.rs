//! `/api/v1/codes/{code}`: everything about a code.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::http::Uri;
use axum::response::Response;

use crate::codeset::Code;
use crate::search::Details;
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::state::State;

use super::day::day;

/// Everything about a code.
#[utoipa::path(
    get,
    operation_id = "getCode",
    path = "/api/v1/codes/{code}",
    params(
        ("code" = String, Path, description = "A procedure code or a modifier", example = "J1640"),
        ("as_of" = Option<String>, Query, format = Date, description = "The day asked for, `YYYY-MM-DD`; else today"),
    ),
    responses(
        (status = 200, description = "Its record, decoded", body = Details),
        (status = 400, description = "A parameter is wrong", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "No release that is indexed has it", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn code(
    Shared(state): Shared<Arc<State>>,
    Path(code): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    let answer = state.answer(&uri, move |searcher, uri| {
        let as_of = day("as_of", parameter::only(uri, "as_of")?.as_deref())?;
        let code = parse(&code)?;
        let details = searcher.details(code, as_of);
        details.ok_or_else(|| Problem::missing(format!("no release that is indexed has {code}")))
    });
    answer.await
}

/// Reads the code of a path.
pub(super) fn parse(text: &str) -> Result<Code, Problem> {
    text.parse().map_err(|why| {
        let shown: String = text.chars().take(40).collect();
        Problem::missing(format!("`{shown}` is {why}"))
    })
}
