//! `/api/v1/history/{code}`: the versions of a code over time.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::http::Uri;
use axum::response::Response;

use crate::codeset::Date;
use crate::search::CodeHistory;
use crate::server::http::problem::Problem;
use crate::server::http::{query_string as parameter, reply};
use crate::server::state::State;

use super::codes;

/// The versions of a code over time.
#[utoipa::path(
    get,
    operation_id = "getHistory",
    path = "/api/v1/history/{code}",
    params(("code" = String, Path, description = "A procedure code or a modifier", example = "J1640")),
    responses(
        (status = 200, description = "Its versions, each with what changed", body = CodeHistory),
        (status = 400, description = "A parameter is wrong", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "No release that is indexed has it", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn history(
    Shared(state): Shared<Arc<State>>,
    Path(code): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    parameter::none(&uri)?;
    let (searcher, today) = (state.searcher(), Date::today());
    let code = codes::parse(&code, &searcher, today)?;
    let missing = || Problem::missing(searcher.missing(code, today).to_string());
    let history = searcher.code_history(code).ok_or_else(missing)?;
    Ok(reply::json(&history))
}
