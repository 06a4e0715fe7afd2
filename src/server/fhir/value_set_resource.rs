//! `ValueSet`: the value set of all codes as a resource, under each of its URLs.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::codeset::Date;
use crate::error::excerpt;
use crate::search::Searcher;
use crate::server::http::reply;
use crate::server::http::reply::FHIR_JSON;

use super::definition::OWN_VERSIONS;
use super::input::Inputs;
use super::refusal::Refusal;
use super::search;
use super::system::{SYSTEM, VALUE_SETS, split, value_set};

/// The id of the value set of all codes.
pub(super) const ID: &str = "hcpcs";

/// The resource of an id.
pub(super) fn read(searcher: &Searcher, wanted: &str) -> Result<Response, Refusal> {
    if wanted != ID {
        return Err(Refusal::not_found(format!(
            "there is no ValueSet `{}`; there is {ID}",
            excerpt(wanted)
        )));
    }
    let resource = resource(searcher, VALUE_SETS[0], None);
    Ok(reply::typed(StatusCode::OK, FHIR_JSON, &resource))
}

/// The value set, if it has what is asked for.
pub(super) fn search(searcher: &Searcher, inputs: &Inputs) -> Result<Response, Refusal> {
    let url = inputs.text("url");
    let (name, pinned) = url.as_deref().map_or((VALUE_SETS[0], None), split);
    let version = inputs.text("version").or(pinned.map(str::to_owned));
    let is_version = |version: &str| {
        OWN_VERSIONS.contains(&version) || version == searcher.release_on(Date::today())
    };
    let has_version = version.as_deref().is_none_or(is_version);
    let known = value_set(name).filter(|_| has_version);
    let known = known.map(|url| resource(searcher, &url, version));
    search::bundle("ValueSet", known, inputs, &|_, _, _| true)
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
