//! `metadata` and `CodeSystem/$lookup`, and requests that are wrong.

use serde_json::json;

use super::{ALL, ENDED, SYSTEM, UNKNOWN, get, post, property, resource, value};
use crate::hcpcs::{DAY, january_index};
use crate::server::{Client, serve_folder, served};

#[test]
fn what_the_server_can_do() {
    let statement = resource(&get("metadata"), 200, "CapabilityStatement");
    assert_eq!(statement["fhirVersion"], "4.0.1");
    let server = "http://hl7.org/fhir/CapabilityStatement/terminology-server";
    assert_eq!(statement["instantiates"], json!([server]));
    let rest = &statement["rest"][0];
    assert!(rest["security"]["service"].is_array());
    let mut operations: Vec<&str> = Vec::new();
    for resource in rest["resource"].as_array().unwrap() {
        let own = resource["operation"].as_array().unwrap().iter();
        operations.extend(own.map(|operation| operation["name"].as_str().unwrap()));
    }
    assert_eq!(
        operations,
        ["lookup", "validate-code", "expand", "validate-code"]
    );
    let terms = resource(
        &get("metadata?mode=terminology"),
        200,
        "TerminologyCapabilities",
    );
    assert_eq!(terms["codeSystem"][0]["uri"], SYSTEM);
    assert_eq!(
        terms["codeSystem"][0]["version"][0]["code"],
        "2026-01/starter"
    );
    let names = terms["expansion"]["parameter"].as_array().unwrap();
    for name in [
        "activeOnly",
        "count",
        "offset",
        "tx-resource",
        "system-version",
    ] {
        assert!(names.iter().any(|own| own["name"] == name), "{name}");
    }
    resource(&get("metadata?mode=none"), 400, "OperationOutcome");
}

#[test]
fn a_valid_code_is_looked_up() {
    let by_get = get(&format!(
        "CodeSystem/$lookup?system={SYSTEM}&code=J1640&property=*&date={DAY}"
    ));
    let found = resource(&by_get, 200, "Parameters");
    let encoded = get(&format!(
        "CodeSystem/%24lookup?system={SYSTEM}&code=J1640&date={DAY}"
    ));
    assert_eq!(by_get.body, encoded.body);
    let coding = json!([
        {"name": "coding", "valueCoding": {"system": SYSTEM, "code": "J1640"}},
        {"name": "date", "valueDateTime": DAY},
    ]);
    assert_eq!(post("CodeSystem/$lookup", &coding).body, by_get.body);
    let names = found["parameter"].as_array().unwrap().iter().take(6);
    let names: Vec<&str> = names
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["name", "system", "version", "code", "display", "abstract"]
    );
    assert_eq!(value(&found, "name").unwrap(), "HCPCSLevelII");
    assert_eq!(value(&found, "system").unwrap(), SYSTEM);
    assert_eq!(value(&found, "version").unwrap(), "2026-01/starter");
    assert_eq!(value(&found, "abstract").unwrap(), false);
    let inactive = json!({"name": "property", "part": [
        {"name": "code", "valueCode": "inactive"}, {"name": "value", "valueBoolean": false}]});
    assert_eq!(*property(&found, "inactive").unwrap(), inactive);
    let coverage = json!({"name": "property", "part": [
        {"name": "code", "valueCode": "coverage"},
        {"name": "value", "valueCode": "D"},
        {"name": "description", "valueString": "Special coverage instructions apply"}]});
    assert_eq!(*property(&found, "coverage").unwrap(), coverage);
    assert_eq!(
        property(&found, "added").unwrap()["part"][1]["valueDateTime"],
        "2006-01-01"
    );
    let only = get(&format!(
        "CodeSystem/$lookup?system={SYSTEM}&code=J1640&property=betos"
    ));
    let only = only.json();
    assert!(property(&only, "betos").is_some() && property(&only, "coverage").is_none());
    assert_eq!(value(&only, "designation"), None);
}

#[test]
#[ignore = "needs CMS's files in ../shared"]
fn the_example_on_a_release() {
    let folder = january_index().unwrap();
    let client: Client = serve_folder(folder);
    let target = format!("/fhir/R4/CodeSystem/$lookup?system={SYSTEM}&code=J1640&property=*");
    let found = resource(&client.get(&target), 200, "Parameters");
    assert_eq!(value(&found, "display").unwrap(), "Injection, hemin, 1 mg");
    let list = found["parameter"].as_array().unwrap();
    for expected in [
        json!({"name": "designation", "part": [
            {"name": "language", "valueCode": "en"},
            {"name": "use", "valueCoding": {
                "system": "http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra",
                "code": "preferredForLanguage"}},
            {"name": "value", "valueString": "Injection, hemin, 1 mg"}]}),
        json!({"name": "designation", "part": [
            {"name": "language", "valueCode": "en"},
            {"name": "use", "valueCoding": {"system": "urn:hcpcs:designation-use", "code": "short"}},
            {"name": "value", "valueString": "Hemin, 1 mg"}]}),
        json!({"name": "property", "part": [
            {"name": "code", "valueCode": "betos"},
            {"name": "value", "valueCode": "O1E"},
            {"name": "description", "valueString": "Other drugs"}]}),
        json!({"name": "property", "part": [
            {"name": "code", "valueCode": "processing-note"},
            {"name": "value", "valueCode": "0095"},
            {"name": "description", "valueString": "AS REQUIRED BY BBRA SECTION 201."}]}),
    ] {
        assert!(list.contains(&expected), "no {expected} in {found}");
    }
}

#[test]
fn a_terminated_and_an_unknown_code_are_looked_up() {
    let ended = get(&format!(
        "CodeSystem/$lookup?system={SYSTEM}&code={ENDED}&date={DAY}"
    ));
    let ended = resource(&ended, 200, "Parameters");
    assert_eq!(
        property(&ended, "inactive").unwrap()["part"][1]["valueBoolean"],
        true
    );
    let day = &property(&ended, "terminated").unwrap()["part"][1]["valueDateTime"];
    assert_eq!(day, "2017-12-31");
    let unknown = get(&format!(
        "CodeSystem/$lookup?system={SYSTEM}&code={UNKNOWN}"
    ));
    let unknown = resource(&unknown, 404, "OperationOutcome");
    let said = |at: usize| unknown["issue"][at]["details"]["text"].as_str().unwrap();
    let text = format!(
        "Unable to find code '{UNKNOWN}' in {SYSTEM} version 2026-01/starter; it is not in release \
         2026-01/starter, 809 of about 9,000 codes, which cannot say whether it is a code"
    );
    assert_eq!(said(0), text);
    assert_eq!(said(1), "release 2026-01/starter: 809 of about 9,000 codes");
    assert_eq!(unknown["issue"][1]["severity"], "information");
}

#[test]
fn aliases_are_accepted_and_never_answered() {
    for alias in [
        "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        "urn:oid:2.16.840.1.113883.6.285",
        "http://terminology.hl7.org/CodeSystem/hcpcs-Level-II",
        "http://terminology.hl7.org/CodeSystem/HCPCS",
        "https://bluebutton.cms.gov/resources/codesystem/hcpcs",
    ] {
        let found = get(&format!("CodeSystem/$lookup?system={alias}&code=J1640"));
        assert_eq!(value(&found.json(), "system").unwrap(), SYSTEM);
        let target = format!("ValueSet/$validate-code?url={ALL}&system={alias}&code=J1640");
        let valid = resource(&get(&target), 200, "Parameters");
        assert_eq!(value(&valid, "result").unwrap(), true);
        assert_eq!(value(&valid, "system").unwrap(), SYSTEM);
        assert_eq!(value(&valid, "message"), None);
        let issue = &value(&valid, "issues").unwrap()["issue"][0];
        assert_eq!(issue["severity"], "information");
        assert!(
            issue["details"]["text"].as_str().unwrap().contains(alias),
            "{issue}"
        );
        let all = get(&format!("ValueSet/$expand?url={alias}?fhir_vs&count=1"));
        assert_eq!(all.json()["expansion"]["contains"][0]["system"], SYSTEM);
    }
}

#[test]
fn versions_of_all_kinds() {
    for version in ["2026-01", "2026", "2026.1.21AA"] {
        let target = format!("CodeSystem/$lookup?system={SYSTEM}&code=J1640&version={version}");
        let found = resource(&get(&target), 200, "Parameters");
        assert_eq!(value(&found, "version").unwrap(), "2026-01/starter");
    }
    let target = format!("CodeSystem/$lookup?system={SYSTEM}|2019-01&code=J1640");
    let refused = resource(&get(&target), 404, "OperationOutcome");
    assert!(
        refused.to_string().contains("there are 2026-01"),
        "{refused}"
    );
}

#[test]
fn requests_that_are_wrong() {
    let client = served();
    for (got, status) in [
        (get("CodeSystem/$lookup"), 400),
        (get("CodeSystem/$lookup?code=J1640"), 400),
        (
            get("CodeSystem/$lookup?system=http://loinc.org&code=x"),
            404,
        ),
        (
            get(&format!(
                "CodeSystem/$lookup?system={SYSTEM}&code=J1640&date=soon"
            )),
            400,
        ),
        (get(&format!("CodeSystem/$validate-code?url={SYSTEM}")), 400),
        (get("CodeSystem/$subsumes"), 404),
        (get("Patient/1"), 404),
        (get("metadata?_format=xml"), 406),
        (
            client.post("/fhir/R4/ValueSet/$expand", "application/fhir+json", "{"),
            400,
        ),
        (
            client.post("/fhir/R4/ValueSet/$expand", "application/fhir+json", "[]"),
            400,
        ),
        (
            client.post("/fhir/R4/ValueSet/$expand", "application/fhir+xml", "<x/>"),
            415,
        ),
    ] {
        let outcome = resource(&got, status, "OperationOutcome");
        assert_eq!(outcome["issue"][0]["severity"], "error");
        assert!(
            outcome["issue"][0]["details"]["text"]
                .as_str()
                .unwrap()
                .len()
                > 10
        );
    }
}
