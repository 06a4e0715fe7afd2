//! `ValueSet/$expand`: the codes of a value set, filtered, then paged.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::error::excerpt;
use crate::search::day_facts::unclear_notice;
use crate::search::list::list_query::behind_end;
use crate::search::{ListQuery, ListedCode, Searcher, Status};
use crate::server::http::reply;
use crate::server::http::reply::FHIR_JSON;

use super::contained_property::{Extension, declared, is_property, values};
use super::definition;
use super::echo::echoed;
use super::edition::Edition;
use super::fuzzy;
use super::input::Inputs;
use super::refusal::Refusal;
use super::resource::{Coding, Parameter, Value};
use super::system::{DESIGNATION_USE, SYSTEM};

/// The maximum page size.
const MOST: usize = 10_000;

/// `ValueSet` with its expansion.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Expanded {
    resource_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    status: &'static str,
    expansion: Expansion,
}

#[derive(Serialize)]
struct Expansion {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extension: Vec<Extension>,
    identifier: String,
    timestamp: String,
    total: usize,
    offset: usize,
    parameter: Vec<Parameter>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contains: Vec<Contained>,
}

#[derive(Serialize)]
struct Contained {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    extension: Vec<Extension>,
    system: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    inactive: bool,
    /// Whether it may not have been valid on the day, though it is not inactive.
    #[serde(skip)]
    is_unclear: bool,
    version: String,
    code: String,
    display: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    designation: Vec<Designation>,
}

#[derive(Serialize)]
struct Designation {
    language: &'static str,
    #[serde(rename = "use")]
    usage: Coding,
    value: String,
}

/// Expands a value set; `here` is its name if the request's path has it, `said` what is known of the
/// request before. When `is_due`, it stops,
/// as nobody gets the result.
pub(super) fn expand(
    searcher: &Searcher,
    inputs: &Inputs,
    here: Option<&str>,
    said: &[String],
    is_due: &dyn Fn() -> bool,
) -> Result<Expanded, Refusal> {
    let set = definition::asked(searcher, inputs, here)?;
    if let Some(unknown) = set.unknown_systems.first() {
        return Err(Refusal::not_found(format!(
            "A definition for CodeSystem '{}' could not be found, so the value set cannot be \
             expanded",
            excerpt(unknown)
        )));
    }
    let properties = inputs.names("property");
    properties.iter().try_for_each(|name| is_property(name))?;
    let page = |name: &str| -> Result<Option<usize>, Refusal> {
        let number = inputs.number(name)?;
        Ok(number.map(|number| usize::try_from(number).unwrap_or(usize::MAX)))
    };
    let offset = page("offset")?.unwrap_or(0);
    let limit = page("count")?.unwrap_or(MOST).min(MOST);
    let active_only = set.active_only || inputs.flag("activeOnly")?.unwrap_or(false);
    let words = inputs.text("filter").unwrap_or_default();
    let designations = inputs.flag("includeDesignations")?.unwrap_or(false);
    let is_fuzzy = inputs.flag("fuzzy")?.unwrap_or(false) && !words.trim().is_empty();
    let (mut total, mut contains) = (0, Vec::new());
    let (mut instead, mut said) = (Vec::new(), said.to_vec());
    for edition in &set.editions {
        let before = contains.len();
        let contained = |listed: &ListedCode<'_>| {
            let own = set.display(listed, edition);
            contained(listed, edition, own, designations, &properties)
        };
        let has =
            |listed: &ListedCode<'_>| !is_due() && edition.has(listed) && set.has(listed, edition);
        if is_fuzzy {
            let found = fuzzy::search(searcher, &words, edition, active_only, MOST)?;
            let own: Vec<&ListedCode<'_>> = found.listed.iter().filter(|own| has(own)).collect();
            let page = own.iter().skip(offset.saturating_sub(total));
            contains.extend(page.take(limit - contains.len()).map(|own| contained(own)));
            total += own.len();
            instead.extend(found.instead);
            said.extend(found.notices);
        } else {
            // the codes of an edition follow those of the previous editions
            let query = ListQuery {
                words: words.clone(),
                as_of: Some(edition.day),
                release: edition.release.clone(),
                terminated: !active_only,
                offset: offset.saturating_sub(total),
                limit: limit - contains.len(),
                ..ListQuery::default()
            };
            let list = searcher.list(&query, has)?;
            total += list.total;
            let page = list.page.iter();
            contains.extend(page.map(contained));
        }
        let unclear = contains[before..].iter().filter(|own| own.is_unclear);
        let unclear = unclear_notice(unclear.map(|own| own.code.as_str()), edition.day);
        said.extend(unclear.filter(|_| !is_fuzzy));
    }
    said.extend(behind_end(offset, total));
    Ok(Expanded {
        resource_type: "ValueSet",
        status: "active",
        expansion: Expansion {
            extension: declared(&properties),
            identifier: identifier(searcher, inputs, &set.editions),
            timestamp: jiff::Timestamp::now()
                .strftime("%Y-%m-%dT%H:%M:%SZ")
                .to_string(),
            total,
            offset,
            parameter: {
                let versions = set.editions.iter().map(|own| own.version.as_str());
                let versions = versions.chain(contains.iter().map(|own| own.version.as_str()));
                let mut all = echoed(inputs, versions)?;
                all.extend(instead.into_iter().map(|own| {
                    let text = format!("{} → {}", own.asked, own.instead.join(", "));
                    Parameter::new("searched-instead", Value::String(text))
                }));
                let own = |name: &'static str| {
                    move |text: String| Parameter::new(name, Value::String(text))
                };
                all.extend(said.into_iter().map(own("notice")));
                all.extend(set.unlisted(searcher).map(own("unknown-code")));
                all
            },
            contains,
        },
        url: set.url,
        version: set.version,
        name: set.name,
        title: set.title,
    })
}

fn contained(
    listed: &ListedCode<'_>,
    edition: &Edition,
    display: Option<&str>,
    designations: bool,
    properties: &[String],
) -> Contained {
    let short = listed.short_descriptor();
    let designation = (designations && !short.is_empty()).then(|| Designation {
        language: "en",
        usage: Coding {
            system: DESIGNATION_USE,
            code: "short".to_owned(),
        },
        value: short.to_owned(),
    });
    Contained {
        extension: values(listed, properties),
        system: SYSTEM,
        inactive: listed.status() != Status::Valid,
        is_unclear: listed.unclear().is_some(),
        version: edition.version_of(listed),
        code: listed.code().to_owned(),
        display: display.unwrap_or(listed.long_descriptor()).to_owned(),
        designation: designation.into_iter().collect(),
    }
}

/// A repeated request to the same index gets the same identifier.
fn identifier(searcher: &Searcher, inputs: &Inputs, editions: &[Edition]) -> String {
    let manifest = searcher.manifest();
    let mut hash = blake3::Hasher::new();
    for part in [&manifest.generation, &manifest.built] {
        hash.update(part.as_bytes());
    }
    for edition in editions {
        hash.update(format!("{} {} ", edition.version, edition.day).as_bytes());
    }
    hash.update(format!("{inputs:?}").as_bytes());
    let mut number = [0; 16];
    hash.finalize_xof().fill(&mut number);
    // UUID version 8: a custom scheme.
    number[6] = number[6] & 0x0f | 0x80;
    number[8] = number[8] & 0x3f | 0x80;
    let hex = format!("{:032x}", u128::from_be_bytes(number));
    format!(
        "urn:uuid:{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

impl IntoResponse for Expanded {
    fn into_response(self) -> Response {
        reply::typed(StatusCode::OK, FHIR_JSON, &self)
    }
}
