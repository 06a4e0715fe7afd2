//! `/api/v1/batch`: questions in, answers out, one on each line.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;
use serde_json::json;

use crate::error::Error;
use crate::search::{Answer, BatchOptions, QueryRequest};
use crate::server::http::problem::Problem;
use crate::server::http::{line_stream as lines, query_string as parameter};
use crate::server::state::State;

use super::search::MOST;

/// Limits for reading: fewer lines in parallel than on the command line, as other clients need
/// cores too.
const OPTIONS: BatchOptions = BatchOptions {
    lines_at_once: 128,
    longest_line: 64 << 10,
    most_hits: MOST,
};

/// Answers questions, one on each line: plain text, or an object with the parameters of
/// `/api/v1/search` and an `id`.
///
/// Each gives a line with `id` and the answer, in the same order; a line in error gives `id`,
/// `line` and `error`, and the following lines are still answered. Both directions stream. If there
/// are none, two answers have one id, or the lines look like the rows of a table without a known
/// header, a last line without an id has `notices` that say so.
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
        let summary = searcher.batch(incoming, &mut *outgoing, &OPTIONS)?;
        let Some(notice) = summary.notice() else {
            return Ok(());
        };
        let fail = |cause| Error::io(Path::new("the answers"), "cannot write", cause);
        writeln!(outgoing, "{}", json!({"notices": [notice]})).map_err(fail)
    })
    .await
}
