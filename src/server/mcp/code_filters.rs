//! The filters that a code must pass, as an input of the tools.

use std::borrow::Cow;

use rmcp::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::error::Result;
use crate::search::{FILTERS, FilterSpec, FilterTexts, QueryRequest};

/// The filters that a code must pass, by name: one value of each.
#[derive(Debug, Default)]
pub(super) struct CodeFilters(pub(super) FilterTexts);

impl<'de> Deserialize<'de> for CodeFilters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = serde_json::Map::deserialize(deserializer)?;
        let is_filter = |name: &String| FILTERS.iter().any(|filter| filter.name == name);
        if let Some(name) = given.keys().find(|name| !is_filter(name)) {
            let names = FILTERS.each_ref().map(|filter| filter.name).join(", ");
            let reason = format!("there is no filter `{name}`; there are {names}");
            return Err(D::Error::custom(reason));
        }
        let request: QueryRequest =
            serde_json::from_value(Value::Object(given)).map_err(D::Error::custom)?;
        Ok(Self(request.filters))
    }
}

impl JsonSchema for CodeFilters {
    fn schema_name() -> Cow<'static, str> {
        "CodeFilters".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let property = |filter: &FilterSpec| {
            let schema = if filter.is_flag {
                json!({"type": "boolean", "description": filter.help})
            } else {
                let items = json!({"type": "string"});
                json!({"type": "array", "items": items, "description": filter.help})
            };
            (filter.name.to_owned(), schema)
        };
        let properties: serde_json::Map<String, Value> = FILTERS.iter().map(property).collect();
        json_schema!({
            "type": "object",
            "description": "What a code must be to be an answer: of each list one value",
            "properties": properties,
        })
    }
}
