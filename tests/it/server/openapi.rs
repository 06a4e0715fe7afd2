//! `/openapi.json`: what generators and validators of others ask of it, and that it is true.

use std::collections::HashSet;

use ::hcpcs::QueryRequest;
use ::hcpcs::search::FILTERS;
use serde_json::Value;

use super::served;

/// The schema of a reference.
fn behind<'d>(description: &'d Value, reference: &Value) -> &'d Value {
    let reference = reference.as_str().unwrap_or_else(|| panic!("{reference}"));
    description
        .pointer(&reference[1..])
        .unwrap_or_else(|| panic!("{reference}"))
}

/// Holds that an answer has the properties that its schema says, and no others.
pub(super) fn fits(description: &Value, name: &str, answer: &Value) {
    let schema = behind(description, &format!("#/components/schemas/{name}").into());
    let answer = answer.as_object().unwrap();
    // a schema may be made of others
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let parts: Vec<&Value> = parts.chain([schema]).collect();
    let known = |property: &str| {
        parts.iter().any(|part| {
            let behind = part
                .get("$ref")
                .map(|reference| behind(description, reference));
            !behind.unwrap_or(part)["properties"][property].is_null()
        })
    };
    for property in answer.keys() {
        assert!(known(property), "{name} does not describe {property}");
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        assert!(
            answer.contains_key(required.as_str().unwrap()),
            "{name} lacks {required}"
        );
    }
}

#[test]
fn the_description_is_of_what_is_answered() {
    let description = served().get("/openapi.json").json();
    let paths = description["paths"].as_object().unwrap();
    for path in [
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/codes/{code}",
        "/api/v1/history/{code}",
        "/api/v1/diff",
        "/api/v1/tables",
        "/api/v1/tables/{name}",
        "/api/v1/units",
        "/api/v1/check",
        "/api/v1/batch",
        "/api/v1/status",
        "/api/hcpcs/v3/search",
        "/fhir/R4/metadata",
        "/fhir/R4/CodeSystem/$lookup",
        "/fhir/R4/ValueSet/$expand",
    ] {
        assert!(paths.contains_key(path), "{path}");
    }
    let get = |target: &str| served().get(target).json();
    let answer = get("/api/v1/search?q=hemin&facets&explain");
    fits(&description, "Answer", &answer);
    fits(&description, "Hit", &answer["hits"][0]);
    fits(&description, "Reason", &answer["hits"][0]["why"][0]);
    fits(&description, "Facets", &answer["facets"]);
    let details = get("/api/v1/codes/J1640");
    fits(&description, "Details", &details);
    fits(&description, "Record", &details["record"]);
    let history = get("/api/v1/history/J1640");
    fits(&description, "CodeHistory", &history);
    fits(&description, "VersionView", &history["versions"][0]);
    let units = get("/api/v1/units?code=J9035&dose=305mg&vial=100mg&as_of=2026-02-01");
    fits(&description, "UnitsAnswer", &units);
    fits(&description, "Vials", &units["vials"]);
    fits(&description, "UnitsLine", &units["lines"][0]);
    let summary = get("/api/v1/diff?old=2026-01&new=2026-01&summary=true");
    fits(&description, "ChangesSummary", &summary);
    assert!(summary.get("added").is_none(), "{summary}");
    fits(&description, "Suggestion", &get("/api/v1/suggest?q=hem")[0]);
    fits(&description, "TableRow", &get("/api/v1/tables/coverage")[0]);
    fits(&description, "IndexStatus", &get("/api/v1/status"));
    fits(&description, "Problem", &get("/nothing"));
    // Every reference leads somewhere.
    let text = description.to_string();
    for part in text.split("\"$ref\":\"").skip(1) {
        behind(&description, &part.split('"').next().unwrap().into());
    }
}

#[test]
fn parameters_of_the_description_are_accepted() {
    let description = served().get("/openapi.json").json();
    let names = |path: &str| -> Vec<String> {
        let parameters = description["paths"][path]["get"]["parameters"].as_array();
        let names = parameters.unwrap().iter().map(|own| &own["name"]);
        names
            .map(|name| name.as_str().unwrap().to_owned())
            .collect()
    };
    for parameter in QueryRequest::parameters().filter(|own| own.name != "id") {
        let is_filter = FILTERS.iter().any(|filter| filter.name == parameter.name);
        let words = ["query", "q"];
        let is_words = |name: &str| words.contains(&name);
        let has = |path| {
            let mut names = names(path).into_iter();
            names.any(|name| name == parameter.name || is_words(&name) && is_words(parameter.name))
        };
        assert!(has("/api/v1/search"), "{parameter:?}");
        assert_eq!(has("/api/v1/diff"), is_filter, "{parameter:?}");
    }
    let names = names("/api/v1/search");
    assert_eq!(names[0], "q", "as the README has it");
    for name in names.iter().filter(|name| *name != "q") {
        let got = served().get(&format!("/api/v1/search?q=x&{name}=1"));
        let is_known = got.status == 200 || !got.problem(400).contains("no parameter");
        assert!(is_known, "{name}");
    }
}

/// Every object of the document, with its path.
fn walk<'d>(value: &'d Value, at: &str, each: &mut dyn FnMut(&str, &'d Value)) {
    each(at, value);
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                walk(inner, &format!("{at}/{name}"), each);
            }
        }
        Value::Array(list) => {
            for (number, inner) in list.iter().enumerate() {
                walk(inner, &format!("{at}/{number}"), each);
            }
        }
        _ => {}
    }
}

/// The operations: path, method and what is said of it.
fn operations(description: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = description["paths"].as_object().unwrap().iter();
    let all = paths.flat_map(|(path, item)| {
        let item = item.as_object().unwrap().iter();
        item.map(|(method, operation)| (&**path, &**method, operation))
    });
    all.filter(|(_, method, _)| ["get", "post"].contains(method))
        .collect()
}

#[test]
fn each_operation_has_an_id_of_its_own_and_says_how_it_fails() {
    let description = served().get("/openapi.json").json();
    let mut ids = HashSet::new();
    for (path, method, operation) in operations(&description) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id), "{path} {method}: {id} is another's");
        let responses = operation["responses"].as_object().unwrap();
        assert!(
            responses.contains_key("200") && responses.contains_key("4XX"),
            "{path}"
        );
        for (status, response) in responses {
            let content = response["content"].as_object().unwrap();
            assert!(!content.is_empty(), "{path} {status}");
        }
        if method == "post" {
            let body = operation["requestBody"]["content"].as_object().unwrap();
            assert!(body.len() > 1, "{path}: {body:?}");
        }
        for place in path.split('{').skip(1) {
            let name = place.split('}').next().unwrap();
            let parameters = operation["parameters"].as_array().unwrap();
            let own = parameters.iter().find(|own| own["name"] == name).unwrap();
            assert_eq!(
                (&own["in"], &own["required"]),
                (&"path".into(), &true.into())
            );
        }
    }
}

/// Generators read objects where schemas are due, and formats that OpenAPI lists.
#[test]
fn schemas_are_objects_of_known_formats() {
    let description = served().get("/openapi.json").json();
    let mut seen = 0;
    walk(&description, "", &mut |at, value| {
        let name = at.rsplit('/').next().unwrap();
        let parent = at.rsplit('/').nth(1).unwrap_or_default();
        if parent != "properties" && ["schema", "items", "additionalProperties"].contains(&name) {
            assert!(value.is_object(), "{at}: {value}");
            seen += 1;
        }
        if let Some(format) = value.get("format").and_then(Value::as_str) {
            let known = ["int32", "int64", "float", "double", "binary", "date"];
            assert!(known.contains(&format), "{at}: {format}");
        }
    });
    assert!(seen > 100, "{seen}");
}

/// What is not required may be left out, and what is required is missed.
#[test]
fn nothing_is_required_but_what_must_be_given() {
    let description = served().get("/openapi.json").json();
    for (path, method, operation) in operations(&description) {
        let parameters = operation["parameters"].as_array();
        let required: Vec<&str> = parameters
            .into_iter()
            .flatten()
            .filter(|own| own["in"] == "query" && own["required"] == true)
            .map(|own| own["name"].as_str().unwrap())
            .collect();
        let expected: &[&str] = match path {
            "/api/v1/diff" => &["old", "new"],
            "/api/v1/suggest" => &["q"],
            _ => &[],
        };
        assert_eq!(required, expected, "{method} {path}");
        for name in required {
            let others = expected.iter().filter(|other| **other != name);
            let others: Vec<String> = others.map(|other| format!("{other}=2026-01")).collect();
            let target = format!("{path}?{}", others.join("&"));
            let detail = served().get(&target).problem(400);
            assert!(detail.contains(&format!("`{name}`")), "{target}: {detail}");
        }
    }
}
