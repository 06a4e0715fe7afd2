//! `$validate-code` of the code system and of value sets.

use serde_json::{Value, json};

use super::{ALL, SYSTEM, UNKNOWN, get, issues, post, resource, value};
use crate::hcpcs::{DAY, Hcpcs};
use crate::made::line;
use crate::server::serve_folder;

#[test]
fn a_valid_code_is_validated() {
    let target = format!("CodeSystem/$validate-code?url={SYSTEM}&code=J1640&date={DAY}");
    let valid = resource(&get(&target), 200, "Parameters");
    let names = valid["parameter"].as_array().unwrap().iter();
    let names: Vec<&str> = names
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["result", "code", "system", "version", "display", "notice"]
    );
    assert_eq!(value(&valid, "result").unwrap(), true);
    let parameters = json!([{"name": "url", "valueUri": ALL}, {"name": "codeableConcept",
        "valueCodeableConcept": {"coding": [
            {"system": SYSTEM, "code": UNKNOWN}, {"system": SYSTEM, "code": "J1640"}]}}]);
    let one = post("ValueSet/$validate-code", &parameters).json();
    assert_eq!(
        value(&one, "result").unwrap(),
        true,
        "one of the codings is enough"
    );
    let inferred = get(&format!("ValueSet/$validate-code?url={ALL}&code=jw")).json();
    assert_eq!(value(&inferred, "code").unwrap(), "JW");
}

#[test]
fn a_terminated_code_is_validated() {
    // The code ended at the end of 2013, and the release of 2016 still has it.
    let hcpcs = Hcpcs::new().release(&[line("J1440", "Injection, filgrastim (g-csf), 300 mcg")
        .set(269, "19970101")
        .set(285, "20131231")]);
    let client = serve_folder(hcpcs.index());
    let coding = |extra: Value| {
        let mut parameters = vec![
            json!({"name": "url", "valueUri": ALL}),
            json!({"name": "coding", "valueCoding": {"system": SYSTEM, "code": "J1440"}}),
            json!({"name": "date", "valueDateTime": "2015-01-01"}),
        ];
        parameters.extend(extra.as_array().unwrap().clone());
        let body = json!({"resourceType": "Parameters", "parameter": parameters}).to_string();
        let got = client.post(
            "/fhir/R4/ValueSet/$validate-code",
            "application/fhir+json",
            &body,
        );
        resource(&got, 200, "Parameters")
    };
    let text = "The concept 'J1440' has a status of inactive and its use should be reviewed";
    let expected = json!({"resourceType": "Parameters", "parameter": [
        {"name": "result", "valueBoolean": true},
        {"name": "code", "valueCode": "J1440"},
        {"name": "system", "valueUri": SYSTEM},
        {"name": "version", "valueString": "2026-01"},
        {"name": "display", "valueString": "Injection, filgrastim (g-csf), 300 mcg"},
        {"name": "inactive", "valueBoolean": true},
        {"name": "message", "valueString": text},
        {"name": "issues", "resource": {"resourceType": "OperationOutcome", "issue": [{
            "severity": "warning", "code": "business-rule",
            "details": {
                "coding": [{"system": "http://hl7.org/fhir/tools/CodeSystem/tx-issue-type",
                    "code": "code-comment"}],
                "text": text},
            "location": ["Coding"], "expression": ["Coding"]}]}},
        {"name": "notice", "valueString": "release 2026-01: partial"},
        {"name": "notice", "valueString": "no indexed release is as old as 2015-01-01; the first \
            indexed release, 2026-01, answers for days before it"}]});
    assert_eq!(coding(json!([])), expected);
    let active = coding(json!([{"name": "activeOnly", "valueBoolean": true}]));
    assert_eq!(value(&active, "result").unwrap(), false);
    assert_eq!(issues(&active), ["not-in-vs", "code-rule", "code-comment"]);
    let in_force = json!([{"name": "date", "valueDateTime": "2010-05-01"}]);
    let body = json!({"resourceType": "Parameters", "parameter": [
        {"name": "url", "valueUri": SYSTEM}, {"name": "code", "valueCode": "J1440"},
        in_force[0]]});
    let target = "/fhir/R4/CodeSystem/$validate-code";
    let then = client
        .post(target, "application/fhir+json", body.to_string())
        .json();
    assert_eq!(
        (value(&then, "inactive"), value(&then, "issues")),
        (None, None)
    );
}

#[test]
fn an_unknown_code_is_validated() {
    let target = format!("ValueSet/$validate-code?url={ALL}&system={SYSTEM}&code={UNKNOWN}");
    let wrong = resource(&get(&target), 200, "Parameters");
    assert_eq!(value(&wrong, "result").unwrap(), false);
    assert_eq!(issues(&wrong), ["not-in-vs", "invalid-code"]);
    for issue in value(&wrong, "issues").unwrap()["issue"]
        .as_array()
        .unwrap()
    {
        assert_eq!(
            (issue["severity"] == "error", &issue["code"]),
            (
                issue["details"]["coding"][0]["code"] == "not-in-vs",
                &json!("code-invalid")
            )
        );
        assert_eq!(issue["expression"], json!(["code"]));
    }
    let coding = json!([{"name": "url", "valueUri": ALL},
        {"name": "coding", "valueCoding": {"system": SYSTEM, "code": UNKNOWN}}]);
    let wrong = post("ValueSet/$validate-code", &coding).json();
    let issue = &value(&wrong, "issues").unwrap()["issue"][0];
    assert_eq!(issue["expression"], json!(["Coding.code"]));
    let foreign = get(&format!(
        "ValueSet/$validate-code?url={ALL}&system=http://loinc.org&code=x"
    ));
    let foreign = resource(&foreign, 200, "Parameters");
    assert_eq!(value(&foreign, "result").unwrap(), false);
    assert_eq!(value(&foreign, "system").unwrap(), "http://loinc.org");
    assert_eq!(issues(&foreign), ["not-found", "not-in-vs"]);
}

#[test]
fn displays_are_compared() {
    let with = |display: &str| {
        let target = format!("CodeSystem/$validate-code?url={SYSTEM}&code=J1640&display={display}");
        get(&target).json()
    };
    let wrong = with("Aspirin");
    assert_eq!(value(&wrong, "result").unwrap(), false);
    assert_eq!(issues(&wrong), ["invalid-display"]);
    let display = value(&wrong, "display").unwrap().as_str().unwrap();
    let right = with(&display.to_uppercase().replace(' ', "++"));
    assert_eq!(
        value(&right, "result").unwrap(),
        true,
        "case and blanks do not matter"
    );
}

#[test]
fn a_code_is_in_a_value_set_that_is_sent_or_not() {
    let set = json!({"resourceType": "ValueSet", "url": "urn:mine", "compose": {"include": [
        {"system": SYSTEM, "filter": [{"property": "section", "op": "=", "value": "J"}]}]}});
    for (code, expected) in [("J1640", true), ("E0601", false)] {
        let parameters = json!([{"name": "valueSet", "resource": set},
            {"name": "coding", "valueCoding": {"system": SYSTEM, "code": code}}]);
        let got = post("ValueSet/$validate-code", &parameters).json();
        assert_eq!(value(&got, "result").unwrap(), expected, "{code}");
        let by_url = json!([{"name": "url", "valueUri": "urn:mine"},
            {"name": "tx-resource", "resource": set},
            {"name": "coding", "valueCoding": {"system": SYSTEM, "code": code}}]);
        let got = post("ValueSet/$validate-code", &by_url).json();
        assert_eq!(value(&got, "result").unwrap(), expected, "{code}");
    }
}

/// The starter set cannot say that there is no such code.
#[test]
fn a_fragment_does_not_deny_a_code() {
    let answer = |path: &str| get(path).json();
    let found = answer(&format!(
        "CodeSystem/$validate-code?url={SYSTEM}&code=A4295"
    ));
    assert_eq!(value(&found, "result").unwrap(), false);
    assert_eq!(value(&found, "version").unwrap(), "2026-01/starter");
    let issue = &value(&found, "issues").unwrap()["issue"][0];
    assert_eq!(issue["severity"], "warning", "{found}");
    let text = issue["details"]["text"].as_str().unwrap();
    assert!(
        text.contains("cannot say whether it is a code")
            && text.contains("809 of about 9,000 codes"),
        "{text}"
    );
    let system = answer("CodeSystem/hcpcs-2026-01-starter");
    assert_eq!(
        (&system["content"], &system["count"]),
        (&"fragment".into(), &809.into())
    );
    let bundle = answer(&format!("CodeSystem?url={SYSTEM}"));
    let mut listed = system.clone();
    let concepts = listed.as_object_mut().unwrap().remove("concept").unwrap();
    assert_eq!(
        concepts.as_array().unwrap().len(),
        809,
        "a fragment has its concepts"
    );
    assert_eq!(bundle["entry"][0]["resource"], listed);
    assert_eq!(answer("CodeSystem?url=http://loinc.org")["total"], 0);
    let terms = answer("metadata?mode=terminology");
    assert_eq!(
        terms["codeSystem"][0]["extension"][0]["valueCode"],
        "fragment"
    );
}
