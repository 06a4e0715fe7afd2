//! `hcpcs batch --csv`: a question a row in, a hit a row out, for spreadsheets.

use std::io::Read;
use std::path::Path;

use csv::StringRecord;
use hcpcs::search::BatchSummary;
use hcpcs::{Answer, Error, Query, QueryRequest, Searcher};

use super::output;
use super::print::{Failure, Printer};

/// Rows that are answered at once, on all cores.
const ROWS_AT_ONCE: usize = 512;
/// What stands before the fields of a hit, and behind them.
const BEFORE: [&str; 3] = ["id", "query", "total"];
const BEHIND: &str = "error";

/// A row as it was read.
struct Row {
    id: String,
    query: Result<Query, String>,
}

/// Answers the rows of a table. A question without a hit, and one that is wrong, is a row too.
pub(crate) fn run(
    searcher: &Searcher,
    input: impl Read,
    path: &Path,
    printer: &mut Printer,
) -> Result<BatchSummary, Failure> {
    let mut reader = csv::Reader::from_reader(input);
    let header = header(&mut reader, path)?;
    let fields = output::usual_fields();
    let names = BEFORE
        .into_iter()
        .chain(fields.iter().copied())
        .chain([BEHIND]);
    printer.line(output::csv_line(names)?)?;
    let mut summary = BatchSummary::default();
    let mut records = reader.records();
    loop {
        let mut rows = Vec::with_capacity(ROWS_AT_ONCE);
        for record in records.by_ref().take(ROWS_AT_ONCE) {
            summary.lines += 1;
            rows.push(row(&header, record, summary.lines, path)?);
        }
        if rows.is_empty() {
            return Ok(summary);
        }
        summary.bad += answer(searcher, rows, &fields, printer)?;
    }
}

/// Answers some rows; gives the number of those that could not be answered.
fn answer(
    searcher: &Searcher,
    rows: Vec<Row>,
    fields: &[&str],
    printer: &mut Printer,
) -> Result<u64, Failure> {
    let good = rows.iter().filter_map(|row| row.query.clone().ok());
    let queries: Vec<Query> = good.collect();
    let mut answers = searcher.search_all(&queries).into_iter();
    let mut bad = 0;
    for Row { id, query } in rows {
        let answer = query.and_then(|_| match answers.next() {
            Some(answer) => answer.map_err(|error| error.to_string()),
            None => Err("not answered".to_owned()),
        });
        match answer {
            Ok(answer) => write(&id, &answer, fields, printer)?,
            Err(reason) => {
                bad += 1;
                let blank = BEFORE.len() - 1 + fields.len();
                let blank = std::iter::repeat_n("", blank);
                let cells = std::iter::once(&*id).chain(blank).chain([&*reason]);
                printer.line(output::csv_line(cells)?)?;
            }
        }
    }
    Ok(bad)
}

/// The names of the columns; one that no question has is an error.
fn header<R: Read>(reader: &mut csv::Reader<R>, path: &Path) -> Result<StringRecord, Failure> {
    let fail = |reason: String| {
        let path = path.to_owned();
        Failure::Library(Error::Source {
            path,
            reason,
            remedy: None,
        })
    };
    let header = reader
        .headers()
        .map_err(|cause| fail(format!("no CSV: {cause}")))?;
    for name in header {
        QueryRequest::parameter(name).map_err(|why| fail(why.to_string()))?;
    }
    Ok(header.clone())
}

/// A question; a cell that is empty says nothing.
fn row(
    header: &StringRecord,
    record: csv::Result<StringRecord>,
    number: u64,
    path: &Path,
) -> Result<Row, Failure> {
    let record = match record {
        Ok(record) => record,
        Err(cause) if cause.is_io_error() => {
            return Err(Failure::Library(Error::Io {
                path: path.to_owned(),
                doing: "cannot read",
                cause: cause.into(),
            }));
        }
        Err(cause) => {
            return Ok(Row {
                id: number.to_string(),
                query: Err(cause.to_string()),
            });
        }
    };
    let cells = header.iter().zip(&record);
    let id = cells
        .clone()
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("id"));
    let id = id.map(|(_, id)| id.to_owned()).filter(|id| !id.is_empty());
    let said = cells.filter(|(_, value)| !value.trim().is_empty());
    let query = QueryRequest::from_pairs(said).and_then(Query::try_from);
    Ok(Row {
        id: id.unwrap_or_else(|| number.to_string()),
        query: query.map_err(|error| error.to_string()),
    })
}

/// The hits of an answer; where there is none, a row says so.
fn write(id: &str, answer: &Answer, fields: &[&str], printer: &mut Printer) -> Result<(), Failure> {
    let total = answer.total.to_string();
    let before = || [id, &answer.query, &total].map(str::to_owned);
    for hit in &answer.hits {
        let cells = output::cells(hit, fields)?;
        printer.line(output::csv_line(
            before().into_iter().chain(cells).chain([String::new()]),
        )?)?;
    }
    if answer.hits.is_empty() {
        let blank = std::iter::repeat_n(String::new(), fields.len() + 1);
        printer.line(output::csv_line(before().into_iter().chain(blank))?)?;
    }
    Ok(())
}
