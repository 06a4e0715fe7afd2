//! `/api/v1/batch`: a question a line, an answer a line.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;

use crate::search::{Answer, BatchOptions, QueryRequest};
use crate::server::http::problem::Problem;
use crate::server::http::{line_stream as lines, query_string as parameter};
use crate::server::state::State;

use super::search::MOST;

/// How the lines are read: fewer at once than on the command line, as others ask too.
const OPTIONS: BatchOptions = BatchOptions {
    lines_at_once: 128,
    longest_line: 64 << 10,
    most_hits: MOST,
};

/// Answers a question a line: plain text, or an object with the parameters of `/api/v1/search`
/// and an `id`.
///
/// Each gives a line with `id` and the answer, in the same order; a line that is wrong gives
/// `id`, `line` and `error`, and the rest goes on. Both directions stream.
#[utoipa::path(
    post,
    operation_id = "batch",
    path = "/api/v1/batch",
    request_body(description = "A question a line: an object, or plain text", content(
        (QueryRequest = "application/x-ndjson"), (String = "text/plain"),
        (String = "application/octet-stream"),
    )),
    responses((status = 200, description = "An answer a line, with `id` in front", body = Answer,
        content_type = "application/x-ndjson"))
)]
pub(super) async fn batch(
    Shared(state): Shared<Arc<State>>,
    uri: Uri,
    body: Body,
) -> Result<Response, Problem> {
    parameter::none(&uri)?;
    let searcher = state.searcher();
    let kind = lines::JSON_LINES;
    lines::answer(state.streams(), kind, body, move |incoming, outgoing| {
        searcher.batch(incoming, outgoing, &OPTIONS).map(|_| ())
    })
    .await
}
