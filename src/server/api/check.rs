//! `/api/v1/check`: claim lines in, verdicts out, one on each line.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::Serialize;

use crate::claims::{Checked, ClaimReader, ColumnMapping, ReviewCounts, VerdictColumns};
use crate::codeset::Date;
use crate::error::{Error, Result};
use crate::export::csv_line;
use crate::search::Searcher;
use crate::server::http::format::{AnswerFormat, CSV};
use crate::server::http::line_stream as lines;
use crate::server::http::line_stream::Incoming;
use crate::server::http::outgoing::Outgoing;
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::state::State;

use crate::server::http::query_string::{day, refuse_blank_day};

/// Checks claim lines: codes with modifiers and a day of service, as `J1640 JW 2026-01-15`,
/// `HC:J1640:JW`, objects, X12, a table with a header (CSV, a workbook), or a zip of one.
///
/// Each gives a line, in the same order; `notices` of the first one has notices about the whole,
/// such as unused columns. What is known at the end alone is a last line without a code: further
/// `notices`, if lines have descriptions `review_counts`, and how many valid lines have wrong units
/// (`valid_with_wrong_units`). Both directions stream; a body has at most 32 MiB.
#[utoipa::path(
    post,
    operation_id = "check",
    path = "/api/v1/check",
    params(("as_of" = Option<String>, Query, format = Date,
        description = "The day of service of lines that name none, `YYYY-MM-DD`; else today"),
        ("columns" = Option<String>, Query,
        description = "What columns hold, where their names do not say so: `modifier1=NAME,dos=NAME,pass=NAME`"),
        ("format" = inline(Option<AnswerFormat>), Query,
        description = "`json`, a line each, or `csv` with the columns of the input and the verdict; else what `Accept` asks for")),
    request_body(description = "Lines, a table with a header, X12, a workbook or a zip", content(
        (String = "text/plain"), (String = "text/csv"), (String = "application/x-ndjson"),
        (String = "application/EDI-X12"), (String = "application/octet-stream"),
    )),
    responses(
        (status = 200, description = "A verdict a line", content(
            (CheckLine = "application/x-ndjson"), (String = "text/csv"),
        )),
        (status = 400, description = "A parameter is wrong, or no line can be read", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "The body is too long, or unpacks to too much", body = Problem,
            content_type = "application/problem+json"),
    )
)]
pub(super) async fn check(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    uri: Uri,
    body: Body,
) -> Result<Response, Problem> {
    let (mut as_of, mut columns) = (None, None);
    refuse_blank_day(&uri)?;
    let mut pairs = parameter::pairs(&uri)?;
    let format = AnswerFormat::take(&mut pairs, &headers)?;
    for (name, value) in pairs {
        let slot = match &*name {
            "as_of" => &mut as_of,
            "columns" => &mut columns,
            other => return Err(parameter::unknown(other, "as_of, columns, format")),
        };
        if slot.replace(value).is_some() {
            return Err(parameter::twice(&name));
        }
    }
    let as_of = day("as_of", as_of.as_deref())?;
    let mapping: ColumnMapping = columns.as_deref().unwrap_or_default().parse()?;
    let as_of = as_of.unwrap_or_else(Date::today);
    let searcher = state.searcher();
    let kind = match format {
        AnswerFormat::Json => lines::JSON_LINES,
        AnswerFormat::Csv => CSV,
    };
    let answer = lines::answer(state.streams(), kind, body, move |incoming, outgoing| {
        let reader = ClaimReader::with_mapping(incoming, mapping);
        match format {
            AnswerFormat::Json => check_lines(&searcher, as_of, reader, outgoing),
            AnswerFormat::Csv => check_table(&searcher, as_of, reader, outgoing),
        }
    });
    Ok(AnswerFormat::varied(answer.await?))
}

/// The columns of the input, followed by the verdict.
fn check_table(
    searcher: &Searcher,
    as_of: Date,
    mut reader: ClaimReader<Incoming>,
    outgoing: &mut Outgoing,
) -> Result<()> {
    let fail = |cause| Error::io(Path::new("the verdicts"), "cannot write", cause);
    reader.open()?;
    let columns = VerdictColumns::of(&reader);
    // The header follows once a line is read: what fails before that is an error of the request.
    let mut head = Some(csv_line(columns.names()).map_err(fail)?);
    let mut wrong_units = 0;
    searcher.check_all(&mut reader, as_of, |report| {
        if let Some(head) = head.take() {
            writeln!(outgoing, "{head}").map_err(fail)?;
        }
        if let Ok(checked) = &report.outcome {
            wrong_units += u64::from(checked.is_valid_with_wrong_units());
        }
        let cells = columns.row(&report);
        let line = csv_line(cells.iter().map(ToString::to_string)).map_err(fail)?;
        writeln!(outgoing, "{line}").map_err(fail)
    })?;
    if let Some(head) = head {
        writeln!(outgoing, "{head}").map_err(fail)?;
    }
    let mut notices = reader.new_notices();
    if wrong_units > 0 {
        notices.push(format!("valid lines with wrong units: {wrong_units}"));
    }
    if !notices.is_empty() {
        let line = csv_line(columns.notices(&notices)).map_err(fail)?;
        writeln!(outgoing, "{line}").map_err(fail)?;
    }
    Ok(())
}

fn check_lines(
    searcher: &Searcher,
    as_of: Date,
    mut reader: ClaimReader<Incoming>,
    outgoing: &mut Outgoing,
) -> Result<()> {
    let fail = |cause| Error::io(Path::new("the verdicts"), "cannot write", cause);
    let mut counts = ReviewCounts::default();
    let mut wrong_units = 0;
    searcher.check_all(&mut reader, as_of, |report| {
        if let Ok(checked) = &report.outcome {
            counts.add(checked);
            wrong_units += u64::from(checked.is_valid_with_wrong_units());
        }
        write(&report, outgoing).map_err(fail)
    })?;
    let end = CheckEnd {
        notices: reader.new_notices(),
        review_counts: counts.if_any(),
        valid_with_wrong_units: Some(wrong_units).filter(|count| *count > 0),
    };
    let has_counts = end.review_counts.is_some() || wrong_units > 0;
    if reader.lines() == 0 || !end.notices.is_empty() || has_counts {
        write(&end, outgoing).map_err(fail)?;
    }
    Ok(())
}

/// A line of the answer.
#[derive(utoipa::ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its description is used")]
enum CheckLine {
    /// The verdicts on a claim line.
    Checked(Box<Checked>),
    /// The last line, if there is more to say.
    End(CheckEnd),
}

/// What is known at the end of the lines.
#[derive(Serialize, utoipa::ToSchema)]
struct CheckEnd {
    /// Notices about the input that no line has.
    notices: Vec<String>,
    /// The totals of the review of charge lines, if lines have descriptions.
    #[serde(skip_serializing_if = "Option::is_none")]
    review_counts: Option<ReviewCounts>,
    /// How many lines are valid and have wrong units, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_with_wrong_units: Option<u64>,
}

fn write(value: &impl Serialize, outgoing: &mut Outgoing) -> std::io::Result<()> {
    serde_json::to_writer(&mut *outgoing, value)?;
    outgoing.write_all(b"\n")
}
