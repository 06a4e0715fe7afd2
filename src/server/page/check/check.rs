//! `/check`: claim lines pasted or in a file, their verdicts as a table, as CSV or as a workbook.
//!
//! It uses the reader and the verdicts of `/api/v1/check`. Nothing is stored: filtering or
//! downloading the table sends the lines again.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;

use super::asked::{Asked, MOST_BYTES, MOST_OF_FORM};
use super::verdicts::{Verdicts, each_line, is_filter, is_shown, verdicts};
use crate::error::cannot_be;
use crate::export::TableCell;
use crate::search::Searcher;
use crate::server::computation::Cancellation;
use crate::server::http::problem::Problem;
use crate::server::http::upload;
use crate::server::page::shell::response::html;
use crate::server::page::shell::shell::{Place, Shell};
use crate::server::page::shell::table_file::{TableFile, TableFormat};
use crate::server::state::State;

/// Longer lines are not repeated in the input field.
const LONGEST_SHOWN: usize = 64 << 10;

/// The form, and the result of its lines.
#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage {
    shell: Shell,
    asked: Asked,
    /// The size limit in MiB.
    most: usize,
    verdicts: Option<Verdicts>,
    problem: Option<String>,
    again_name: String,
    again: String,
}

/// Shows the form; lines in the address are checked.
pub(crate) async fn form(Shared(state): Shared<Arc<State>>, uri: Uri) -> Response {
    match Asked::of_address(&uri) {
        Ok(asked) => answer(&state, asked, true).await,
        Err(problem) => page(&state.searcher(), Asked::default(), Err(problem)),
    }
}

/// Checks the lines of a form.
pub(crate) async fn check(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let read = upload::read(state.streams(), &headers, body, MOST_OF_FORM).await;
    let (asked, _slot) = match read {
        Ok(upload) => (Asked::of_form(upload.fields), Some(upload.slot)),
        Err(problem) => (Err(problem), None),
    };
    match asked {
        Ok(asked) => answer(&state, asked, false).await,
        Err(problem) => page(&state.searcher(), Asked::default(), Err(problem)),
    }
}

async fn answer(state: &Arc<State>, asked: Asked, may_be_blank: bool) -> Response {
    if let Err(problem) = check_parameters(&asked) {
        return page(&state.searcher(), asked, Err(problem));
    }
    if asked.is_blank() {
        let made = if may_be_blank {
            Ok(None)
        } else {
            Err(Problem::bad(
                "there is nothing to check; paste lines, or choose a file",
            ))
        };
        return page(&state.searcher(), asked, made);
    }
    let asked = Arc::new(asked);
    let own = Arc::clone(&asked);
    let computed = state.compute(move |searcher, cancellation| made(searcher, &own, cancellation));
    let made = computed.await.flatten();
    match made {
        Ok(Made::File(response)) => response,
        Ok(Made::Table(verdicts)) => page(&state.searcher(), own_of(asked), Ok(Some(verdicts))),
        Err(problem) => page(&state.searcher(), own_of(asked), Err(problem)),
    }
}

/// Refuses parameters that cannot be read, whether there are lines or not.
fn check_parameters(asked: &Asked) -> Result<(), Problem> {
    asked.day()?;
    asked.mapping()?;
    table_format(asked)?;
    if is_filter(&asked.show) {
        return Ok(());
    }
    let right = "one of the verdicts that the page offers";
    Err(Problem::bad(cannot_be("show", &asked.show, right)))
}

/// The format of the requested file, if one is requested.
fn table_format(asked: &Asked) -> Result<Option<TableFormat>, Problem> {
    if asked.download.is_empty() {
        return Ok(None);
    }
    let format = TableFormat::of_ending(&asked.download);
    let wrong = || Problem::bad(cannot_be("download", &asked.download, "csv or xlsx"));
    format.ok_or_else(wrong).map(Some)
}

/// The question again, after the computation has released it.
fn own_of(asked: Arc<Asked>) -> Asked {
    Arc::try_unwrap(asked).unwrap_or_else(|asked| (*asked).clone())
}

/// The result for lines: a file, or a table for the page.
enum Made {
    File(Response),
    Table(Verdicts),
}

fn made(searcher: &Searcher, asked: &Asked, due: &Cancellation) -> Result<Made, Problem> {
    match table_format(asked)? {
        None => verdicts(searcher, asked, due).map(Made::Table),
        Some(format) => file(searcher, asked, format, due).map(Made::File),
    }
}

/// The table as a file, with all lines that pass the filter.
fn file(
    searcher: &Searcher,
    asked: &Asked,
    format: TableFormat,
    due: &Cancellation,
) -> Result<Response, Problem> {
    let mut table = None;
    let mut said: Vec<String> = Vec::new();
    let read = each_line(searcher, asked, due, |columns, report| {
        if !is_shown(&asked.show, report) {
            return Ok(());
        }
        said.extend(report.notices.iter().cloned());
        let table = match &mut table {
            Some(table) => table,
            none => none.insert(TableFile::new(format, columns.names())?),
        };
        table.row(&columns.row(report))
    })?;
    let mut table = match table {
        Some(table) => table,
        None => TableFile::new(format, read.columns.names())?,
    };
    // those of the end, and those of a line that the filter leaves out
    let unsaid = read.notices.into_iter().filter(|own| !said.contains(own));
    let unsaid: Vec<String> = unsaid.collect();
    if !unsaid.is_empty() {
        let cells = read.columns.notices(&unsaid).into_iter();
        table.row(&cells.map(TableCell::Text).collect::<Vec<_>>())?;
    }
    table.finish("verdicts")
}

/// The page with the form and its result.
fn page(
    searcher: &Searcher,
    mut asked: Asked,
    made: Result<Option<Verdicts>, Problem>,
) -> Response {
    let status = made
        .as_ref()
        .map_or_else(Problem::status, |_| StatusCode::OK);
    let (verdicts, problem) = match made {
        Ok(verdicts) => (verdicts, None),
        Err(problem) => (None, Some(problem.detail)),
    };
    let (again_name, again) = match &verdicts {
        Some(_) => asked.again(),
        None => Default::default(),
    };
    if asked.lines.len() > LONGEST_SHOWN {
        asked.lines.clear();
    }
    let page = CheckPage {
        shell: Shell {
            place: Place::Check,
            ..Shell::new(searcher, "Check", "", None)
        },
        most: MOST_BYTES >> 20,
        verdicts,
        problem,
        again_name,
        again,
        asked,
    };
    html(status, &page)
}
