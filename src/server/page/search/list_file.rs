//! `/list.csv`, `/list.xlsx`: all hits of a question, as a table for download.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::Uri;
use axum::response::Response;

use super::chosen::Question;
use super::facets::everything_if_blank;
use crate::export::TableCell;
use crate::search::{AnswerRow, Query, Searcher};
use crate::server::beside_rows::beside_rows;
use crate::server::http::problem::Problem;
use crate::server::page::shell::response::or_problem;
use crate::server::page::shell::table_file::{TableFile, TableFormat};
use crate::server::state::State;

/// The columns after the fields of an answer, which make the table self-contained.
const BEHIND: [&str; 5] = ["unit", "units", "as_of", "release", "notice"];

/// All hits of a question as CSV.
pub(crate) async fn csv(Shared(state): Shared<Arc<State>>, uri: Uri) -> Response {
    answer(&state, uri, TableFormat::Csv).await
}

/// All hits of a question as a workbook.
pub(crate) async fn workbook(Shared(state): Shared<Arc<State>>, uri: Uri) -> Response {
    answer(&state, uri, TableFormat::Workbook).await
}

async fn answer(state: &State, uri: Uri, format: TableFormat) -> Response {
    let asked = uri.clone();
    let made = state.compute(move |searcher, _| file(searcher, &asked, format));
    let made = made.await.flatten();
    or_problem(&state.searcher(), &uri, made)
}

fn file(searcher: &Searcher, uri: &Uri, format: TableFormat) -> Result<Response, Problem> {
    let mut query = Query {
        limit: Some(usize::MAX),
        offset: 0,
        ..Question::read(uri)?.query
    };
    everything_if_blank(&mut query);
    let answer = searcher.search(&query)?;
    let fields = AnswerRow::usual_fields();
    let names: Vec<&str> = fields.iter().copied().chain(BEHIND).collect();
    let mut table = TableFile::new(format, &names)?;
    let notice = beside_rows(&answer).join("; ");
    for row in answer.rows() {
        let mut cells = row.cells(&fields).map_err(|_| Problem::failed())?;
        let (unit, units) = match row {
            AnswerRow::Hit(hit) => (hit.unit.as_ref(), hit.units),
            AnswerRow::Without(_) => (None, None),
        };
        cells.extend([
            TableCell::Text(unit.map_or_else(String::new, ToString::to_string)),
            TableCell::Text(units.map_or_else(String::new, |units| units.to_string())),
            TableCell::Day(answer.as_of),
            TableCell::Text(answer.release.clone()),
            TableCell::Text(notice.clone()),
        ]);
        table.row(&cells)?;
    }
    table.finish("hcpcs-codes")
}
