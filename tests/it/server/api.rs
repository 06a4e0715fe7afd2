//! `/api/v1/…`: the library's JSON, byte for byte.

use ::hcpcs::search::{FILTERS, Takes};
use ::hcpcs::{Query, QueryRequest, Table};

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

/// The table of filters says what is counted; no front end has a list of its own.
#[test]
fn each_facet_of_the_table_is_at_every_door() {
    let names = |facets: &serde_json::Value| -> Vec<String> {
        let mut names: Vec<_> = facets.as_object().unwrap().keys().cloned().collect();
        names.sort_unstable();
        names
    };
    let counted = FILTERS.iter().filter(|filter| filter.facet.is_some());
    let mut fields: Vec<&str> = counted.clone().map(|filter| filter.field).collect();
    fields.sort_unstable();
    assert!(fields.len() > 5, "{fields:?}");
    let question = format!("q=injection&as_of={DAY}");
    let answer = served()
        .get(&format!("/api/v1/search?{question}&facets"))
        .json();
    assert_eq!(names(&answer["facets"]), fields);
    let body = r#"{"query":"injection","facets":true}"#;
    let lines = served().post("/api/v1/batch", "text/plain", body);
    let line: serde_json::Value = serde_json::from_str(lines.body.lines().next().unwrap()).unwrap();
    assert_eq!(names(&line["facets"]), fields);
    let description = served().get("/openapi.json").json();
    let schema = &description["components"]["schemas"]["Facets"];
    assert_eq!(names(&schema["properties"]), fields);
    assert_eq!(schema["required"].as_array().unwrap().len(), fields.len());
    let args = ["search", "injection", "--facets", "--as-of", DAY];
    let printed = Hcpcs::starter().run(args).stdout;
    let page = served().get(&format!("/?{question}")).body;
    let mut parameters = QueryRequest::parameters();
    let help = parameters.find(|own| own.name == "facets").unwrap().help;
    for filter in counted {
        let title = filter.title.to_lowercase();
        assert!(help.to_lowercase().contains(&title), "{help}");
        // the starter set has no taxonomy
        let has_counts = answer["facets"][filter.field] != serde_json::json!([]);
        let heading = format!("\n{}\n", filter.title);
        assert_eq!(printed.contains(&heading), has_counts, "{heading}");
        let heading = format!("id=\"facet-{}\"", filter.name);
        let is_offered = has_counts && filter.is_offered;
        assert_eq!(page.contains(&heading), is_offered, "{heading}");
    }
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

/// Who writes `noc=` has lost a value, and would get an answer to another question.
#[test]
fn a_choice_without_a_value_is_refused() {
    let choices = QueryRequest::parameters()
        .filter(|own| matches!(own.takes, Takes::Flag | Takes::List | Takes::Choice(_)));
    for own in choices {
        let name = own.name;
        for blank in ["", "+", "%20"] {
            let target = format!("/api/v1/search?q=hemin&{name}={blank}");
            let detail = served().get(&target).problem(400);
            assert!(
                detail.contains(&format!("`{name}` has no value")),
                "{detail}"
            );
        }
        if own.takes == Takes::Flag {
            let bare = served().get(&format!("/api/v1/search?q=hemin&{name}"));
            let set = served().get(&format!("/api/v1/search?q=hemin&{name}=true"));
            assert_eq!((bare.status, bare.body), (200, set.body), "{name}");
        }
    }
    let diff = "/api/v1/diff?old=2026-01&new=2026-01";
    for name in ["summary", "only", "noc", "betos"] {
        let detail = served().get(&format!("{diff}&{name}=")).problem(400);
        assert!(
            detail.contains(&format!("`{name}` has no value")),
            "{detail}"
        );
    }
}
