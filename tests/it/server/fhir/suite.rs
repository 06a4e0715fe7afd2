//! The suite of tests/clients/fhir: requests and what their answers have, after HL7's published
//! rules, asked of the starter set.

use std::path::Path;

use serde_json::Value;

use super::{ALL, SYSTEM, issues, property, value};
use crate::server::served;

/// A case, and the file that has it.
struct Case {
    place: String,
    case: Value,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/fhir");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.replace("{system}", SYSTEM).replace("{all}", ALL);
        let file: Value = serde_json::from_str(&text).unwrap();
        for case in file["cases"].as_array().unwrap() {
            let name = case["name"].as_str().unwrap();
            let place = format!("{}: {name}", path.file_stem().unwrap().display());
            cases.push(Case {
                place,
                case: case.clone(),
            });
        }
    }
    cases
}

fn texts(value: &Value) -> Vec<&str> {
    let list = value.as_array().into_iter().flatten();
    list.map(|own| own.as_str().unwrap()).collect()
}

/// What is wrong with the answer to a case.
fn faults(case: &Value) -> Result<(), String> {
    let client = served();
    let got = if let Some(method) = case["method"].as_str() {
        let target = format!("/fhir/R4/{}", case["get"].as_str().unwrap());
        let request =
            format!("{method} {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        let raw = client.raw(request.as_bytes());
        let (head, body) = raw.split_once("\r\n\r\n").unwrap();
        crate::server::Got {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            content_type: "application/fhir+json; charset=utf-8".to_owned(),
            said: Vec::new(),
            body: body.to_owned(),
        }
    } else if let Some(target) = case["get"].as_str() {
        client.get(&format!("/fhir/R4/{}", target.replace('|', "%7C")))
    } else {
        let operation = case["post"].as_str().unwrap();
        let body = case.get("body").cloned().unwrap_or_else(
            || serde_json::json!({"resourceType": "Parameters", "parameter": case["parameters"]}),
        );
        let target = format!("/fhir/R4/{operation}");
        client.post(&target, "application/fhir+json", body.to_string())
    };
    let expected = case["status"].as_u64().unwrap_or(200);
    if u64::from(got.status) != expected || !got.content_type.starts_with("application/fhir+json") {
        return Err(format!("{got:?}"));
    }
    let answer = got.json();
    let fail = |what: String| Err(format!("{what}\n{answer:#}"));
    if let Some(code) = case["outcome"].as_str()
        && (answer["resourceType"] != "OperationOutcome" || answer["issue"][0]["code"] != code)
    {
        return fail(format!("no OperationOutcome of {code}"));
    }
    if let Some(text) = case["text"].as_str()
        && !got.body.contains(text)
    {
        return fail(format!("it does not say {text}"));
    }
    for (pointer, expected) in case["expect"].as_object().into_iter().flatten() {
        if answer.pointer(pointer) != Some(expected) {
            return fail(format!("{pointer} is not {expected}"));
        }
    }
    let has = |name: &str| {
        if name.starts_with('/') {
            answer.pointer(name).is_some_and(|value| !value.is_null())
        } else {
            value(&answer, name).is_some()
        }
    };
    if let Some(name) = texts(&case["has"]).into_iter().find(|name| !has(name)) {
        return fail(format!("{name} is missing"));
    }
    let gone = [texts(&case["absent"]), texts(&case["absent_params"])].concat();
    if let Some(name) = gone.into_iter().find(|name| has(name)) {
        return fail(format!("{name} is there"));
    }
    let params = case["params"].as_object().into_iter().flatten();
    let result = case
        .get("result")
        .map(|result| ("result".to_owned(), result.clone()));
    let params = params.map(|(name, own)| (name.clone(), own.clone()));
    for (name, expected) in params.chain(result) {
        if value(&answer, &name) != Some(&expected) {
            return fail(format!("{name} is not {expected}"));
        }
    }
    for (name, expected) in case["property"].as_object().into_iter().flatten() {
        let own = property(&answer, name).unwrap_or_else(|| panic!("{name}: {answer}"));
        if own["part"][1]["valueBoolean"] != *expected {
            return fail(format!("{name} is not {expected}"));
        }
    }
    if case.get("issues").is_some() && described(&answer) != texts(&case["issues"]) {
        return fail(format!("{:?} are the issues", described(&answer)));
    }
    let codes = super::codes(&answer);
    if case.get("codes").is_some() && codes != texts(&case["codes"]) {
        return fail(format!("{codes:?}"));
    }
    if !texts(&case["codes_have"])
        .iter()
        .all(|code| codes.contains(code))
    {
        return fail(format!("{codes:?}"));
    }
    Ok(())
}

/// Each issue: its severity, its type, and what it is about.
fn described(answer: &Value) -> Vec<String> {
    if issues(answer).is_empty() {
        return Vec::new();
    }
    let outcome = value(answer, "issues").unwrap();
    let list = outcome["issue"].as_array().unwrap().iter();
    list.map(|issue| {
        let kind = issue["details"]["coding"][0]["code"].as_str().unwrap();
        let severity = issue["severity"].as_str().unwrap();
        assert_eq!(issue["location"], issue["expression"], "{issue}");
        match issue["expression"][0].as_str() {
            Some(place) => format!("{severity} {kind} @{place}"),
            None => format!("{severity} {kind}"),
        }
    })
    .collect()
}

#[test]
fn every_case_is_answered_as_it_says() {
    let cases = cases();
    assert!(cases.len() >= 100, "{}", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|Case { place, case }| {
            let fault = faults(case).err()?;
            Some(format!("{place}: {fault}"))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n\n")
    );
}
