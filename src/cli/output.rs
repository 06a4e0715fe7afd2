//! Answers as data: JSON, JSON lines, CSV, and a selection of fields.

use hcpcs::Answer;
use hcpcs::search::AnswerRow;
use serde_json::{Map, Value};

use super::args::FormatArguments;
use super::print::{Failure, Printer};

/// Whether answers are requested as data.
pub(crate) fn is_asked(format: &FormatArguments) -> bool {
    format.json || format.jsonl || format.csv
}

/// Writes an answer in the requested format.
pub(crate) fn write(
    answer: &Answer,
    format: &FormatArguments,
    printer: &mut Printer,
) -> Result<(), Failure> {
    if format.csv {
        return csv(answer, &format.fields, printer);
    }
    if format.jsonl {
        for row in answer.rows() {
            printer.data(row_json(row, &format.fields)?)?;
        }
        return Ok(());
    }
    if format.fields.is_empty() {
        return printer.data(json(answer)?);
    }
    let mut value = serde_json::to_value(answer).map_err(unwritable)?;
    if let Some(hits) = value["hits"].as_array_mut() {
        for hit in hits {
            *hit = chosen(hit, &format.fields);
        }
    }
    printer.data(json(&value)?)
}

fn row_json(row: AnswerRow<'_>, fields: &[String]) -> Result<String, Failure> {
    match row {
        AnswerRow::Hit(hit) if fields.is_empty() => json(hit),
        AnswerRow::Without(_) if fields.is_empty() => json(&row.to_json().map_err(unwritable)?),
        _ => json(&chosen(&row.to_json().map_err(unwritable)?, fields)),
    }
}

/// The chosen fields of a row, in the chosen order.
fn chosen(row: &Value, fields: &[String]) -> Value {
    let field = |name: &String| (name.clone(), row.get(name).cloned().unwrap_or(Value::Null));
    Value::Object(fields.iter().map(field).collect::<Map<_, _>>())
}

fn csv(answer: &Answer, fields: &[String], printer: &mut Printer) -> Result<(), Failure> {
    let fields: Vec<&str> = if fields.is_empty() {
        AnswerRow::usual_fields()
    } else {
        fields.iter().map(String::as_str).collect()
    };
    printer.data(csv_line(&fields)?)?;
    for row in answer.rows() {
        printer.data(csv_line(cells(row, &fields)?)?)?;
    }
    Ok(())
}

/// The cells of a row.
pub(crate) fn cells(row: AnswerRow<'_>, fields: &[&str]) -> Result<Vec<String>, Failure> {
    let cells = row.cells(fields).map_err(unwritable)?;
    Ok(cells.iter().map(ToString::to_string).collect())
}

/// A row of CSV, without a line end.
pub(crate) fn csv_line<C: AsRef<[u8]>>(
    cells: impl IntoIterator<Item = C>,
) -> Result<String, Failure> {
    hcpcs::export::csv_line(cells).map_err(Failure::Output)
}

pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    sonic_rs::to_string(value).map_err(|cause| Failure::Output(cause.into()))
}

fn unwritable(cause: serde_json::Error) -> Failure {
    Failure::Output(cause.into())
}
