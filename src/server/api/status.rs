//! `/api/v1/status`: what is indexed, from which files.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;

use crate::index::IndexStatus;
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::http::reply;
use crate::server::state::State;

/// What is indexed, from which files; only file names, without folders.
#[utoipa::path(
    get,
    operation_id = "getStatus",
    path = "/api/v1/status",
    responses((status = 200, description = "The manifest of the index", body = IndexStatus))
)]
pub(super) async fn status(
    Shared(state): Shared<Arc<State>>,
    uri: Uri,
) -> Result<Response, Problem> {
    parameter::none(&uri)?;
    let manifest = state.searcher().manifest().without_folders();
    Ok(reply::json(&IndexStatus::new(manifest)))
}
