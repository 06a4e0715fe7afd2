//! Quickwit: the configuration of an index, and documents with days in its format.

use serde_json::{Map, Value, json};

use super::document::Document;
use super::fields::{FIELDS, Holds, SEARCHED, holds};

/// The version of the configuration's format.
const VERSION: &str = "0.8";

/// The request body that creates the index `hcpcs`.
pub(crate) fn configuration() -> Value {
    let mappings: Vec<Value> = FIELDS
        .iter()
        .map(|(name, holds)| mapping(name, *holds))
        .collect();
    json!({
        "version": VERSION,
        "index_id": "hcpcs",
        "doc_mapping": {"mode": "strict", "field_mappings": mappings},
        "search_settings": {"default_search_fields": SEARCHED},
    })
}

fn mapping(name: &str, holds: Holds) -> Value {
    let (kind, options) = match holds {
        Holds::Word => ("text", json!({"tokenizer": "raw", "fast": true})),
        Holds::Words => ("array<text>", json!({"tokenizer": "raw", "fast": true})),
        Holds::Text => ("text", searched()),
        Holds::Texts => ("array<text>", searched()),
        Holds::Day => (
            "datetime",
            json!({
                "input_formats": ["rfc3339"],
                "output_format": "rfc3339",
                "fast": true,
                "fast_precision": "seconds",
            }),
        ),
        Holds::Flag => ("bool", json!({"fast": true})),
        Holds::Number => ("u64", json!({"fast": true})),
    };
    let mut mapping = json!({"name": name, "type": kind});
    if let (Some(mapping), Value::Object(options)) = (mapping.as_object_mut(), options) {
        mapping.extend(options);
    }
    mapping
}

fn searched() -> Value {
    json!({"tokenizer": "en_stem", "record": "position", "fieldnorms": true})
}

/// A document in which days are the first moment of the day, in UTC.
pub(crate) fn source(document: &Document) -> Map<String, Value> {
    let field = |(name, value): (&String, &Value)| {
        let value = match value.as_str().filter(|_| holds(name) == Some(Holds::Day)) {
            Some(day) => Value::from(format!("{day}T00:00:00Z")),
            None => value.clone(),
        };
        (name.clone(), value)
    };
    document.fields.iter().map(field).collect()
}
