//! A claim line as a JSON object.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::error::{Error, Result, excerpt};
use crate::table::long_numbers::long_numbers_as_texts;

use super::claim_columns::ClaimColumns;
use super::claim_input::ClaimInput;
use super::claim_line::ClaimLine;
use super::column_content::Column;

/// An example of a claim line as an object.
const EXAMPLE: &str = r#"{"code":"J1640","modifiers":["JW"],"dos":"2026-01-15"}"#;

/// Reads claim lines that are JSON objects; lines with the same fields share their columns.
#[derive(Default)]
pub(crate) struct JsonLines {
    names: Vec<String>,
    columns: Option<ClaimColumns>,
    /// Unused fields that were not yet reported.
    unread: Vec<String>,
    /// Unused fields that were reported.
    said: Vec<String>,
    /// What to say of the days of lines before.
    pub(super) doubt: Option<String>,
}

impl JsonLines {
    /// What to say of fields that are not read: each is named once.
    pub(crate) fn take_notice(&mut self) -> Option<String> {
        let unread = std::mem::take(&mut self.unread);
        let notice = format!("fields not read: {}", unread.join(", "));
        let is_new = !unread.is_empty();
        self.said.extend(unread);
        is_new.then_some(notice)
    }

    pub(crate) fn read(&mut self, text: &str) -> Result<ClaimLine> {
        let Fields(fields) = serde_json::from_str(&long_numbers_as_texts(text))
            .map_err(|cause| Error::query(format!("{cause}; give an object such as {EXAMPLE}")))?;
        let code = fields.get("code");
        if let Some(code) = code.filter(|code| !code.is_string() && !code.is_null()) {
            let reason = format!("`code` cannot be `{code}`; give an object such as {EXAMPLE}");
            return Err(Error::query(reason));
        }
        match &self.columns {
            Some(_) if fields.keys().eq(&self.names) => {}
            _ => {
                let mut columns = ClaimColumns::from_header(fields.keys().map(String::as_str))?;
                let before = self.columns.take();
                columns.days = before.map(|own| own.days).unwrap_or_default();
                self.names = fields.keys().cloned().collect();
                let said = &self.said;
                let unread = columns.unread().iter().filter(|own| !said.contains(own));
                self.unread = unread.cloned().collect();
                self.columns = Some(columns);
            }
        }
        let cells: Vec<String> = fields.values().map(cell).collect();
        let Some(columns) = &mut self.columns else {
            return Err(Error::query(format!(
                "there is no field; give an object such as {EXAMPLE}"
            )));
        };
        self.doubt = columns.see_days_now(cells.iter().map(String::as_str));
        let nested = columns
            .columns
            .iter()
            .zip(&fields)
            .find(|(column, (_, value))| {
                let is_read = !matches!(
                    column,
                    Column::Other | Column::OtherDay | Column::UnclearDay | Column::LineId(_)
                );
                is_read && has_object(value)
            });
        if let Some((_, (name, value))) = nested {
            let value = excerpt(&value.to_string());
            let reason = format!("`{name}` cannot be `{value}`; give an object such as {EXAMPLE}");
            return Err(Error::query(reason));
        }
        let mut line = columns.line(cells.iter().map(String::as_str))?;
        // Numbers stay what they are.
        for (column, value) in columns.columns.iter().zip(fields.values()) {
            match column {
                Column::LineId(_) if line.line_id.is_some() => line.line_id = Some(value.clone()),
                Column::Units if line.units.is_some() => line.units = Some(value.clone()),
                _ => {}
            }
        }
        line.input = Some(ClaimInput::object(text.trim(), fields));
        Ok(line)
    }
}

/// The fields of an object. One that stands in it twice is refused: only the last would be read.
struct Fields(Map<String, Value>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Fields, A::Error> {
        let mut fields = Map::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            if fields.contains_key(&name) {
                let reason = format!("the field `{}` stands twice", excerpt(&name));
                return Err(serde::de::Error::custom(reason));
            }
            fields.insert(name, value);
        }
        Ok(Fields(fields))
    }
}

impl ClaimLine {
    /// Reads a JSON object with `code` and optionally `modifiers`, `dos`, `dos_through`, `line_id`,
    /// `units` and `ndc`; names are recognised as those of table columns.
    ///
    /// # Errors
    ///
    /// It is not such an object, a field is not understood, or a day is invalid.
    pub fn from_json(text: &str) -> Result<Self> {
        JsonLines::default().read(text)
    }
}

/// The modifier of an object, as the answer to a check has it: `{"modifier":"JZ"}`.
fn modifier_of(value: &Value) -> Option<&str> {
    let named = value.get("modifier").or_else(|| value.get("code"));
    named.and_then(Value::as_str)
}

fn has_object(value: &Value) -> bool {
    match value {
        Value::Object(fields) => modifier_of(value).is_none() && !fields.is_empty(),
        Value::Array(items) => items.iter().any(has_object),
        _ => false,
    }
}

/// A value as a cell: the items of a list separated by blanks, and an empty cell for an object
/// that is no modifier.
fn cell(value: &Value) -> String {
    match value {
        Value::Object(_) => modifier_of(value).unwrap_or_default().to_owned(),
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(cell).collect::<Vec<_>>().join(" "),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_is_not_read_is_named_once() {
        let mut lines = JsonLines::default();
        let notices: Vec<_> = [
            r#"{"code":"J1640"}"#,
            r#"{"code":"J1640","colour":"red"}"#,
            r#"{"code":"J1641","colour":"blue"}"#,
            r#"{"code":"J1641","shape":"round","colour":"blue"}"#,
        ]
        .iter()
        .map(|text| {
            lines.read(text).unwrap();
            lines.take_notice()
        })
        .collect();
        let [colour, shape] = ["colour", "shape"].map(|name| format!("fields not read: {name}"));
        assert_eq!(notices, [None, Some(colour), None, Some(shape)]);
    }

    #[test]
    fn objects() {
        let line = ClaimLine::from_json(
            r#"{"line_id":7,"code":"HC:J1640:JW","modifiers":["kx",""],"dos":"20260115","units":2.5}"#,
        );
        let line = line.unwrap();
        assert_eq!(line.modifiers, ["JW", "KX"]);
        assert_eq!(line.line_id, Some(Value::from(7)));
        assert_eq!(line.units, Some(Value::from(2.5)));
        assert_eq!(line.dos, "2026-01-15".parse().ok());
        let mut lines = JsonLines::default();
        for (text, units) in [
            (r#"{"code":"J1640","quantity":2,"units":3}"#, Value::from(2)),
            (
                r#"{"code":"J1640","units":3,"quantity":"2"}"#,
                Value::from(3),
            ),
        ] {
            let line = lines.read(text).unwrap();
            assert_eq!(
                line.units,
                Some(units),
                "what is read is not named as not read"
            );
        }
        assert!(lines.take_notice().unwrap().contains("quantity"));
        let line = ClaimLine::from_json(
            r#"{"claim_id":"A","hcpcs_code":"E0601","hcpcs_modifier_1":"RR","claim_line_start_date":"2025-06-15"}"#,
        );
        assert_eq!(line.unwrap().modifiers, ["RR"]);
        let line = ClaimLine::from_json(
            r#"{"code":"E0601","modifiers":[{"modifier":"RR","verdict":"valid"},{"code":"KX"},"NU"]}"#,
        );
        assert_eq!(line.unwrap().modifiers, ["RR", "KX", "NU"]);
        for bad in [
            r#"{"kode":"J1640"}"#,
            r#"{"code":1}"#,
            r#"{"code":"J1640","dos":"soon"}"#,
            r#"{"code":"J1640","modifers":["ZZ"]}"#,
            r#"{"code":"J1640","paid_date":"2026-01-01"}"#,
            r#"{"code":""}"#,
            r#"{"code":"E0601","mods":{"1":"NU"}}"#,
            r#"{"code":"E0601","dos":{"start":"2026-01-01"}}"#,
            r#"{"code":"E0601","ndc":[[{"ndc":"1"}]]}"#,
            r#"{"code":"E0601","modifiers":true}"#,
            r#"{"code":"E0601","code":"J1640"}"#,
            "{",
            "[]",
        ] {
            assert!(ClaimLine::from_json(bad).is_err(), "{bad}");
        }
    }
}
