//! OpenSearch: the settings and mapping of an index, and the body of its bulk requests.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::document::Document;
use super::fields::{FIELDS, Holds};

/// The body of `PUT /hcpcs`: one small shard, strict about fields, with the sources of the
/// documents in `_meta`.
pub(crate) fn configuration(provenance: &Value) -> Value {
    let property = |(name, holds): &(&str, Holds)| ((*name).to_owned(), property(*holds));
    let properties: Map<String, Value> = FIELDS.iter().map(property).collect();
    json!({
        "settings": {"index": {"number_of_shards": 1, "number_of_replicas": 1}},
        "mappings": {"dynamic": "strict", "_meta": provenance, "properties": properties},
    })
}

/// A list has the type of its values.
fn property(holds: Holds) -> Value {
    match holds {
        Holds::Word | Holds::Words => json!({"type": "keyword"}),
        Holds::Text | Holds::Texts => json!({"type": "text", "analyzer": "english"}),
        Holds::Day => json!({"type": "date", "format": "strict_date"}),
        Holds::Flag => json!({"type": "boolean"}),
        Holds::Number => json!({"type": "integer"}),
    }
}

/// An action and its document, without the last line break. The URL names the index.
pub(crate) fn write(document: &Document, out: &mut impl Write) -> io::Result<()> {
    let action = json!({"index": {"_id": document.fields["id"]}});
    serde_json::to_writer(&mut *out, &action)?;
    out.write_all(b"\n")?;
    serde_json::to_writer(out, &document.fields)?;
    Ok(())
}
