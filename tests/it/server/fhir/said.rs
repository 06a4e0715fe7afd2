//! What is said beside a verdict: how a code was written, of which code set it is, on which day it is
//! judged, and which codes of a value set are none.

use serde_json::json;

use super::{ALL, SYSTEM, get, post, value};
use crate::hcpcs::Hcpcs;
use crate::made::{self, line};
use crate::server::{Got, serve_folder, served};

const OF_ALL_LEVELS: &str = "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes";

/// The severity and text of the issue of a kind in the answer about a code.
fn issue(query: &str, kind: &str) -> (String, String) {
    let answer = get(&format!("CodeSystem/$validate-code?{query}")).json();
    let own = value(&answer, "issues").unwrap()["issue"]
        .as_array()
        .unwrap()
        .iter()
        .find(|own| own["details"]["coding"][0]["code"] == kind)
        .unwrap_or_else(|| panic!("no {kind} in {answer}"));
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (text(&own["severity"]), text(&own["details"]["text"]))
}

#[test]
fn a_code_in_another_case_is_found_and_told() {
    for written in ["j1640", "%20J1640"] {
        let (severity, text) = issue(&format!("url={SYSTEM}&code={written}"), "code-rule");
        assert_eq!(severity, "information");
        assert!(text.contains("the correct code 'J1640'"), "{text}");
    }
    let exact = get(&format!(
        "CodeSystem/$validate-code?url={SYSTEM}&code=J1640"
    ))
    .json();
    assert!(!exact.to_string().contains("code-rule"), "{exact}");
}

#[test]
fn a_code_of_level_1_is_unknown_in_level_2_and_open_in_both_levels() {
    for (code, said) in [("99213", "a CPT number"), ("D0120", "a CDT (dental) code")] {
        let (severity, text) = issue(&format!("url={SYSTEM}&code={code}"), "invalid-code");
        assert!(severity == "error" && text.contains(said), "{text}");
        let (severity, text) = issue(&format!("url={OF_ALL_LEVELS}&code={code}"), "invalid-code");
        assert!(severity == "warning" && text.contains(said), "{text}");
        let lookup = get(&format!("CodeSystem/$lookup?system={SYSTEM}&code={code}"));
        assert!(lookup.body.contains(said), "{}", lookup.body);
    }
}

#[test]
fn what_is_no_code_at_all_is_told() {
    for (code, said) in [
        ("E0601RR", "it is the code E0601 with RR behind it"),
        ("E0601%20RR", "it is the code E0601 with RR behind it"),
        ("J164O", "it is not a HCPCS Level II code"),
        (
            "5529270255",
            "looks like the number of a drug package (NDC)",
        ),
    ] {
        let (severity, text) = issue(&format!("url={SYSTEM}&code={code}"), "invalid-code");
        assert!(severity == "error" && text.contains(said), "{text}");
        let lookup = get(&format!("CodeSystem/$lookup?system={SYSTEM}&code={code}"));
        assert!(lookup.body.contains(said), "{}", lookup.body);
    }
}

#[test]
fn what_cannot_be_answered_is_refused() {
    for (query, said) in [
        (
            format!("url={SYSTEM}&code=J1640&code=J0000"),
            "`code` is given twice",
        ),
        (
            format!("url={SYSTEM}&code=J1640&version=2026-01/xyz"),
            "version '2026-01/xyz' could not be found",
        ),
    ] {
        let answer = get(&format!("CodeSystem/$validate-code?{query}"));
        assert!(answer.body.contains(said), "{}", answer.body);
    }
    let guessed = format!("ValueSet/$validate-code?url={ALL}&code=J1640");
    assert_eq!(value(&get(&guessed).json(), "result").unwrap(), true);
    let refused = get(&format!("{guessed}&inferSystem=false")).json();
    assert_eq!(value(&refused, "result").unwrap(), false, "{refused}");
    let text_only = json!([{"name": "url", "valueUri": ALL}, {"name": "codeableConcept",
        "valueCodeableConcept": {"text": "hemin"}}]);
    let answer = post("ValueSet/$validate-code", &text_only);
    assert!(answer.body.contains("has no `coding`"), "{}", answer.body);
}

#[test]
fn a_day_that_is_not_whole_is_told() {
    let query = format!("CodeSystem/$lookup?system={SYSTEM}&code=J1640&date=2026-02");
    let said = get(&query).said.join("; ");
    assert!(said.contains("2026-02 is read as 2026-02-01"), "{said}");
}

#[test]
fn a_code_of_a_value_set_that_no_release_has_is_named() {
    let set = json!({"resourceType": "ValueSet", "status": "active", "compose": {"include": [
        {"system": SYSTEM, "concept": [{"code": "J1640"}, {"code": "J0000"}, {"code": "99213"}]}]}});
    let expanded = post(
        "ValueSet/$expand",
        &json!([{"name": "valueSet", "resource": set}]),
    )
    .json();
    let named: Vec<&str> = expanded["expansion"]["parameter"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|own| own["name"] == "unknown-code")
        .map(|own| own["valueString"].as_str().unwrap())
        .collect();
    assert_eq!(named, ["99213", "J0000"]);
    assert_eq!(expanded["expansion"]["total"], 1);
}

#[test]
fn a_batch_says_of_each_answer_how_old_the_release_is() {
    let url = format!("CodeSystem/$validate-code?url={SYSTEM}&code=J1640&date=2030-01-01");
    let bundle = json!({"resourceType": "Bundle", "type": "batch", "entry": [
        {"request": {"method": "GET", "url": url}}]});
    let answer = served()
        .post("/fhir/R4", "application/fhir+json", bundle.to_string())
        .json();
    let outcome = answer["entry"][0]["response"]["outcome"].to_string();
    assert!(outcome.contains("quarters before 2030-01-01"), "{answer}");
}

#[test]
fn a_filter_whose_value_is_not_of_its_property_is_refused() {
    let expand = |property: &str, value: &str| {
        let set = json!({"resourceType": "ValueSet", "status": "active", "compose": {"include": [
            {"system": SYSTEM, "filter": [{"property": property, "op": "=", "value": value}]}]}});
        post(
            "ValueSet/$expand",
            &json!([{"name": "valueSet", "resource": set}]),
        )
    };
    for (property, value) in [
        ("inactive", "maybe"),
        ("not-otherwise-classified", "yes"),
        ("added", "garbage"),
        ("added", "2026"),
    ] {
        let answer = expand(property, value);
        assert_eq!(answer.status, 400, "{property} {value}");
        let said = format!("`{property}` cannot be `{value}`");
        assert!(answer.body.contains(&said), "{}", answer.body);
    }
    let total = |value: &str| expand("added", value).json()["expansion"]["total"].clone();
    assert_eq!(total("2006-01-01"), total("20060101"));
    assert!(total("2006-01-01").as_u64() > Some(0));
}

/// Another day's answer would look the same: whatever an operation does not read is named.
#[test]
fn a_parameter_that_an_operation_does_not_read_is_named() {
    let passed_over = |answer: &serde_json::Value, name: &str| {
        answer
            .to_string()
            .contains(&format!("has no parameter `{name}`"))
    };
    for (path, others) in [
        (
            format!("CodeSystem/$lookup?system={SYSTEM}&code=J1640"),
            "filter",
        ),
        (
            format!("CodeSystem/$validate-code?url={SYSTEM}&code=J1640"),
            "count",
        ),
        ("CodeSystem/hcpcs/$lookup?code=J1640".to_owned(), "count"),
        (format!("ValueSet/$expand?url={ALL}&count=1"), "code"),
        (
            format!("ValueSet/$validate-code?url={ALL}&code=J1640"),
            "offset",
        ),
    ] {
        let answer = get(&format!("{path}&as_of=1999-01-01&{others}=1&_format=json")).json();
        assert!(passed_over(&answer, "as_of"), "{answer}");
        assert!(passed_over(&answer, others), "{answer}");
        assert!(!passed_over(&answer, "_format"), "{answer}");
        let read = get(&path).json();
        assert!(!read.to_string().contains("has no parameter"), "{read}");
    }
}

/// Each validation of several is read as a request of its own.
#[test]
fn a_validation_among_several_says_what_one_alone_says() {
    let code = json!({"name": "code", "valueCode": "J1640"});
    let validate = |more: serde_json::Value| {
        let resource = json!({"resourceType": "Parameters", "parameter": [
            {"name": "url", "valueUri": SYSTEM}, code, more]});
        let body = json!([{"name": "validation", "resource": resource}]);
        post("CodeSystem/$batch-validate-code", &body).body
    };
    for (more, said) in [
        (
            json!({"name": "as_of", "valueDate": "1999-01-01"}),
            "has no parameter `as_of`",
        ),
        (
            json!({"name": "date", "valueDateTime": "2026-02"}),
            "2026-02 is read as 2026-02-01",
        ),
        (
            json!({"name": "code", "valueCode": "J1645"}),
            "`code` is given twice",
        ),
        (json!({"name": "date"}), "`date` cannot be ``"),
        (
            json!({"name": "date", "valueDateTime": null}),
            "`date` cannot be ``",
        ),
    ] {
        let answer = validate(more);
        assert!(answer.contains(said), "{said}: {answer}");
    }
}

#[test]
fn a_parameter_that_a_resource_does_not_read_is_in_the_header() {
    for path in ["metadata", "CodeSystem/hcpcs", "ValueSet/hcpcs"] {
        let got = get(&format!("{path}?version=1999-01"));
        let named = got.said.join("; ");
        assert!(
            named.contains("has no parameter `version`"),
            "{path}: {named}"
        );
    }
}

/// What is asked of a version's own path is answered by that version, or refused.
#[test]
fn the_path_of_a_version_answers_by_no_other() {
    let hcpcs = Hcpcs::new();
    for (name, text) in [("2025_OCT", "Hemin, old"), ("2026_JAN", "Hemin, new")] {
        let text = made::text(&[line("J1640", text)]);
        hcpcs.file(&format!("HCPC{name}_ANWEB.txt"), text);
    }
    hcpcs.run(["index", "."]).code(0);
    let client = serve_folder(hcpcs.index());
    let path = "/fhir/R4/CodeSystem/hcpcs-2025-10";
    let displays = |got: &Got| got.body.contains("Hemin, old");
    for other in [
        "version=2026-01",
        "systemVersion=2026",
        "system=URL%7C2026-01",
    ] {
        let other = other.replace("URL", SYSTEM);
        let got = client.get(&format!("{path}/$validate-code?code=J1640&{other}"));
        assert_eq!(got.status, 400, "{other}: {}", got.body);
        assert!(
            got.body.contains("the path is of version 2025-10"),
            "{}",
            got.body
        );
    }
    let coding = |version: &str| json!({"code": "J1640", "system": SYSTEM, "version": version});
    for (coding, status) in [
        (coding("2026-01"), 400),
        (coding("2025-10"), 200),
        (json!({"code": "J1640", "system": SYSTEM}), 200),
    ] {
        let parameter = json!([{"name": "coding", "valueCoding": coding}]);
        let body = json!({"resourceType": "Parameters", "parameter": parameter}).to_string();
        for operation in ["$lookup", "$validate-code"] {
            let target = format!("{path}/{operation}");
            let got = client.post(&target, "application/fhir+json", &body);
            assert_eq!(got.status, status, "{operation} {coding}: {}", got.body);
            assert_eq!(displays(&got), status == 200, "{operation}: {}", got.body);
        }
    }
    for query in ["code=J1640", "code=J1640&version=2025"] {
        let got = client.get(&format!("{path}/$lookup?{query}"));
        assert!(displays(&got), "{}", got.body);
    }
}
