//! The schemas of the tools: what converters and strict validators of others ask of them, and that
//! answers are as they say.

use serde_json::{Value, json};

use super::{answer, with_session};
use crate::hcpcs::DAY;

/// The keywords that every client's converter knows.
const KEYWORDS: &[&str] = &[
    "anyOf",
    "description",
    "enum",
    "items",
    "maxItems",
    "maximum",
    "minItems",
    "minimum",
    "properties",
    "required",
    "type",
];

/// Holds that a schema is plain, and gives how many lie in it.
fn plain(schema: &Value, at: &str) -> usize {
    let object = schema
        .as_object()
        .unwrap_or_else(|| panic!("{at}: {schema}"));
    assert!(!object.is_empty(), "{at}");
    let mut seen = 1;
    for (keyword, value) in object {
        assert!(KEYWORDS.contains(&&**keyword), "{at}: {keyword}");
        match keyword.as_str() {
            "type" => assert!(value.is_string(), "{at}: {value}"),
            "properties" => {
                for (name, inner) in value.as_object().unwrap() {
                    seen += plain(inner, &format!("{at}.{name}"));
                }
            }
            "items" => seen += plain(value, &format!("{at}[]")),
            "anyOf" => {
                for inner in value.as_array().unwrap() {
                    seen += plain(inner, &format!("{at}|"));
                }
            }
            "required" => {
                for name in value.as_array().unwrap() {
                    let properties = &object["properties"];
                    assert!(
                        !properties[name.as_str().unwrap()].is_null(),
                        "{at}: {name}"
                    );
                }
            }
            _ => {}
        }
    }
    assert!(
        object.contains_key("type") || object.contains_key("anyOf"),
        "{at}"
    );
    seen
}

#[test]
fn schemas_are_plain_and_bounded() {
    with_session(async |session| {
        let mut seen = 0;
        for tool in session.list_all_tools().await.unwrap() {
            let input = json!(tool.input_schema);
            seen += plain(&input, &tool.name);
            seen += plain(&json!(tool.output_schema.unwrap()), &tool.name);
            for (name, own) in input["properties"].as_object().unwrap() {
                let is_bounded = match own["type"].as_str() {
                    Some("integer") => own["maximum"].is_number(),
                    Some("array") if ["codes", "lines"].contains(&&**name) => {
                        own["maxItems"].is_number()
                    }
                    _ => true,
                };
                assert!(is_bounded, "{} {name}: {own}", tool.name);
                assert!(
                    own["description"].is_string(),
                    "{} {name}: {own}",
                    tool.name
                );
            }
        }
        assert!(seen > 100, "{seen}");
    });
}

/// Each answer has the names that its schema says, of the types that it says.
#[test]
fn answers_are_as_their_schemas_say() {
    with_session(async |session| {
        let tools = session.list_all_tools().await.unwrap();
        let whole = ["record", "notes", "products", "look_alikes", "history"];
        for (name, arguments) in [
            (
                "hcpcs_search",
                json!({"query": "glycopirolate 0.2 mg xyzzyq", "as_of": DAY, "limit": 1}),
            ),
            (
                "hcpcs_search",
                json!({"query": "J1640 Q9989 J0000", "as_of": DAY}),
            ),
            (
                "hcpcs_get",
                json!({"codes": ["J1596", "J0000"], "include": whole}),
            ),
            ("hcpcs_history", json!({"codes": ["J1596", "J0000"]})),
            ("hcpcs_check", json!({"lines": ["J1640 JW", {"kode": 1}]})),
            (
                "hcpcs_units",
                json!({"code": "J9035", "dose": "305 mg", "vial": "100 mg"}),
            ),
            ("hcpcs_units", json!({"code": "J9035", "dose": "2.5 mg"})),
            ("hcpcs_diff", json!({"from": "2026-01", "to": "2026-01"})),
            ("hcpcs_releases", json!({})),
        ] {
            let got = super::call(&session, name, arguments)
                .await
                .structured_content;
            let got = got.unwrap_or_else(|| panic!("{name}"));
            let tool = tools.iter().find(|tool| tool.name == name).unwrap();
            let schema = json!(tool.output_schema);
            for (key, value) in got.as_object().unwrap() {
                let kind = match value {
                    Value::Array(_) => "array",
                    Value::Object(_) => "object",
                    Value::String(_) => "string",
                    Value::Bool(_) => "boolean",
                    Value::Number(_) => "integer",
                    Value::Null => "null",
                };
                assert_eq!(schema["properties"][key]["type"], kind, "{name}: {key}");
                let items = &schema["properties"][key]["items"]["type"];
                for item in value.as_array().into_iter().flatten() {
                    assert_eq!(item.is_object(), items == "object", "{name}: {key}");
                }
            }
            for key in schema["required"].as_array().unwrap() {
                assert!(!got[key.as_str().unwrap()].is_null(), "{name}: {key}");
            }
        }
        answer(&session, "hcpcs_releases", json!({})).await;
    });
}
