//! FHIR R4: the shapes of each operation for a valid, a terminated and an unknown code.

use serde_json::{Value, json};

use super::{Client, Got, serve_folder, served};
use crate::hcpcs::{DAY, Hcpcs, january_index};
use crate::made::line;

const SYSTEM: &str = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
const ALL: &str = "http://terminology.hl7.org/ValueSet/v3-HealthCareCommonProcedureCodingSystem";

/// A code of the starter set that has ended, and one that none has.
const ENDED: &str = "Q9989";
const UNKNOWN: &str = "J0000";

#[track_caller]
fn resource(got: &Got, status: u16, kind: &str) -> Value {
    assert_eq!(got.status, status, "{got:?}");
    assert_eq!(got.content_type, "application/fhir+json; charset=utf-8");
    let resource = got.json();
    assert_eq!(resource["resourceType"], kind, "{resource}");
    resource
}

fn get(target: &str) -> Got {
    served().get(&format!("/fhir/R4/{target}"))
}

fn post(operation: &str, parameters: &Value) -> Got {
    let body = json!({"resourceType": "Parameters", "parameter": parameters}).to_string();
    served().post(
        &format!("/fhir/R4/{operation}"),
        "application/fhir+json",
        &body,
    )
}

/// The value of a parameter, whatever its type.
fn value<'r>(resource: &'r Value, name: &str) -> Option<&'r Value> {
    let list = resource["parameter"].as_array().unwrap();
    let own = list.iter().find(|parameter| parameter["name"] == name)?;
    let mut values = own.as_object().unwrap().iter();
    values.find_map(|(key, value)| (key.starts_with("value") || key == "resource").then_some(value))
}

/// The parts of the property of a code.
fn property<'r>(resource: &'r Value, code: &str) -> Option<&'r Value> {
    let list = resource["parameter"].as_array().unwrap();
    let mut properties = list
        .iter()
        .filter(|parameter| parameter["name"] == "property");
    properties.find(|property| property["part"][0]["valueCode"] == code)
}

fn codes(value_set: &Value) -> Vec<&str> {
    let contains = value_set["expansion"]["contains"].as_array();
    contains
        .into_iter()
        .flatten()
        .map(|one| one["code"].as_str().unwrap())
        .collect()
}

/// What an issue is, in the words of FHIR's tools.
fn issues(resource: &Value) -> Vec<&str> {
    let Some(outcome) = value(resource, "issues") else {
        return Vec::new();
    };
    let issues = outcome["issue"].as_array().unwrap().iter();
    issues
        .map(|issue| issue["details"]["coding"][0]["code"].as_str().unwrap())
        .collect()
}

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
    assert_eq!(terms["codeSystem"][0]["version"][0]["code"], "2026-01");
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
    assert_eq!(value(&found, "version").unwrap(), "2026-01");
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
fn the_example_on_a_release() {
    let Some(folder) = january_index() else {
        return;
    };
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
    let text = format!("Unable to find code '{UNKNOWN}' in {SYSTEM} version 2026-01");
    let issue = json!([{"severity": "error", "code": "not-found", "details": {"text": text}}]);
    assert_eq!(unknown["issue"], issue);
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
        assert_eq!(value(&found, "version").unwrap(), "2026-01");
    }
    let target = format!("CodeSystem/$lookup?system={SYSTEM}|2019-01&code=J1640");
    let refused = resource(&get(&target), 404, "OperationOutcome");
    assert!(
        refused.to_string().contains("there are 2026-01"),
        "{refused}"
    );
}

#[test]
fn a_value_set_is_expanded() {
    let target = format!(
        "ValueSet/$expand?url={ALL}&filter=glycopyrrolate&count=2&activeOnly=true&offset=1"
    );
    let got = get(&target);
    let set = resource(&got, 200, "ValueSet");
    assert_eq!(
        (&set["url"], &set["status"]),
        (&json!(ALL), &json!("active"))
    );
    let expansion = &set["expansion"];
    let identifier = expansion["identifier"].as_str().unwrap();
    assert!(
        identifier.starts_with("urn:uuid:") && identifier.len() == 45,
        "{identifier}"
    );
    assert_eq!(
        get(&target).json()["expansion"]["identifier"],
        identifier,
        "it is stable"
    );
    assert!(expansion["total"].as_u64() >= Some(4));
    assert_eq!(expansion["offset"], 1);
    let echoed = json!([
        {"name": "filter", "valueString": "glycopyrrolate"},
        {"name": "count", "valueInteger": 2},
        {"name": "offset", "valueInteger": 1},
        {"name": "activeOnly", "valueBoolean": true},
        {"name": "used-codesystem", "valueUri": format!("{SYSTEM}|2026-01")},
    ]);
    assert_eq!(expansion["parameter"], echoed);
    assert_eq!(codes(&set).len(), 2);
    let first = &expansion["contains"][0];
    let keys: Vec<&String> = first.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["system", "version", "code", "display"]);
}

#[test]
fn a_filter_comes_before_the_page_and_sees_code_and_display() {
    let expand = |query: &str| get(&format!("ValueSet/$expand?url={ALL}&{query}")).json();
    let all = expand("filter=wheelchair");
    let total = all["expansion"]["total"].as_u64().unwrap();
    assert_eq!(total, codes(&all).len() as u64);
    let mut paged = Vec::new();
    for offset in (0..total).step_by(7) {
        let page = expand(&format!("filter=wheelchair&count=7&offset={offset}"));
        assert_eq!(page["expansion"]["total"], total);
        paged.extend(codes(&page).into_iter().map(str::to_owned));
    }
    assert_eq!(
        paged,
        codes(&all),
        "pages do not overlap and leave nothing out"
    );
    assert_eq!(codes(&expand("filter=j1640")), ["J1640"]);
    assert_eq!(codes(&expand("filter=hemin")), ["J1640"]);
    assert_eq!(codes(&expand("count=0")), [""; 0]);
    assert!(expand("count=0")["expansion"]["total"].as_u64() > Some(500));
    let nothing = expand("filter=zzzz");
    assert_eq!(
        (&nothing["expansion"]["total"], codes(&nothing).len()),
        (&json!(0), 0)
    );
}

#[test]
fn inactive_codes_are_marked_or_left_out() {
    let of = |query: &str| {
        let set = get(&format!("ValueSet/$expand?url={ALL}&{query}")).json();
        set["expansion"]["contains"].as_array().unwrap().clone()
    };
    let is_inactive = |one: &Value| one["inactive"] == true;
    let (all, active) = (
        of(&format!("date={DAY}")),
        of(&format!("date={DAY}&activeOnly=true")),
    );
    let inactive = all.iter().filter(|one| is_inactive(one)).count();
    assert!(inactive > 10);
    assert_eq!(all.len() - inactive, active.len());
    assert!(!active.iter().any(is_inactive));
}

#[test]
fn where_nlm_has_its_tables() {
    let target = "ValueSet/hcpcs/$expand?filter=glycopyr&count=3&offset=0&_format=json";
    let set = resource(&get(target), 200, "ValueSet");
    assert_eq!(codes(&set).len(), 3);
    let url = "http://clinicaltables.nlm.nih.gov/fhir/R4/ValueSet/hcpcs";
    let by_url = get(&format!(
        "ValueSet/$expand?url={url}&filter=glycopyr&count=3&offset=0"
    ));
    assert_eq!(codes(&by_url.json()), codes(&set));
}

/// Expands a value set that is sent.
fn composed(compose: &Value) -> Got {
    let set = json!({"resourceType": "ValueSet", "url": "urn:mine", "compose": compose});
    post(
        "ValueSet/$expand",
        &json!([{"name": "valueSet", "resource": set}]),
    )
}

fn filtered(property: &str, op: &str, value: &str) -> Got {
    let filter = json!([{"property": property, "op": op, "value": value}]);
    composed(&json!({"include": [{"system": SYSTEM, "filter": filter}]}))
}

#[test]
fn a_value_set_that_is_sent() {
    let concepts = json!([{"code": "J1640"}, {"code": "J1597"}, {"code": UNKNOWN}]);
    let include = json!([{"system": SYSTEM, "concept": concepts}]);
    let set = resource(&composed(&json!({"include": include})), 200, "ValueSet");
    assert_eq!(set["url"], "urn:mine");
    assert_eq!(codes(&set), ["J1597", "J1640"]);
    let exclude = json!([{"system": SYSTEM, "concept": [{"code": "J1597"}]}]);
    let set = composed(&json!({"include": include, "exclude": exclude})).json();
    assert_eq!(codes(&set), ["J1640"]);
    let total = |got: Got| {
        let set = resource(&got, 200, "ValueSet");
        set["expansion"]["total"].as_u64().unwrap()
    };
    assert!(total(filtered("betos", "=", "O1E")) > 5);
    let some = total(filtered("coverage", "in", "D,M"));
    assert_eq!(
        some,
        total(filtered("coverage", "=", "D")) + total(filtered("coverage", "=", "M"))
    );
    let set = filtered("code", "regex", "J16.*").json();
    assert!(codes(&set).len() > 3 && codes(&set).iter().all(|code| code.starts_with("J16")));
    assert_eq!(
        total(filtered("code", "regex", "J16")),
        0,
        "the whole value must fit"
    );
    let (ended, others) = (
        filtered("terminated", "exists", "true"),
        filtered("terminated", "exists", "false"),
    );
    assert_eq!(
        total(ended) + total(others),
        total(filtered("inactive", "in", "true,false"))
    );
    assert!(total(filtered("not-otherwise-classified", "=", "true")) > 5);
    let value_set = json!({"resourceType": "ValueSet", "compose": {"include": include}});
    let direct = served().post(
        "/fhir/R4/ValueSet/$expand",
        "application/json",
        &value_set.to_string(),
    );
    assert_eq!(codes(&direct.json()), ["J1597", "J1640"]);
}

#[test]
fn value_sets_that_are_not_understood() {
    for (got, status) in [
        (filtered("price", "=", "1"), 422),
        (filtered("betos", "generalizes", "O1E"), 422),
        (filtered("code", "regex", "("), 400),
        (filtered("code", "regex", "(a{1000}){1000}"), 400),
        (composed(&json!({})), 400),
        (composed(&json!({"include": [{}]})), 400),
        (
            composed(&json!({"include": [{"system": "http://loinc.org"}]})),
            404,
        ),
        (get("ValueSet/$expand"), 400),
        (get("ValueSet/$expand?url=http://elsewhere"), 404),
        (get(&format!("ValueSet/$expand?url={ALL}&count=x")), 400),
        (
            get(&format!("ValueSet/$expand?url={ALL}&activeOnly=x")),
            400,
        ),
    ] {
        resource(&got, status, "OperationOutcome");
    }
}

#[test]
fn a_valid_code_is_validated() {
    let target = format!("CodeSystem/$validate-code?url={SYSTEM}&code=J1640&date={DAY}");
    let valid = resource(&get(&target), 200, "Parameters");
    let names = valid["parameter"].as_array().unwrap().iter();
    let names: Vec<&str> = names
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["result", "code", "system", "version", "display"]);
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
            "location": ["Coding"], "expression": ["Coding"]}]}}]});
    assert_eq!(coding(json!([])), expected);
    let active = coding(json!([{"name": "activeOnly", "valueBoolean": true}]));
    assert_eq!(value(&active, "result").unwrap(), false);
    assert_eq!(issues(&active), ["not-in-vs", "code-comment"]);
    let in_force = json!([{"name": "date", "valueDateTime": "2010-05-01"}]);
    let body = json!({"resourceType": "Parameters", "parameter": [
        {"name": "url", "valueUri": SYSTEM}, {"name": "code", "valueCode": "J1440"},
        in_force[0]]});
    let target = "/fhir/R4/CodeSystem/$validate-code";
    let then = client
        .post(target, "application/fhir+json", &body.to_string())
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
            (&issue["severity"], &issue["code"]),
            (&json!("error"), &json!("code-invalid"))
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
