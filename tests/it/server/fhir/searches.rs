//! Searches for resources: each parameter narrows, the link repeats what was used, and what is passed
//! over is said, or refused if the client prefers that.

use serde_json::Value;

use super::{SYSTEM, get, resource};
use crate::server::served;

fn total(query: &str) -> Value {
    resource(&get(query), 200, "Bundle")["total"].clone()
}

#[test]
fn each_parameter_narrows() {
    for (query, expected) in [
        ("CodeSystem", 1),
        ("CodeSystem?_id=hcpcs", 1),
        ("CodeSystem?_id=x", 0),
        ("CodeSystem?_id=x,hcpcs-2026-01-starter", 1),
        ("CodeSystem?name=hcpcs", 1),
        ("CodeSystem?name=loinc", 0),
        ("CodeSystem?name:exact=hcpcs", 0),
        ("CodeSystem?title:contains=starter", 1),
        ("CodeSystem?status=active", 1),
        ("CodeSystem?status=retired,draft", 0),
        ("CodeSystem?content-mode=fragment", 1),
        ("CodeSystem?content-mode=complete", 0),
        ("CodeSystem?version=2026-01", 1),
        ("CodeSystem?version=2025-01", 0),
        ("CodeSystem?url=http://loinc.org", 0),
        ("ValueSet", 1),
        ("ValueSet?_id=hcpcs&status=active", 1),
        ("ValueSet?status=draft", 0),
        ("ValueSet?name=hcpcs", 1),
        ("ValueSet?name=loinc", 0),
    ] {
        assert_eq!(total(query), expected, "{query}");
    }
    let own = get("CodeSystem?_id=hcpcs").json();
    assert_eq!(own["entry"][0]["resource"]["id"], "hcpcs");
    let counted = get("CodeSystem?_count=0").json();
    assert_eq!(
        (&counted["total"], counted.get("entry")),
        (&Value::from(1), None)
    );
}

#[test]
fn what_was_used_and_what_was_passed_over() {
    let bundle = get(&format!(
        "CodeSystem?url={SYSTEM}&date=2026-01-01&name:above=x"
    ))
    .json();
    let link = bundle["link"][0]["url"].as_str().unwrap();
    assert!(link.starts_with("CodeSystem?url=http%3A"), "{link}");
    assert!(!link.contains("above"), "{link}");
    assert_eq!(bundle["total"], 1);
    let outcome = &bundle["entry"][1];
    assert_eq!(outcome["search"]["mode"], "outcome");
    let texts = outcome["resource"]["issue"].to_string();
    assert!(
        texts.contains("`name:above`") && texts.contains("`date`"),
        "{texts}"
    );

    let strict = |query: &str| {
        let head = format!(
            "GET /fhir/R4/{query} HTTP/1.1\r\nHost: localhost\r\nPrefer: handling=strict\r\n\
             Connection: close\r\n\r\n"
        );
        served().raw(head.as_bytes())
    };
    let refused = strict("CodeSystem?colour=red");
    assert!(refused.starts_with("HTTP/1.1 400"), "{refused}");
    assert!(
        refused.contains("OperationOutcome") && refused.contains("`colour`"),
        "{refused}"
    );
    assert!(strict("CodeSystem?name=hcpcs").starts_with("HTTP/1.1 200"));
    let lookup = format!("CodeSystem/$lookup?system={SYSTEM}&code=J1640");
    assert!(strict(&lookup).starts_with("HTTP/1.1 200"));
    let refused = strict(&format!("{lookup}&as_of=1999-01-01"));
    assert!(
        refused.starts_with("HTTP/1.1 400") && refused.contains("`as_of`"),
        "{refused}"
    );
}
