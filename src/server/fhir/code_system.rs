//! `CodeSystem`: the metadata of the code system in a release, without its codes.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::codeset::Record;
use crate::error::excerpt;
use crate::index::IndexedRelease;
use crate::release::{ReleaseId, Scope};
use crate::search::Searcher;
use crate::server::http::reply;
use crate::server::http::reply::FHIR_JSON;

use super::edition::is_version;
use super::input::Inputs;
use super::property::{PROPERTIES, type_of};
use super::refusal::Refusal;
use super::search;
use super::system::{SYSTEM, split, system};

/// FHIR's word for how much of the code system a server has: the codes of a complete release are
/// not in the resource, those of the starter set and of a partial release are a fragment.
pub(super) fn content(scope: &Scope) -> &'static str {
    if scope.is_whole() {
        "not-present"
    } else {
        "fragment"
    }
}

/// The id of the newest version.
const ID: &str = "hcpcs";

/// The resource with an id.
pub(super) fn read(searcher: &Searcher, wanted: &str) -> Result<Response, Refusal> {
    let release = instance(searcher, wanted)?;
    let mut resource = resource(release, &id_of(release, wanted));
    // A fragment includes its concepts; those of the whole code system are returned by `$expand`.
    if !release.scope.is_whole()
        && let Ok((_, records)) = searcher.release(&release.id)
    {
        let concept =
            |record: &Record| json!({"code": record.code, "display": record.long_descriptor});
        let concepts: Vec<Value> = records.iter().map(concept).collect();
        resource["concept"] = concepts.into();
    }
    Ok(reply::typed(StatusCode::OK, FHIR_JSON, &resource))
}

/// The release of an id: `hcpcs` for the newest, or an id with a version.
pub(super) fn instance<'s>(
    searcher: &'s Searcher,
    wanted: &str,
) -> Result<&'s IndexedRelease, Refusal> {
    let mut releases = searcher.manifest().releases.iter().rev();
    let release = releases.find(|own| wanted == ID || id(own) == wanted);
    release.ok_or_else(|| {
        let known: Vec<String> = searcher.manifest().releases.iter().map(id).collect();
        Refusal::not_found(format!(
            "there is no CodeSystem `{}`; there are {ID}, {}",
            excerpt(wanted),
            known.join(", ")
        ))
    })
}

/// The id under which a resource was requested.
fn id_of(release: &IndexedRelease, wanted: &str) -> String {
    if wanted == ID {
        ID.to_owned()
    } else {
        id(release)
    }
}

/// The resources that have what is asked for, the newest first; `hcpcs` is the id of the newest too.
pub(super) fn search(searcher: &Searcher, inputs: &Inputs) -> Result<Response, Refusal> {
    let releases = searcher.manifest().releases.iter().rev();
    let ids = inputs.names("_id");
    let newest = releases
        .clone()
        .take(usize::from(ids.iter().any(|own| own == ID)));
    let newest = newest.map(|own| resource(own, ID));
    let resources = newest.chain(releases.map(|own| resource(own, &id(own))));
    let has_version = |own: &Value, asked: &str| {
        let id = own["version"].as_str().and_then(|own| own.parse().ok());
        id.is_some_and(|id: ReleaseId| is_version(&id, asked))
    };
    search::bundle("CodeSystem", resources, inputs, &|own, element, asked| {
        if element == "version" {
            return has_version(own, asked);
        }
        let version = split(asked).1;
        system(asked).is_some() && version.is_none_or(|version| has_version(own, version))
    })
}

fn id(release: &IndexedRelease) -> String {
    format!("hcpcs-{}", release.id.to_string().replace('/', "-"))
}

fn resource(release: &IndexedRelease, id: &str) -> Value {
    let (title, publisher) = match &release.scope {
        Scope::Whole => (
            "HCPCS Level II".to_owned(),
            "Centers for Medicare & Medicaid Services",
        ),
        Scope::Partial { .. } => (
            format!("HCPCS Level II, {}", release.scope),
            "Centers for Medicare & Medicaid Services",
        ),
        Scope::Starter { .. } => (
            format!("HCPCS Level II, starter set of hcpcs, {}", release.scope),
            "hcpcs",
        ),
    };
    let property = PROPERTIES.iter();
    let property: Vec<Value> = property
        .map(|code| json!({"code": code, "type": type_of(code)}))
        .collect();
    json!({
        "resourceType": "CodeSystem",
        "id": id,
        "url": SYSTEM,
        "version": release.id.to_string(),
        "name": "HCPCSLevelII",
        "title": title,
        "status": "active",
        "publisher": publisher,
        "caseSensitive": false,
        "content": content(&release.scope),
        "count": release.procedures + release.modifiers,
        "property": property,
    })
}
