//! `ClaimInput`: the input of a claim line, which is returned with its verdict.

use std::sync::Arc;

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value};

use crate::table::cells::Cells;

/// The input of a claim line: the cells of a row under the names of their columns, or the fields of
/// a JSON object.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimInput(Form);

#[derive(Clone, Debug, PartialEq)]
enum Form {
    Row(Arc<[String]>, Cells),
    Object(String, Map<String, Value>),
}

impl ClaimInput {
    /// The cells of a row, with the names of its columns.
    pub(crate) fn row(names: &Arc<[String]>, cells: Cells) -> Self {
        Self(Form::Row(Arc::clone(names), cells))
    }

    /// A JSON object, and the text from which it was read.
    pub(crate) fn object(text: &str, fields: Map<String, Value>) -> Self {
        Self(Form::Object(text.to_owned(), fields))
    }

    /// The cells in the order of the columns in [`super::reader::ClaimReader::names`]; an object is
    /// one cell.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        let (length, object) = match &self.0 {
            Form::Row(names, cells) => (names.len().max(cells.len()), None),
            Form::Object(text, _) => (1, Some(text.as_str())),
        };
        (0..length).map(move |at| match (&self.0, object) {
            (Form::Row(_, cells), _) => cells.get(at),
            (_, object) => object.unwrap_or_default(),
        })
    }
}

impl Serialize for ClaimInput {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Object(_, fields) => fields.serialize(serializer),
            Form::Row(names, cells) => {
                let mut map = serializer.serialize_map(None)?;
                for (at, cell) in cells.iter().enumerate() {
                    match names.get(at) {
                        Some(name) => map.serialize_entry(name, cell)?,
                        None => map.serialize_entry(&format!("column {}", at + 1), cell)?,
                    }
                }
                map.end()
            }
        }
    }
}

/// The input as it is written to JSON, for the description of the API.
#[cfg(feature = "serve")]
mod described {
    use std::borrow::Cow;

    use utoipa::openapi::{Object, RefOr, Schema};
    use utoipa::{PartialSchema, ToSchema};

    impl PartialSchema for super::ClaimInput {
        fn schema() -> RefOr<Schema> {
            Object::new().into()
        }
    }

    impl ToSchema for super::ClaimInput {
        fn name() -> Cow<'static, str> {
            "ClaimInput".into()
        }
    }
}

/// Unique names for the columns of a table: those of the header, numbered if two are the same, or
/// the column's number if there is none.
pub(crate) fn names<'c>(header: impl IntoIterator<Item = &'c str>) -> Arc<[String]> {
    let mut names: Vec<String> = Vec::new();
    for (at, name) in header.into_iter().enumerate() {
        let name = match name.trim() {
            "" => format!("column {}", at + 1),
            name => name.to_owned(),
        };
        let mut own = name.clone();
        for number in 2.. {
            if !names.contains(&own) {
                break;
            }
            own = format!("{name} {number}");
        }
        names.push(own);
    }
    names.into()
}
