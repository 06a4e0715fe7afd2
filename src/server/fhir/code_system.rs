//! `CodeSystem`: the metadata of the code system in a release, without its codes.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::codeset::Record;
use crate::index::IndexedRelease;
use crate::release::Scope;
use crate::search::Searcher;
use crate::server::http::reply;
use crate::server::http::reply::FHIR_JSON;

use super::input::{Inputs, shown};
use super::property::{PROPERTIES, type_of};
use super::refusal::Refusal;
use super::system::{SYSTEM, split, system};
use super::value_set_resource::drop_empty;

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
            shown(wanted),
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

/// The resources with a name and a version, the newest first.
pub(super) fn search(searcher: &Searcher, inputs: &Inputs) -> Response {
    let url = inputs.text("url");
    let is_asked = url.as_deref().is_none_or(|url| system(url).is_some());
    let version = inputs.text("version").or_else(|| {
        let (_, version) = split(url.as_deref()?);
        version.map(str::to_owned)
    });
    let wanted = inputs.text("_id");
    let releases = searcher.manifest().releases.iter().rev();
    let entries: Vec<Value> = releases
        .filter(|_| is_asked)
        .filter(|own| {
            version
                .as_deref()
                .is_none_or(|asked| own.id.to_string() == asked)
        })
        .filter(|own| {
            wanted
                .as_deref()
                .is_none_or(|asked| asked == ID || asked == id(own))
        })
        .map(|own| json!({"resource": resource(own, &id(own)), "search": {"mode": "match"}}))
        .collect();
    let mut bundle = json!({
        "resourceType": "Bundle",
        "type": "searchset",
        "total": entries.len(),
        "entry": entries,
    });
    drop_empty(&mut bundle);
    reply::typed(StatusCode::OK, FHIR_JSON, &bundle)
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
