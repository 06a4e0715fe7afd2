//! `TableCell`: a cell of an output table, for CSV or a workbook.

use serde_json::Value;

use crate::codeset::Date;

/// A cell of an output table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableCell {
    /// A text, written to a workbook as text and never as a number or a formula.
    Text(String),
    /// A whole number, written to a workbook as a number.
    Number(u32),
    /// A day, written to a workbook as a day and to CSV as `YYYY-MM-DD`.
    Day(Date),
}

impl TableCell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A day, or a blank cell.
    pub(crate) fn day(day: Option<Date>) -> Self {
        day.map_or_else(|| Self::text(""), Self::Day)
    }

    /// A JSON value in one cell: the code of a coded value, the items of a list separated by
    /// blanks.
    #[must_use]
    pub fn of_json(value: &Value) -> Self {
        let number = value.as_u64().and_then(|own| own.try_into().ok());
        number.map_or_else(|| Self::Text(text_of(value)), Self::Number)
    }
}

impl std::fmt::Display for TableCell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => number.fmt(f),
            Self::Day(day) => day.fmt(f),
        }
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(text_of).collect::<Vec<_>>().join(" "),
        Value::Object(object) => {
            let part = ["code", "asked", "release", "target"]
                .iter()
                .find_map(|name| object.get(*name));
            part.map_or_else(|| value.to_string(), text_of)
        }
        other => other.to_string(),
    }
}

/// A row of CSV, without a line end.
///
/// # Errors
/// The row has no cell.
pub fn csv_line<C: AsRef<[u8]>>(cells: impl IntoIterator<Item = C>) -> std::io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells)?;
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes)
        .trim_end_matches('\n')
        .to_owned())
}
