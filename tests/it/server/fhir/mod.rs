//! FHIR R4: the shapes of each operation for a valid, a terminated and an unknown code.

mod expand;
mod lookup;
mod said;
mod searches;
mod suite;
mod validate;

use serde_json::{Value, json};

use super::{Got, served};

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
