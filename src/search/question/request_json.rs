//! A question as a JSON object, its fields read one by one so that a message can name the field.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::parameter;
use super::parameter::Given;
use super::request::QueryRequest;
use crate::error::Result;

impl<'de> Deserialize<'de> for QueryRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

/// Reads the fields of an object one by one, so that a message can name the field.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = QueryRequest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object such as {\"query\":\"hemin\",\"limit\":5}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<QueryRequest, A::Error> {
        let mut request = QueryRequest::default();
        let mut seen: Vec<&'static str> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let (name, slot) = request
                .slot(&name)
                .ok_or_else(|| de::Error::custom(parameter::unknown("field", &name)))?;
            if seen.contains(&name) {
                return Err(de::Error::custom(parameter::twice(name)));
            }
            seen.push(name);
            let value = map.next_value()?;
            slot.put(name, Given::Json(value))
                .map_err(de::Error::custom)?;
        }
        Ok(request)
    }
}
