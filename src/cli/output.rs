//! Answers as data: JSON, a JSON object a line, CSV, and only some fields of them.

use hcpcs::{Answer, Hit};
use serde_json::{Map, Value};

use super::args::FormatArguments;
use super::print::{Failure, Printer};

/// The fields of an answer, in the order in which CSV has them.
const FIELDS: &[&str] = &[
    "rank",
    "code",
    "kind",
    "long_descriptor",
    "short_descriptor",
    "status",
    "added",
    "terminated",
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
    "why",
    "lacks",
    "highlights",
    "explanation",
];
/// Fields that CSV has only where they are asked for.
const UNUSUAL: &[&str] = &["holds", "alike", "lacks", "highlights", "explanation"];

/// Whether answers are asked for as data.
pub(crate) fn is_asked(format: &FormatArguments) -> bool {
    format.json || format.jsonl || format.csv
}

/// Refuses fields that an answer does not have.
pub(crate) fn check_fields(fields: &[String]) -> Result<(), Failure> {
    match fields
        .iter()
        .find(|field| !FIELDS.contains(&field.as_str()))
    {
        None => Ok(()),
        Some(unknown) => Err(Failure::Usage(format!(
            "an answer has no field `{unknown}`; it has {}",
            FIELDS.join(", ")
        ))),
    }
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
        for hit in &answer.hits {
            printer.line(hit_json(hit, &format.fields)?)?;
        }
        return Ok(());
    }
    if format.fields.is_empty() {
        return printer.line(json(answer)?);
    }
    let mut value = serde_json::to_value(answer).map_err(unwritable)?;
    let hits = answer.hits.iter().map(|hit| chosen(hit, &format.fields));
    value["hits"] = Value::Array(hits.collect::<Result<_, _>>()?);
    printer.line(json(&value)?)
}

fn hit_json(hit: &Hit, fields: &[String]) -> Result<String, Failure> {
    if fields.is_empty() {
        json(hit)
    } else {
        json(&chosen(hit, fields)?)
    }
}

/// The chosen fields of a hit, in the order in which they were chosen.
fn chosen(hit: &Hit, fields: &[String]) -> Result<Value, Failure> {
    let value = serde_json::to_value(hit).map_err(unwritable)?;
    let field = |name: &String| {
        (
            name.clone(),
            value.get(name).cloned().unwrap_or(Value::Null),
        )
    };
    Ok(Value::Object(
        fields.iter().map(field).collect::<Map<_, _>>(),
    ))
}

fn csv(answer: &Answer, fields: &[String], printer: &mut Printer) -> Result<(), Failure> {
    let fields: Vec<&str> = if fields.is_empty() {
        usual_fields()
    } else {
        fields.iter().map(String::as_str).collect()
    };
    printer.line(csv_line(&fields)?)?;
    for hit in &answer.hits {
        printer.line(csv_line(cells(hit, &fields)?)?)?;
    }
    Ok(())
}

/// The fields that a row of CSV has where none are chosen.
pub(crate) fn usual_fields() -> Vec<&'static str> {
    let is_usual = |field: &&str| !UNUSUAL.contains(field);
    FIELDS.iter().copied().filter(is_usual).collect()
}

/// The cells of a hit.
pub(crate) fn cells(hit: &Hit, fields: &[&str]) -> Result<Vec<String>, Failure> {
    let value = serde_json::to_value(hit).map_err(unwritable)?;
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
            let part = ["code", "asked", "release"]
                .iter()
                .find_map(|name| object.get(*name));
            part.map_or_else(|| value.to_string(), cell)
        }
        other => other.to_string(),
    }
}

pub(crate) fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(unwritable)
}

fn unwritable(cause: serde_json::Error) -> Failure {
    Failure::Output(cause.into())
}
