//! The schemas of the tools, simple enough for every client's converter: objects throughout, no
//! references, no formats, one type for each value.

use std::sync::Arc;

use rmcp::model::JsonObject;
use rmcp::schemars::JsonSchema;
use rmcp::schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The input schema of a tool.
pub(super) fn input<T: JsonSchema>() -> Arc<JsonObject> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    let mut schema = schema.as_object_mut().map(std::mem::take);
    let object = schema.get_or_insert_default();
    plain(object);
    object.remove("description");
    object.entry("properties").or_insert_with(|| json!({}));
    Arc::new(std::mem::take(object))
}

/// Simplifies a schema. The removed constraints are still checked when a tool is called.
fn plain(schema: &mut Map<String, Value>) {
    for keyword in ["title", "format", "default", "additionalProperties"] {
        schema.remove(keyword);
    }
    if let Some(Value::Array(types)) = schema.get("type") {
        let own = types.iter().find(|kind| *kind != "null").cloned();
        schema.extend(own.map(|own| ("type".to_owned(), own)));
    }
    for keyword in ["anyOf", "oneOf"] {
        let Some(Value::Array(mut kinds)) = schema.remove(keyword) else {
            continue;
        };
        kinds.retain(|kind| kind["type"] != "null");
        if let [Value::Object(only)] = &mut kinds[..] {
            let description = schema.remove("description");
            schema.append(only);
            schema.extend(description.map(|text| ("description".to_owned(), text)));
        } else {
            schema.insert(keyword.to_owned(), Value::Array(kinds));
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    let mut inner: Vec<&mut Value> = Vec::new();
    for (keyword, value) in schema.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties", Value::Object(properties)) => inner.extend(properties.values_mut()),
            ("anyOf" | "oneOf", Value::Array(kinds)) => inner.extend(kinds),
            ("items", items) => inner.push(items),
            _ => {}
        }
    }
    for schema in inner {
        if let Value::Object(schema) = schema {
            plain(schema);
        }
    }
}
