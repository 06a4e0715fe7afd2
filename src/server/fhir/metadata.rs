//! `metadata`: the server's capabilities, and its versions of the code system.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::error::excerpt;
use crate::search::Searcher;
use crate::server::http::reply;
use crate::server::http::reply::FHIR_JSON;

use super::code_system;
use super::input::Inputs;
use super::property::PROPERTIES;
use super::refusal::Refusal;
use super::search;
use super::system::SYSTEM;

/// R5's element for the completeness of a code system, as an extension in R4.
const CONTENT: &str = "http://hl7.org/fhir/5.0/StructureDefinition/\
                       extension-TerminologyCapabilities.codeSystem.content";

/// The parameters of an expansion.
const EXPANSION: [&str; 15] = [
    "activeOnly",
    "check-system-version",
    "count",
    "date",
    "displayLanguage",
    "excludeNested",
    "filter",
    "force-system-version",
    "fuzzy",
    "includeDefinition",
    "includeDesignations",
    "offset",
    "property",
    "system-version",
    "tx-resource",
];

/// The capabilities, in the requested mode.
pub(super) fn metadata(searcher: &Searcher, inputs: &Inputs) -> Result<Response, Refusal> {
    let statement = match inputs.text("mode").as_deref() {
        None | Some("full" | "normative") => capabilities(searcher),
        Some("terminology") => terminology(searcher),
        Some(other) => {
            return Err(Refusal::invalid(format!(
                "`mode` cannot be `{}`; give full, normative or terminology",
                excerpt(other)
            )));
        }
    };
    Ok(reply::typed(StatusCode::OK, FHIR_JSON, &statement))
}

fn software() -> Value {
    json!({"name": "hcpcs", "version": env!("CARGO_PKG_VERSION")})
}

fn capabilities(searcher: &Searcher) -> Value {
    let operation = |name: &str, of: &str, definition: &str| {
        let definition = format!("http://hl7.org/fhir/OperationDefinition/{of}-{definition}");
        json!({"name": name, "definition": definition})
    };
    let parameters = search::described();
    json!({
        "resourceType": "CapabilityStatement",
        "url": "urn:hcpcs:CapabilityStatement",
        "version": env!("CARGO_PKG_VERSION"),
        "name": "HcpcsTerminologyServer",
        "title": "HCPCS terminology server",
        "status": "active",
        "date": searcher.manifest().built,
        "kind": "instance",
        "instantiates": ["http://hl7.org/fhir/CapabilityStatement/terminology-server"],
        "software": software(),
        "implementation": {"description": "HCPCS Level II codes and modifiers"},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "rest": [{
            "mode": "server",
            "interaction": [{"code": "batch"}],
            "security": {
                "cors": true,
                "service": [{"text": "none: every request is a question, and all may ask"}],
            },
            "resource": [
                {"type": "CodeSystem", "interaction": [{"code": "read"}, {"code": "search-type"}],
                    "searchParam": parameters,
                    "operation": [
                    operation("lookup", "CodeSystem", "lookup"),
                    operation("validate-code", "CodeSystem", "validate-code"),
                ]},
                {"type": "ValueSet", "interaction": [{"code": "read"}, {"code": "search-type"}],
                    "searchParam": parameters,
                    "operation": [
                    operation("expand", "ValueSet", "expand"),
                    operation("validate-code", "ValueSet", "validate-code"),
                ]},
            ],
        }],
    })
}

fn terminology(searcher: &Searcher) -> Value {
    let mut versions: Vec<String> = Vec::new();
    for release in &searcher.manifest().releases {
        let version = release.id.to_string();
        if versions.last() != Some(&version) {
            versions.push(version);
        }
    }
    let last = versions.len().saturating_sub(1);
    let properties = &*PROPERTIES;
    let version = |(at, code): (usize, &String)| json!({"code": code, "isDefault": at == last, "property": properties});
    let versions: Vec<Value> = versions.iter().enumerate().map(version).collect();
    let newest = searcher.manifest().releases.last();
    let content = newest.map_or("not-present", |own| code_system::content(&own.scope));
    let content = json!({"url": CONTENT, "valueCode": content});
    let parameters = EXPANSION.map(|name| json!({"name": name}));
    json!({
        "resourceType": "TerminologyCapabilities",
        "url": "urn:hcpcs:TerminologyCapabilities",
        "version": env!("CARGO_PKG_VERSION"),
        "name": "HcpcsTerminologyCapabilities",
        "title": "HCPCS terminology server",
        "status": "active",
        "date": searcher.manifest().built,
        "kind": "instance",
        "software": software(),
        "implementation": {"description": "HCPCS Level II codes and modifiers"},
        "codeSystem": [{"extension": [content], "uri": SYSTEM, "version": versions}],
        "expansion": {
            "hierarchical": false,
            "paging": true,
            "incomplete": false,
            "parameter": parameters,
            "textFilter": "every word is the beginning of a word of code or display",
        },
        "codeSearch": "all",
        "validateCode": {"translations": false},
    })
}
