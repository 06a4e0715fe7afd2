//! `hcpcs batch --csv`: a row for each question in, a row for each hit out, for spreadsheets.

use std::io::BufRead;

use hcpcs::search::{AnswerRow, BatchSummary, NumbersInUse, Question, QuestionReader};
use hcpcs::{Answer, Query, Searcher};
use serde_json::Value;

use super::output;
use super::print::{Failure, Printer};

/// How many rows are answered in parallel, on all cores.
const ROWS_AT_ONCE: usize = 512;
/// The longest line, in bytes.
const LONGEST: usize = 1 << 16;
/// The columns before the fields of a hit, and after them.
const BEFORE: [&str; 3] = ["id", "query", "total"];
const BEHIND: [&str; 2] = ["notices", "error"];

/// A row as read.
struct Row {
    number: u64,
    /// Its own id.
    id: Option<String>,
    query: Result<Query, String>,
}

/// Answers the questions of an input. A question without a hit, or with an error, also gives a row.
pub(crate) fn run(
    searcher: &Searcher,
    input: impl BufRead,
    printer: &mut Printer,
) -> Result<BatchSummary, Failure> {
    let mut reader = QuestionReader::new(input, LONGEST);
    let fields = AnswerRow::usual_fields();
    let names = BEFORE
        .into_iter()
        .chain(fields.iter().copied())
        .chain(BEHIND);
    let mut next = reader.next_question()?;
    printer.data(output::csv_line(names)?)?;
    let mut summary = BatchSummary::default();
    let mut ids = NumbersInUse::default();
    while next.is_some() {
        let mut rows = Vec::with_capacity(ROWS_AT_ONCE);
        while let Some(question) = next.take() {
            summary.lines += 1;
            let row = row(&question);
            let number = row
                .id
                .as_ref()
                .map_or(Ok(row.number), |id| id.parse::<u64>());
            let is_shared = match (&row.id, &number) {
                (None, Ok(line)) => ids.take_line(*line),
                (Some(_), Ok(id)) => ids.give(*id),
                (_, Err(_)) => false,
            };
            if let (true, Ok(id)) = (is_shared, &number) {
                summary.shared_id.get_or_insert(*id);
            }
            rows.push(row);
            next = reader.next_question()?;
            if rows.len() == ROWS_AT_ONCE {
                break;
            }
        }
        summary.bad += answer(searcher, rows, &fields, printer)?;
    }
    summary.row_cells = reader.row_cells();
    Ok(summary)
}

/// Answers rows; returns how many could not be answered.
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
    for row in rows {
        let id = row.id.unwrap_or_else(|| row.number.to_string());
        let query = row.query;
        let answer = query.and_then(|_| match answers.next() {
            Some(answer) => answer.map_err(|error| error.to_string()),
            None => Err("not answered".to_owned()),
        });
        match answer {
            Ok(answer) => write(&id, &answer, fields, printer)?,
            Err(reason) => {
                bad += 1;
                let blank = BEFORE.len() + fields.len();
                let blank = std::iter::repeat_n("", blank);
                let cells = std::iter::once(&*id).chain(blank).chain([&*reason]);
                printer.data(output::csv_line(cells)?)?;
            }
        }
    }
    Ok(bad)
}

/// A question with its id.
fn row(question: &Question) -> Row {
    let (id, query) = match question.request() {
        Ok(mut request) => {
            let id = request.id.take();
            let query = Query::try_from(request).map_err(|error| error.to_string());
            (id, query)
        }
        Err((id, reason)) => (id, Err(reason)),
    };
    let id = id.map(|id| match id {
        Value::String(id) => id,
        other => other.to_string(),
    });
    Row {
        number: question.number,
        id,
        query,
    }
}

/// The hits of an answer; a row says so if there is none.
fn write(id: &str, answer: &Answer, fields: &[&str], printer: &mut Printer) -> Result<(), Failure> {
    let total = answer.total.to_string();
    let before = || [id, &answer.query, &total].map(str::to_owned);
    let behind = || [answer.notices.join("; "), String::new()];
    let mut rows = answer.rows().peekable();
    let is_blank = rows.peek().is_none();
    for row in rows {
        let cells = output::cells(row, fields)?;
        printer.data(output::csv_line(
            before().into_iter().chain(cells).chain(behind()),
        )?)?;
    }
    if is_blank {
        let blank = std::iter::repeat_n(String::new(), fields.len());
        let cells = before().into_iter().chain(blank).chain(behind());
        printer.data(output::csv_line(cells)?)?;
    }
    Ok(())
}
