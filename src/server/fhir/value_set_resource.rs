//! `ValueSet`: the value set of all codes as a resource, under each of its URLs.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::codeset::Date;
use crate::search::Searcher;
use crate::server::http::reply;
use crate::server::http::reply::FHIR_JSON;

use super::definition::OWN_VERSIONS;
use super::input::{Inputs, shown};
use super::refusal::Refusal;
use super::system::{SYSTEM, VALUE_SETS, split, value_set};

/// The id of the value set of all codes.
pub(super) const ID: &str = "hcpcs";

/// The resource of an id.
pub(super) fn read(searcher: &Searcher, wanted: &str) -> Result<Response, Refusal> {
    if wanted != ID {
        return Err(Refusal::not_found(format!(
            "there is no ValueSet `{}`; there is {ID}",
            shown(wanted)
        )));
    }
    let resource = resource(searcher, VALUE_SETS[0], None);
    Ok(reply::typed(StatusCode::OK, FHIR_JSON, &resource))
}

/// The value set with a URL and a version, in a Bundle that is empty if there is none.
pub(super) fn search(searcher: &Searcher, inputs: &Inputs) -> Response {
    let url = inputs.text("url");
    let (name, pinned) = url.as_deref().map_or((VALUE_SETS[0], None), split);
    let version = inputs.text("version").or(pinned.map(str::to_owned));
    let is_version = |version: &str| {
        OWN_VERSIONS.contains(&version) || version == searcher.release_on(Date::today())
    };
    let has_version = version.as_deref().is_none_or(is_version);
    let has_id = inputs.text("_id").is_none_or(|id| id == ID);
    let known = value_set(name).filter(|_| has_version && has_id);
    let entries: Vec<Value> = known
        .map(|url| {
            let resource = resource(searcher, &url, version);
            json!({"resource": resource, "search": {"mode": "match"}})
        })
        .into_iter()
        .collect();
    let bundle = json!({
        "resourceType": "Bundle",
        "type": "searchset",
        "total": entries.len(),
        "entry": entries,
    });
    let mut bundle = bundle;
    drop_empty(&mut bundle);
    reply::typed(StatusCode::OK, FHIR_JSON, &bundle)
}

/// FHIR does not allow empty lists.
pub(super) fn drop_empty(bundle: &mut Value) {
    if let Some(bundle) = bundle.as_object_mut() {
        bundle.retain(|_, value| value.as_array().is_none_or(|list| !list.is_empty()));
    }
}

fn resource(searcher: &Searcher, url: &str, version: Option<String>) -> Value {
    json!({
        "resourceType": "ValueSet",
        "id": ID,
        "url": url,
        "version": version.unwrap_or_else(|| searcher.release_on(Date::today())),
        "name": "HCPCSLevelIIAll",
        "title": "All codes and modifiers of HCPCS Level II",
        "status": "active",
        "compose": {"include": [{"system": SYSTEM}]},
    })
}
