//! The doors of the server say the same of a code on a day as a reading of the releases by hand.

use hcpcs::index::{BuildOptions, Sources, build_index_with};
use hcpcs::server::{ServeOptions, Server};
use hcpcs::{Code, Date, Record, Release, Skipped, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::naive::{Read, read};
use super::{CODES, day, of, releases};

const SYSTEM: &str = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
const SET: &str = "http://terminology.hl7.org/ValueSet/v3-HealthCareCommonProcedureCodingSystem";

/// A server of some releases, for as long as the tests run.
struct Served {
    _folder: tempfile::TempDir,
    root: String,
}

impl Served {
    fn new(releases: &[Release]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources {
            releases: releases.to_vec(),
            ..Sources::default()
        };
        let options = BuildOptions { force: true };
        build_index_with(folder.path(), sources, &options).unwrap();
        let server = Server::bind(ServeOptions {
            folder: folder.path().to_owned(),
            listen: "127.0.0.1:0".parse().unwrap(),
            ..ServeOptions::default()
        });
        let server = server.unwrap();
        let root = format!("http://{}", server.address().unwrap());
        std::thread::spawn(move || server.run(std::future::pending()));
        Self {
            _folder: folder,
            root,
        }
    }

    fn text(&self, target: &str) -> String {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let answer = agent.get(format!("{}{target}", self.root)).call();
        crate::server::unmarked(&answer.unwrap().body_mut().read_to_string().unwrap())
    }

    fn get(&self, target: &str) -> Value {
        serde_json::from_str(&self.text(target)).unwrap()
    }

    fn expand(&self, compose: &Value) -> Vec<(String, String)> {
        let set = json!({"resourceType": "ValueSet", "compose": compose});
        let parameters = json!([{"name": "valueSet", "resource": set}]);
        let body = json!({"resourceType": "Parameters", "parameter": parameters}).to_string();
        let answer = ureq::post(format!("{}/fhir/R4/ValueSet/$expand", self.root))
            .content_type("application/fhir+json")
            .send(body);
        let text = answer.unwrap().body_mut().read_to_string().unwrap();
        contains(&serde_json::from_str(&text).unwrap())
    }
}

/// What an agent is given by a tool.
fn agent(served: &Served, tool: &str, arguments: &Value) -> Value {
    let params = json!({"name": tool, "arguments": arguments});
    let call = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params});
    let answer = ureq::post(format!("{}/mcp", served.root))
        .content_type("application/json")
        .header("accept", "application/json, text/event-stream")
        .send(call.to_string());
    let text = answer.unwrap().body_mut().read_to_string().unwrap();
    let mut parts = text.lines().map(|line| line.trim_start_matches("data:"));
    let answer = parts.find_map(|part| serde_json::from_str::<Value>(part).ok());
    answer.unwrap()["result"]["structuredContent"].clone()
}

/// Codes of an expansion with their versions.
fn contains(expanded: &Value) -> Vec<(String, String)> {
    let all = expanded["expansion"]["contains"].as_array();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut all: Vec<_> = all
        .into_iter()
        .flatten()
        .map(|own| (text(&own["code"]), text(&own["version"])))
        .collect();
    all.sort();
    all
}

/// The value of a parameter of FHIR.
fn value<'v>(parameters: &'v Value, name: &str) -> &'v Value {
    let all = parameters["parameter"].as_array().unwrap();
    let own = all.iter().find(|own| own["name"] == name);
    let values = own.and_then(Value::as_object).into_iter().flatten();
    let mut values = values.filter(|(key, _)| key.starts_with("value"));
    values.next().map_or(&Value::Null, |(_, value)| value)
}

fn fhir(served: &Served, code: Code, own: &Read, release: &str, day: Date) {
    let target = |operation: &str, version: &str| {
        format!("/fhir/R4/CodeSystem/{operation}?system={SYSTEM}&url={SYSTEM}&code={code}{version}")
    };
    let on_day = format!("&date={day}");
    let answer = served.get(&target("$validate-code", &on_day));
    let is_one = own.status != Status::NotYetValid;
    assert_eq!(*value(&answer, "result"), is_one, "{code} {day} {answer}");
    let active = target("$validate-code", &format!("{on_day}&activeOnly=true"));
    let active = served.get(
        &active
            .replace("CodeSystem", "ValueSet")
            .replace(&format!("&url={SYSTEM}"), &format!("&url={SET}")),
    );
    let is_active = own.status == Status::Valid && !own.is_unclear;
    assert_eq!(
        *value(&active, "result"),
        is_active,
        "{code} {day} {active}"
    );
    let said = "not known to be valid on";
    assert_eq!(
        answer.to_string().contains(said),
        own.is_unclear,
        "{answer}"
    );
    let is_inactive = *value(&answer, "inactive") == true;
    if is_one {
        assert_eq!(is_inactive, own.status != Status::Valid, "{code} {day}");
        assert_eq!(*value(&answer, "version"), *release, "{code} {day}");
        assert_eq!(*value(&answer, "display"), *own.record.long_descriptor);
    }
    let found = served.get(&target("$lookup", &on_day));
    let is_found = found["resourceType"] == "Parameters";
    assert_eq!(is_found, is_one || !own.is_ahead, "{code} {day}");
    if is_found {
        assert_eq!(*value(&found, "display"), *own.record.long_descriptor);
        let said = "no indexed release says when it ended";
        assert_eq!(found.to_string().contains(said), own.is_unclear, "{found}");
    }
}

fn of_day(served: &Served, all: &[(Code, Read)], day: Date) {
    let answer = served.get(&format!(
        "/api/v1/search?codes={}&as_of={day}",
        CODES.join(",")
    ));
    let hits = answer["hits"].as_array().unwrap().iter();
    let mut found: Vec<&str> = hits.map(|hit| hit["code"].as_str().unwrap()).collect();
    found.sort_unstable();
    let valid = all.iter().filter(|own| own.1.status == Status::Valid);
    let valid: Vec<&str> = valid.map(|own| own.0.as_str()).collect();
    assert_eq!(found, valid, "{day}");
    let unclear = all.iter().filter(|own| own.1.is_unclear);
    let unclear: Vec<&str> = unclear.map(|own| own.0.as_str()).collect();
    let are_told = |text: &str| {
        let from = text.find("not known to be valid");
        let told = from.map_or("", |from| &text[from..]);
        unclear.iter().all(|code| told.contains(code)) && unclear.is_empty() == told.is_empty()
    };
    assert!(are_told(&answer["notices"].to_string()), "{day} {answer}");
    let page = served.text(&format!("/?codes={}&as_of={day}", CODES.join(",")));
    assert!(are_told(&page), "{day} {page}");
    for code in CODES {
        let link = format!("/codes/{code}?as_of={day}");
        assert_eq!(page.contains(&link), valid.contains(&code), "{code} {day}");
    }
    let asked = json!({"codes": CODES, "as_of": day});
    let told = agent(served, "hcpcs_get", &asked);
    for own in told["found"].as_array().unwrap() {
        let code = own["code"].as_str().unwrap();
        let is_said = own.get("unclear").is_some();
        assert_eq!(is_said, unclear.contains(&code), "{day} {own}");
    }
    let asked = json!({"query": "", "filters": {"codes": CODES}, "as_of": day});
    let told = agent(served, "hcpcs_search", &asked);
    assert!(are_told(&told["notices"].to_string()), "{day} {told}");
    let target = format!("/fhir/R4/ValueSet/$expand?url={SET}&date={day}");
    let expanded = served.get(&target);
    assert!(are_told(&expanded["expansion"]["parameter"].to_string()));
    let expanded = contains(&expanded);
    let known = all.iter().filter(|own| own.1.status != Status::NotYetValid);
    let known: Vec<&str> = known.map(|own| own.0.as_str()).collect();
    assert!(expanded.iter().map(|own| &*own.0).eq(known), "{day}");
    let active = contains(&served.get(&format!("{target}&activeOnly=true")));
    assert!(active.iter().map(|own| &*own.0).eq(valid), "{day}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_door_of_the_server_says_what_the_records_say(releases in releases()) {
        let served = Served::new(&releases);
        for text in ["2019-01-01", "2020-03-31", "2020-08-15", "2021-02-01", "2022-01-01", "2030-01-01"] {
            let day = day(text);
            let mut all: Vec<(Code, Read)> = Vec::new();
            for code in CODES.map(|code| code.parse::<Code>().unwrap()) {
                let Some(own) = read(&releases, code, day) else { continue };
                let release = releases[own.release].id.to_string();
                let details = served.get(&format!("/api/v1/codes/{code}?as_of={day}"));
                prop_assert_eq!(&details["status"], &json!(own.status));
                prop_assert_eq!(&details["release"], &release);
                fhir(&served, code, &own, &release, day);
                all.push((code, own));
            }
            all.sort_by_key(|own| own.0);
            of_day(&served, &all, day);
        }
        for release in &releases {
            let target = format!("/fhir/R4/CodeSystem/$validate-code?url={SYSTEM}&version={}", release.id);
            for code in CODES {
                let answer = served.get(&format!("{target}&code={code}"));
                let record = release.records.iter().find(|own| own.code.as_str() == code);
                prop_assert_eq!(value(&answer, "result"), &json!(record.is_some()));
                if let Some(record) = record {
                    prop_assert_eq!(value(&answer, "display"), &json!(record.long_descriptor));
                }
            }
        }
    }
}

fn record(code: &str, long: &str, added: &str) -> Record {
    let mut record = Record::new(code.parse().unwrap());
    record.long_descriptor = long.into();
    record.added = added.parse().ok();
    record
}

#[test]
fn a_version_has_what_its_release_lists() {
    let hemin = record("J1640", "Hemin, 1 mg", "2006-01-01");
    let old = record("J1596", "Glycopyrrolate, 0.1 mg", "2010-01-01");
    let new = record("J1597", "Glycopyrrolate, brand, 0.1 mg", "2024-07-01");
    let revised = record("J1640", "Hemin, per 1 mg", "2006-01-01");
    let served = Served::new(&[
        of("2019-01", vec![old, hemin]),
        of("2026-01", vec![new, revised]),
    ]);
    let validate = |query: &str| {
        let target = format!("/fhir/R4/CodeSystem/$validate-code?url={SYSTEM}&{query}");
        served.get(&target)
    };
    let result = |query: &str| value(&validate(query), "result").clone();
    assert_eq!(result("code=J1597&version=2026-01"), true);
    assert_eq!(result("code=J1597&version=2019-01"), false);
    assert_eq!(result("code=J1597&version=2019-01&date=2024-01-01"), false);
    assert_eq!(result("code=J1597&date=2024-01-01"), false);
    assert_eq!(result("code=J1597&date=2024-07-01"), true);
    assert_eq!(result("code=J1596&version=2019-01"), true);
    assert_eq!(result("code=J1596&version=2026-01"), false);
    let hemin = validate("code=J1640&version=2019-01");
    assert_eq!(*value(&hemin, "display"), *"Hemin, 1 mg");
    let lookup = |query: &str| {
        let target = format!("/fhir/R4/CodeSystem/$lookup?system={SYSTEM}&{query}");
        served.get(&target)["resourceType"].clone()
    };
    assert_eq!(lookup("code=J1597&version=2019-01"), "OperationOutcome");
    assert_eq!(lookup("code=J1597&version=2026-01"), "Parameters");
    let include = |version: &str| json!({"system": SYSTEM, "version": version});
    let pair = |code: &str, version: &str| (code.to_owned(), version.to_owned());
    assert_eq!(
        served.expand(&json!({"include": [include("2019-01"), include("2026-01")]})),
        [
            pair("J1596", "2019-01"),
            pair("J1597", "2026-01"),
            pair("J1640", "2019-01"),
            pair("J1640", "2026-01"),
        ]
    );
    let without = json!({
        "include": [include("2019-01"), include("2026-01")],
        "exclude": [{"system": SYSTEM, "concept": [{"code": "J1640"}]}],
    });
    assert_eq!(
        served.expand(&without),
        [pair("J1596", "2019-01"), pair("J1597", "2026-01")]
    );
}

#[test]
fn formats_without_a_place_for_the_age_have_a_header() {
    let served = Served::new(&[of("2026-01", vec![record("J1640", "Hemin", "2006-01-01")])]);
    let said = |target: &str| {
        let answer = ureq::get(format!("{}{target}", served.root))
            .call()
            .unwrap();
        let notices = answer.headers().get_all("hcpcs-notice");
        let notices = notices.iter().map(|text| text.to_str().unwrap().to_owned());
        notices.collect::<Vec<String>>()
    };
    let partial = "release 2026-01: partial";
    let expected = "newest release 2026-01, three quarters before 2026-11-26";
    let lookup = format!("$lookup?system={SYSTEM}&code=J1640&date=");
    let validate = format!("$validate-code?url={SYSTEM}&code=J1640&date=");
    for operation in [lookup, validate] {
        let operation = format!("/fhir/R4/CodeSystem/{operation}");
        assert_eq!(said(&format!("{operation}2026-02-01")), [partial]);
        let late = format!("{operation}2026-11-26");
        assert_eq!(said(&late), [partial, expected]);
        let asked = served.get(&late);
        let parameters = asked["parameter"].as_array().unwrap().iter();
        let notices: Vec<&Value> = parameters.filter(|own| own["name"] == "notice").collect();
        assert_eq!(notices.len(), 2, "{asked}");
        assert_eq!(notices[1]["valueString"], expected);
    }
    for target in [
        "/api/v1/suggest?q=hem&as_of=2026-11-26",
        "/api/v1/tables/coverage?as_of=2026-11-26",
    ] {
        assert_eq!(said(target), [partial, expected], "{target}");
    }
    let page = served.text("/codes/J1640?as_of=2026-11-26");
    assert!(page.contains(expected), "{page}");
    let search = served.get("/api/v1/search?query=hemin&as_of=2030-01-01");
    assert_eq!(
        search["age"]["text"],
        "newest release 2026-01, 16 quarters before 2030-01-01"
    );
    assert_eq!(search["notices"][0], search["age"]["text"]);
}

/// Of a code on a line that could not be read, no door says that there is none.
#[test]
fn a_code_on_a_line_that_could_not_be_read() {
    let mut releases = releases_of_two();
    releases[1].skipped.push(Skipped {
        line: 7,
        code: "J1440".parse().ok(),
        reason: "unreadable".to_owned(),
    });
    let served = Served::new(&releases);
    let said = "on a line of release 2026-01 that could not be read";
    for target in [
        "/api/v1/codes/J1440?as_of=2026-02-01",
        "/api/v1/history/J1440",
        "/api/v1/units?code=J1440&dose=1mg&as_of=2026-02-01",
        "/api/v1/search?q=J1440&as_of=2026-02-01",
        "/codes/J1440?as_of=2026-02-01",
        &format!("/fhir/R4/CodeSystem/$lookup?system={SYSTEM}&code=J1440&date=2026-02-01"),
        &format!("/fhir/R4/CodeSystem/$validate-code?url={SYSTEM}&code=J1440&date=2026-02-01"),
    ] {
        let text = served.text(target);
        assert!(text.contains(said), "{target}: {text}");
        assert!(
            !served
                .text(&target.replace("J1440", "J1441"))
                .contains(said)
        );
    }
    let checked = ureq::post(format!("{}/api/v1/check", served.root))
        .content_type("text/plain")
        .send("J1440 2026-02-01\n");
    let checked = checked.unwrap().body_mut().read_to_string().unwrap();
    let checked: Value = serde_json::from_str(checked.trim()).unwrap();
    assert_eq!(
        (&checked["verdict"], &checked["valid"]),
        (&"undetermined".into(), &Value::Null)
    );
    let changes = served.get("/api/v1/diff?old=2025-01&new=2026-01");
    let notices = changes["notices"].to_string();
    assert!(
        notices.contains("look removed or added: J1440"),
        "{notices}"
    );
}

fn releases_of_two() -> Vec<Release> {
    let own = || vec![record("J1640", "Hemin", "2006-01-01")];
    vec![of("2025-01", own()), of("2026-01", own())]
}

/// A code that CMS re-activates next year, of which no release says when it had ended.
#[test]
fn a_day_in_doubt_is_told_by_formats_of_a_fixed_form() {
    let mut again = record("J1640", "Hemin", "2006-01-01");
    again.action = "R".parse().ok();
    again.action_effective = "2099-01-01".parse().ok();
    again.cross_references = vec!["J1641".into()];
    let mut old = record("J1641", "Hemin, old", "2006-01-01");
    old.terminated = "2010-12-31".parse().ok();
    old.cross_references = vec!["J1640".into()];
    let served = Served::new(&[of("2026-01", vec![again, old])]);
    let said = "not known to be valid on";
    for target in ["?terms=hemin", "?terms=hemin&suggest&fieldVal=hemin"] {
        let target = format!("{}/api/hcpcs/v3/search{target}", served.root);
        let answer = ureq::get(target).call().unwrap();
        let notices = answer.headers().get_all("hcpcs-notice").iter();
        let notices: Vec<&str> = notices.map(|own| own.to_str().unwrap()).collect();
        let told = notices.iter().find(|own| own.contains(said)).unwrap();
        assert!(told.ends_with(": J1640"), "{told}");
    }
    for target in [
        "/codes/J1640",
        "/compare?codes=J1640,J1641",
        "/?q=hemin",
        "/browse/J16",
    ] {
        assert!(
            served.text(target).contains(said.trim_end_matches(" on")),
            "{target}"
        );
    }
    let csv = served.text("/api/v1/codes/J1640?format=csv");
    assert!(
        csv.lines()
            .skip(1)
            .all(|row| row.contains("no indexed release says when")),
        "{csv}"
    );
    let successor = &served.get("/api/v1/codes/J1641")["successors"][0];
    assert_eq!(successor["standing"], "undetermined");
}

/// A table says what its answer says beside it, also without a row.
#[test]
fn the_notices_of_a_table_are_in_it() {
    let served = Served::new(&releases_of_two());
    for (target, code, said) in [
        (
            "/api/v1/search?q=hemni&as_of=2026-02-01",
            "J1640",
            "partial; searched for hemin instead of hemni",
        ),
        (
            "/api/v1/search?q=zzz&as_of=2026-02-01",
            "",
            "partial; no code has: zzz",
        ),
        (
            "/api/v1/codes/J1640?as_of=2026-11-26",
            "J1640",
            "partial; newest release 2026-01, three",
        ),
    ] {
        let text = served.text(&format!("{target}&format=csv"));
        let mut table = csv::Reader::from_reader(text.as_bytes());
        let names = table.headers().unwrap().clone();
        let at = |name: &str| names.iter().position(|own| own == name).unwrap();
        assert_eq!(at("notice"), names.len() - 1);
        let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
        assert!(!rows.is_empty(), "{target}");
        for row in rows {
            assert_eq!(row[at("code")], *code, "{target}");
            assert!(row[at("notice")].contains(said), "{target}: {row:?}");
        }
    }
}
