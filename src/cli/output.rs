//! Answers as data: JSON, a JSON object a line, CSV, and only some fields of them.

use hcpcs::Answer;
use hcpcs::search::AnswerRow;
use serde_json::{Map, Value, json};

use super::args::FormatArguments;
use super::print::{Failure, Printer};

/// The fields of an answer, in the order in which CSV has them.
pub(crate) const FIELDS: &[&str] = &[
    "rank",
    "code",
    "kind",
    "long_descriptor",
    "short_descriptor",
    "status",
    "added",
    "terminated",
    "successors",
    "coverage",
    "betos",
    "section",
    "pricing",
    "multiple_pricing",
    "type_of_service",
    "asc_group",
    "action",
    "rbcs",
    "not_otherwise_classified",
    "reissued",
    "published",
    "holds",
    "alike",
    "unit",
    "units",
    "why",
    "reason",
    "nearest",
    "lacks",
    "highlights",
    "explanation",
];
/// Fields that CSV has only where they are asked for.
const UNUSUAL: &[&str] = &[
    "holds",
    "alike",
    "lacks",
    "unit",
    "units",
    "highlights",
    "explanation",
];

/// Whether answers are asked for as data.
pub(crate) fn is_asked(format: &FormatArguments) -> bool {
    format.json || format.jsonl || format.csv
}

/// Writes an answer in the format that is asked for.
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
        AnswerRow::Without(_) if fields.is_empty() => json(&row_value(row)?),
        _ => json(&chosen(&row_value(row)?, fields)),
    }
}

/// A row as JSON: a hit, or an item of a list of codes that has none, under the same names.
fn row_value(row: AnswerRow<'_>) -> Result<Value, Failure> {
    match row {
        AnswerRow::Hit(hit) => serde_json::to_value(hit).map_err(unwritable),
        AnswerRow::Without(asked) => Ok(json!({
            "code": asked.asked,
            "status": asked.verdict,
            "reason": asked.reason,
            "nearest": asked.nearest,
        })),
    }
}

/// The chosen fields of a row, in the order in which they were chosen.
fn chosen(row: &Value, fields: &[String]) -> Value {
    let field = |name: &String| (name.clone(), row.get(name).cloned().unwrap_or(Value::Null));
    Value::Object(fields.iter().map(field).collect::<Map<_, _>>())
}

fn csv(answer: &Answer, fields: &[String], printer: &mut Printer) -> Result<(), Failure> {
    let fields: Vec<&str> = if fields.is_empty() {
        usual_fields()
    } else {
        fields.iter().map(String::as_str).collect()
    };
    printer.data(csv_line(&fields)?)?;
    for row in answer.rows() {
        printer.data(csv_line(cells(row, &fields)?)?)?;
    }
    Ok(())
}

/// The fields that a row of CSV has where none are chosen.
pub(crate) fn usual_fields() -> Vec<&'static str> {
    let is_usual = |field: &&str| !UNUSUAL.contains(field);
    FIELDS.iter().copied().filter(is_usual).collect()
}

/// The cells of a row.
pub(crate) fn cells(row: AnswerRow<'_>, fields: &[&str]) -> Result<Vec<String>, Failure> {
    let value = row_value(row)?;
    Ok(fields.iter().map(|field| cell(&value[*field])).collect())
}

/// A row of CSV, without the end of its line.
pub(crate) fn csv_line<C: AsRef<[u8]>>(
    cells: impl IntoIterator<Item = C>,
) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(cells);
    written.map_err(|cause| Failure::Output(cause.into()))?;
    let bytes = writer
        .into_inner()
        .map_err(|cause| Failure::Output(cause.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes)
        .trim_end_matches('\n')
        .to_owned())
}

/// A value in one cell: of a coded value its code, of a list all with blanks between.
pub(crate) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join(" "),
        Value::Object(object) => {
            let part = ["code", "asked", "release", "target"]
                .iter()
                .find_map(|name| object.get(*name));
            part.map_or_else(|| value.to_string(), cell)
        }
        other => other.to_string(),
    }
}

pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    sonic_rs::to_string(value).map_err(|cause| Failure::Output(cause.into()))
}

fn unwritable(cause: serde_json::Error) -> Failure {
    Failure::Output(cause.into())
}
