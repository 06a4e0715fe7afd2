//! `/api/v1/check`: a claim line a line, a verdict a line.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;

use crate::claims::{Checked, ClaimReader, ReadLine};
use crate::codeset::Date;
use crate::error::{Error, Result};
use crate::search::Searcher;
use crate::server::http::line_stream as lines;
use crate::server::http::line_stream::{Incoming, Outgoing};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::state::State;

use super::day::day;

/// A line that could not be read.
#[derive(Serialize)]
struct BadLine<'e> {
    line_id: u64,
    line: u64,
    error: &'e str,
}

/// Checks claim lines: codes with modifiers and a day of service, as `J1640 JW 2026-01-15`,
/// `HC:J1640:JW`, objects, or CSV with a header.
///
/// Each gives a line, in the same order. Both directions stream.
#[utoipa::path(
    post,
    path = "/api/v1/check",
    params(("as_of" = Option<String>, Query,
        description = "The day of service of lines that name none, `YYYY-MM-DD`; else today")),
    request_body(content = String, content_type = "text/plain"),
    responses(
        (status = 200, description = "A verdict a line", body = Checked,
            content_type = "application/x-ndjson"),
        (status = 400, description = "A parameter is wrong", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn check(
    Shared(state): Shared<Arc<State>>,
    uri: Uri,
    body: Body,
) -> Result<Response, Problem> {
    let as_of = day("as_of", parameter::only(&uri, "as_of")?.as_deref())?;
    let as_of = as_of.unwrap_or_else(Date::today);
    let searcher = state.searcher();
    lines::answer(state.streams(), body, move |incoming, outgoing| {
        check_lines(&searcher, as_of, incoming, outgoing)
    })
    .await
}

fn check_lines(
    searcher: &Searcher,
    as_of: Date,
    incoming: Incoming,
    outgoing: &mut Outgoing,
) -> Result<()> {
    let mut reader = ClaimReader::new(incoming);
    while let Some(ReadLine { number, claim, .. }) = reader.next_line()? {
        let written = match claim {
            Ok(line) => write(&searcher.check_as_of(&line, as_of), outgoing),
            Err(error) => {
                let bad = BadLine {
                    line_id: number,
                    line: number,
                    error: &error.to_string(),
                };
                write(&bad, outgoing)
            }
        };
        let fail = |cause| Error::io(Path::new("the verdicts"), "cannot write", cause);
        written.map_err(fail)?;
    }
    Ok(())
}

fn write(value: &impl Serialize, outgoing: &mut Outgoing) -> std::io::Result<()> {
    serde_json::to_writer(&mut *outgoing, value)?;
    outgoing.write_all(b"\n")
}
