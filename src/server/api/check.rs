//! `/api/v1/check`: a claim line a line, a verdict a line.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

use crate::claims::{Checked, ClaimReader, ColumnMapping};
use crate::codeset::Date;
use crate::error::{Error, Result};
use crate::search::Searcher;
use crate::server::http::line_stream as lines;
use crate::server::http::line_stream::{Incoming, Outgoing};
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::state::State;

use super::day::day;

/// Checks claim lines: codes with modifiers and a day of service, as `J1640 JW 2026-01-15`,
/// `HC:J1640:JW`, objects, X12, a table with a header (CSV, a workbook), or a zip of one.
///
/// Each gives a line, in the same order; what is to be known of the whole, such as columns that are
/// not read, is in the first one's `notices`. Both directions stream; a body has at most 32 MiB.
#[utoipa::path(
    post,
    operation_id = "check",
    path = "/api/v1/check",
    params(("as_of" = Option<String>, Query, format = Date,
        description = "The day of service of lines that name none, `YYYY-MM-DD`; else today"),
        ("columns" = Option<String>, Query,
        description = "What columns hold whose names do not say it: `modifier1=NAME,dos=NAME,pass=NAME`")),
    request_body(description = "Lines, a table with a header, X12, a workbook or a zip", content(
        (String = "text/plain"), (String = "text/csv"), (String = "application/x-ndjson"),
        (String = "application/EDI-X12"), (String = "application/octet-stream"),
    )),
    responses(
        (status = 200, description = "A verdict a line", body = Checked,
            content_type = "application/x-ndjson"),
        (status = 400, description = "A parameter is wrong, or no line can be read", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "The body is too long, or unpacks to too much", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn check(
    Shared(state): Shared<Arc<State>>,
    uri: Uri,
    body: Body,
) -> Result<Response, Problem> {
    let (mut as_of, mut columns) = (None, None);
    for (name, value) in parameter::pairs(&uri)? {
        let slot = match &*name {
            "as_of" => &mut as_of,
            "columns" => &mut columns,
            other => return Err(parameter::unknown(other, "as_of, columns")),
        };
        if slot.replace(value).is_some() {
            return Err(parameter::twice(&name));
        }
    }
    let as_of = day("as_of", as_of.as_deref())?;
    let mapping: ColumnMapping = columns.as_deref().unwrap_or_default().parse()?;
    let as_of = as_of.unwrap_or_else(Date::today);
    let searcher = state.searcher();
    lines::answer(state.streams(), body, move |incoming, outgoing| {
        let reader = ClaimReader::with_mapping(incoming, mapping);
        check_lines(&searcher, as_of, reader, outgoing)
    })
    .await
}

fn check_lines(
    searcher: &Searcher,
    as_of: Date,
    mut reader: ClaimReader<Incoming>,
    outgoing: &mut Outgoing,
) -> Result<()> {
    let fail = |cause| Error::io(Path::new("the verdicts"), "cannot write", cause);
    while let Some(report) = searcher.check_next(&mut reader, as_of)? {
        write(&report, outgoing).map_err(fail)?;
    }
    if reader.lines() == 0 {
        write(&json!({"notices": reader.notices()}), outgoing).map_err(fail)?;
    }
    Ok(())
}

fn write(value: &impl Serialize, outgoing: &mut Outgoing) -> std::io::Result<()> {
    serde_json::to_writer(&mut *outgoing, value)?;
    outgoing.write_all(b"\n")
}
