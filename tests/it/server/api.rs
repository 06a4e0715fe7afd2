//! `/api/v1/…`: the library's JSON, byte for byte, and its description.

use ::hcpcs::search::FILTERS;
use ::hcpcs::{Query, QueryRequest, Table};
use serde_json::Value;

use super::{Got, served};
use crate::hcpcs::{DAY, Hcpcs, starter};

/// Holds that an answer is what the library gives.
#[track_caller]
fn same(got: &Got, value: &impl serde::Serialize) {
    assert_eq!(
        (got.status, &*got.content_type),
        (200, "application/json"),
        "{got:?}"
    );
    assert_eq!(got.body, serde_json::to_string(value).unwrap());
}

#[test]
fn a_search_is_the_librarys_answer() {
    let day = DAY.parse().ok();
    let query = Query {
        text: "hemin injection".to_owned(),
        as_of: day,
        limit: Some(3),
        facets: true,
        explain: true,
        ..Query::default()
    };
    let target =
        format!("/api/v1/search?q=hemin+injection&as_of={DAY}&limit=3&facets&explain=true");
    same(&served().get(&target), &starter().search(&query).unwrap());
}

#[test]
fn filters_are_lists_repeated_or_with_commas() {
    let one = served().get("/api/v1/search?betos=O1E,O1D&section=J&limit=500");
    let other = served().get("/api/v1/search?betos=O1E&limit=500&section=J&betos=O1D");
    assert_eq!(one.body, other.body);
    assert!(one.json()["total"].as_u64().unwrap() > 10);
}

#[test]
fn the_command_line_gives_the_same_bytes() {
    let hcpcs = Hcpcs::starter();
    for (args, target) in [
        (
            vec!["search", "cpap", "--limit", "2", "--json"],
            "/api/v1/search?query=cpap&limit=2",
        ),
        (
            vec!["suggest", "glyco", "--json"],
            "/api/v1/suggest?q=glyco",
        ),
        (vec!["table", "betos", "--json"], "/api/v1/tables/betos"),
    ] {
        let ran = hcpcs.run(&args);
        assert_eq!(ran.stdout.trim_end(), served().get(target).body, "{target}");
    }
    let shown = hcpcs.run(["show", "J1640", "--json", "--as-of", DAY]);
    let got = served().get(&format!("/api/v1/codes/j1640?as_of={DAY}"));
    assert_eq!(shown.stdout.trim_end(), format!("[{}]", got.body));
}

#[test]
fn what_is_not_there() {
    let client = served();
    for (target, said) in [
        (
            "/api/v1/codes/J0000",
            "no release that is indexed has J0000",
        ),
        ("/api/v1/codes/99213", "a CPT number"),
        ("/api/v1/codes/x", "not a HCPCS Level II code"),
        (
            "/api/v1/tables/price",
            "there is no table `price`; there are section,",
        ),
        ("/nothing", "there is nothing at `/nothing`"),
    ] {
        let detail = client.get(target).problem(404);
        assert!(detail.contains(said), "{target}: {detail}");
    }
    let detail = client
        .post("/api/v1/search", "text/plain", "x")
        .problem(405);
    assert!(detail.contains("does not take POST"), "{detail}");
}

#[test]
fn tables_by_name() {
    let names = served().get("/api/v1/tables").json();
    assert_eq!(names.as_array().unwrap().len(), Table::all().len());
    for table in names.as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        let rows = served().get(&format!("/api/v1/tables/{name}?as_of={DAY}"));
        assert!(!rows.json().as_array().unwrap().is_empty(), "{name}");
    }
}

#[test]
fn the_status_names_no_folder() {
    let status = served().get("/api/v1/status").json();
    assert_eq!(status["codes"], starter().manifest().codes);
    for list in ["releases", "sources"] {
        for one in status[list].as_array().unwrap() {
            assert!(!one["source"].as_str().unwrap().contains('/'), "{one}");
        }
    }
    assert_eq!(served().get("/healthz").body, "ok\n");
}

#[test]
fn answers_are_not_guessed_at() {
    let raw =
        served().raw(b"HEAD /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    assert!(raw.contains("x-content-type-options: nosniff"), "{raw}");
    assert!(raw.ends_with("\r\n\r\n"), "{raw}");
}

/// The schema behind a reference.
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
        "/fhir/R4/{operation}",
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
        let has = |path| names(path).iter().any(|name| name == parameter.name);
        assert!(has("/api/v1/search"), "{parameter:?}");
        assert_eq!(has("/api/v1/diff"), is_filter, "{parameter:?}");
    }
    let names = names("/api/v1/search");
    for name in names {
        let got = served().get(&format!("/api/v1/search?q=x&{name}=1"));
        let is_known = got.status == 200 || !got.problem(400).contains("no parameter");
        assert!(is_known, "{name}");
    }
}
