//! The arrays of an answer, in their fixed positions.

use serde::ser::{Serialize, SerializeMap as _, SerializeTuple as _, Serializer};

use crate::search::List;

use super::field::{Cell, TableField};
use super::highlight::Marker;
use super::request::Request;

/// Total, codes, extra fields, display strings.
pub(super) struct Answer<'s> {
    total: usize,
    codes: Vec<Cell<'s>>,
    extra: Option<Extra<'s>>,
    displays: Vec<Vec<String>>,
}

/// Extra fields by name, each with a value for every code.
struct Extra<'s>(Vec<(&'s str, Vec<Cell<'s>>)>);

/// Codes, display strings, and an empty extra field.
#[derive(Default, serde::Serialize)]
pub(super) struct Suggestions(
    pub(super) Vec<String>,
    pub(super) Vec<String>,
    pub(super) (),
);

impl<'s> Answer<'s> {
    pub(super) fn new(list: &List<'s>, request: &'s Request) -> Self {
        let column = |field: TableField| list.page.iter().map(|listed| field.of(listed)).collect();
        let extra = request
            .extra
            .iter()
            .map(|(name, field)| (name.as_str(), column(*field)));
        let marker = request.is_highlighted.then(|| Marker::new(&request.terms));
        let display = |field: &TableField, listed| {
            let cell = field.of(listed);
            match &marker {
                Some(marker) => marker.mark(cell.text()),
                None => cell.text().to_owned(),
            }
        };
        let displays = list.page.iter().map(|listed| {
            let fields = request.displayed.iter();
            fields.map(|field| display(field, listed)).collect()
        });
        Self {
            total: list.total,
            codes: column(request.code_field),
            extra: (!request.extra.is_empty()).then(|| Extra(extra.collect())),
            displays: displays.collect(),
        }
    }
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_tuple(4)?;
        array.serialize_element(&self.total)?;
        array.serialize_element(&self.codes)?;
        array.serialize_element(&self.extra)?;
        array.serialize_element(&self.displays)?;
        array.end()
    }
}

impl Serialize for Extra<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, values) in &self.0 {
            map.serialize_entry(name, values)?;
        }
        map.end()
    }
}
