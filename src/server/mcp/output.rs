//! The output schemas of the tools: the names in an answer, and their types.

use std::sync::Arc;

use rmcp::model::JsonObject;
use serde_json::{Map, Value, json};

/// A name in an answer: its type, whether it is always there, and its description.
type Named = (&'static str, ValueKind, bool, &'static str);

#[derive(Clone, Copy)]
enum ValueKind {
    Text,
    Number,
    Object,
    Texts,
    Objects,
}

const PROVENANCE: Named = (
    "provenance",
    ValueKind::Object,
    true,
    "The release, file and hash that answer, the day, and how old the release is",
);
const NEXT: Named = (
    "next_offset",
    ValueKind::Number,
    false,
    "The `offset` of the rest; absent if nothing was cut",
);
const NOT_SHOWN: Named = (
    "not_shown",
    ValueKind::Number,
    false,
    "How many were cut; absent if none was",
);

pub(super) fn search() -> Arc<JsonObject> {
    #[rustfmt::skip]
    let own = [
        PROVENANCE,
        ("total", ValueKind::Number, true, "How many codes match"),
        ("complete", ValueKind::Number, true, "How many of them have all the words"),
        ("hidden", ValueKind::Number, true, "How many match too, and are not valid on the day"),
        ("not_yet_valid", ValueKind::Number, false, "How many of these are not valid yet; absent if none is"),
        ("searched_instead", ValueKind::Objects, false, "Words that were corrected, and to what"),
        ("not_found", ValueKind::Texts, false, "Words that no code has"),
        ("notices", ValueKind::Texts, false, "What else is to be known of the answer"),
        ("asked", ValueKind::Objects, false, "Of a list of codes: its items in the order asked, with a verdict"),
        ("dose", ValueKind::Objects, false, "The dose that the question states, as it was understood"),
        ("hits", ValueKind::Objects, true, "The codes, the best first: descriptors, status, billing unit, `units` of the dose, and the words that matched"),
        NEXT,
    ];
    schema(&own)
}

pub(super) fn look_up() -> Arc<JsonObject> {
    #[rustfmt::skip]
    let own = [
        PROVENANCE,
        ("found", ValueKind::Objects, true, "What is known of each code, in the order asked"),
        ("notFound", ValueKind::Objects, true, "The codes that no release has, each with the reason"),
        NOT_SHOWN,
        NEXT,
    ];
    schema(&own)
}

pub(super) fn check() -> Arc<JsonObject> {
    #[rustfmt::skip]
    let own = [
        PROVENANCE,
        ("lines", ValueKind::Objects, true, "Each line's verdict with its reason, or `error` if the line is not understood"),
        ("valid_with_wrong_units", ValueKind::Number, true, "How many of the shown lines are `valid` and have wrong units (`finding` is `units`)"),
        ("not_read", ValueKind::Number, true, "How many lines have an `error` and no verdict"),
        ("review_counts", ValueKind::Object, false, "Of the shown lines, how many have a description (`described`), and of these how many are of a `dead` code, `unlike` the code, or with a code `proposed`"),
        NOT_SHOWN,
        NEXT,
    ];
    schema(&own)
}

pub(super) fn units() -> Arc<JsonObject> {
    #[rustfmt::skip]
    let own = [
        PROVENANCE,
        ("code", ValueKind::Text, true, "The code"),
        ("long_descriptor", ValueKind::Text, true, "Its long descriptor on the day"),
        ("as_of", ValueKind::Text, true, "The day"),
        ("release", ValueKind::Text, true, "The release that gives it"),
        ("release_scope", ValueKind::Text, false, "How much of the code set that release holds, if not all"),
        ("unit", ValueKind::Object, true, "What one billing unit is"),
        ("dose", ValueKind::Objects, false, "The dose, as it was understood"),
        ("units", ValueKind::Number, false, "The units to bill for what was given"),
        ("rounded_up", ValueKind::Object, false, "True if the last unit is only partly given"),
        ("vials", ValueKind::Object, false, "The single-dose vials, and what is discarded"),
        ("lines", ValueKind::Objects, false, "The claim lines: given, and discarded with JW or none with JZ"),
        ("rule", ValueKind::Text, false, "The rule for these lines"),
        ("package", ValueKind::Object, false, "The drug package that was asked about"),
        ("notices", ValueKind::Texts, true, "What else is to be known of the answer"),
        ("basis", ValueKind::Text, true, "What the figures are, and what they are not"),
    ];
    let mut schema = Arc::unwrap_or_clone(schema(&own));
    schema["properties"]["rounded_up"] = json!({"type": "boolean",
        "description": "Whether the last unit is only partly given"});
    Arc::new(schema)
}

pub(super) fn diff() -> Arc<JsonObject> {
    #[rustfmt::skip]
    let own = [
        PROVENANCE,
        ("compared_with", ValueKind::Object, true, "The same of the old release"),
        ("summary", ValueKind::Object, true, "How many codes and fields changed, of all that were asked for"),
        ("added", ValueKind::Objects, true, "Codes that only the new release has"),
        ("terminated", ValueKind::Objects, true, "Codes that have got an end"),
        ("removed", ValueKind::Objects, true, "Codes that only the old release has"),
        ("reactivated", ValueKind::Objects, true, "Codes whose end was taken back"),
        ("revised", ValueKind::Objects, true, "Codes with another text or value"),
        ("reissued", ValueKind::Objects, true, "Codes that mean something else"),
        ("notices", ValueKind::Texts, true, "What looks like a change and is none, and what else is to be known"),
        ("not_shown", ValueKind::Number, true, "How many codes of all lists are not shown"),
        NEXT,
    ];
    schema(&own)
}

pub(super) fn releases() -> Arc<JsonObject> {
    #[rustfmt::skip]
    let own = [
        PROVENANCE,
        ("releases", ValueKind::Objects, true, "CMS's releases, the oldest first"),
        ("sources", ValueKind::Objects, true, "Crosswalks, taxonomies, notes, synonyms"),
    ];
    schema(&own)
}

fn schema(own: &[Named]) -> Arc<JsonObject> {
    let of = |kind: ValueKind| match kind {
        ValueKind::Text => json!({"type": "string"}),
        ValueKind::Number => json!({"type": "integer"}),
        ValueKind::Object => json!({"type": "object"}),
        ValueKind::Texts => json!({"type": "array", "items": {"type": "string"}}),
        ValueKind::Objects => json!({"type": "array", "items": {"type": "object"}}),
    };
    let properties: Map<String, Value> = own
        .iter()
        .map(|(name, kind, _, about)| {
            let mut schema = of(*kind);
            schema["description"] = Value::from(*about);
            ((*name).to_owned(), schema)
        })
        .collect();
    let required: Vec<&str> = own
        .iter()
        .filter(|(_, _, is_always, _)| *is_always)
        .map(|(name, ..)| *name)
        .collect();
    let mut schema = JsonObject::new();
    schema.insert("type".to_owned(), Value::from("object"));
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("required".to_owned(), Value::from(required));
    Arc::new(schema)
}
