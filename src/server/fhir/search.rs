//! A search for resources: its parameters, what they fit, and the Bundle with what was used and what
//! was passed over.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value as Json, json};

use crate::error::excerpt;
use crate::server::http::reply;
use crate::server::http::reply::FHIR_JSON;

use super::input::Inputs;
use super::notices::passed_over;
use super::refusal::Refusal;
use super::resource::{Issue, OperationOutcome};

/// How a parameter is compared with an element.
#[derive(Clone, Copy)]
enum Fits {
    /// One of the values, whole; a system before `|` is passed over.
    Token,
    /// The beginning of the text, in any case.
    Text,
    /// By the resource: a URL may be an alias, with a version or not; a version may be a part of it.
    Named,
}

/// The parameters of a search, each with the element that it is compared with.
const PARAMETERS: [(&str, &str, Fits); 8] = [
    ("_id", "id", Fits::Token),
    ("content-mode", "content", Fits::Token),
    ("name", "name", Fits::Text),
    ("publisher", "publisher", Fits::Text),
    ("status", "status", Fits::Token),
    ("title", "title", Fits::Text),
    ("url", "url", Fits::Named),
    ("version", "version", Fits::Named),
];
/// Parameters of the response.
const COUNT: &str = "_count";
const OF_RESPONSE: [&str; 3] = ["_format", "_pretty", COUNT];

/// The parameters as the capabilities list them.
pub(super) fn described() -> Json {
    let kind = |name: &str, fits: Fits| match fits {
        _ if name == "url" => "uri",
        Fits::Text => "string",
        Fits::Token | Fits::Named => "token",
    };
    let all = PARAMETERS.iter();
    all.map(|(name, _, fits)| json!({"name": name, "type": kind(name, *fits)}))
        .collect()
}

/// The parameter of a name and its modifier; `None` if there is no such one.
fn parameter(name: &str) -> Option<(&'static str, Fits, &str)> {
    let (name, modifier) = name.split_once(':').unwrap_or((name, ""));
    let (_, element, fits) = PARAMETERS.iter().find(|(own, ..)| *own == name)?;
    let is_known = match fits {
        Fits::Text => matches!(modifier, "" | "exact" | "contains"),
        Fits::Token | Fits::Named => modifier.is_empty(),
    };
    is_known.then_some((*element, *fits, modifier))
}

/// The names of the parameters that a search passes over.
fn ignored(inputs: &Inputs) -> Vec<&str> {
    let names = inputs.each().map(|(name, _)| name);
    names
        .filter(|name| parameter(name).is_none() && !OF_RESPONSE.contains(name))
        .collect()
}

/// Refuses parameters that a search or an operation would pass over, if the client wants that.
pub(super) fn check_strict(
    operation: &str,
    headers: &HeaderMap,
    inputs: &Inputs,
) -> Result<(), Refusal> {
    let prefers = headers.get_all("prefer").iter();
    let mut prefers = prefers.filter_map(|own| own.to_str().ok());
    let is_strict = prefers.any(|own| own.replace(' ', "").contains("handling=strict"));
    let is_search = matches!(operation.trim_end_matches('/'), "CodeSystem" | "ValueSet");
    if !is_strict {
        return Ok(());
    }
    let of_search = ignored(inputs).into_iter().filter(|_| is_search);
    let mut all = of_search.map(unknown).chain(passed_over(operation, inputs));
    all.next()
        .map_or(Ok(()), |said| Err(Refusal::invalid(said)))
}

fn unknown(name: &str) -> String {
    let known = PARAMETERS.map(|(name, ..)| name).join(", ");
    let name = excerpt(name);
    format!("`{name}` is no parameter of this search, which has {known}, {COUNT}")
}

/// Whether a resource has a URL or a version: the element, and what is asked for.
type IsNamed<'n> = dyn Fn(&Json, &str, &str) -> bool + 'n;

/// Whether a resource has what is asked for.
fn fits(resource: &Json, inputs: &Inputs, is_named: &IsNamed<'_>) -> bool {
    inputs.each().all(|(name, value)| {
        let Some((element, fits, modifier)) = parameter(name) else {
            return true;
        };
        let own = resource[element].as_str().unwrap_or_default();
        value.as_str().unwrap_or_default().split(',').any(|asked| {
            let asked = asked.trim();
            let (small, own_small) = (asked.to_lowercase(), own.to_lowercase());
            match (fits, modifier) {
                (Fits::Named, _) => is_named(resource, element, asked),
                (Fits::Token, _) => own == asked.rsplit_once('|').map_or(asked, |(_, code)| code),
                (Fits::Text, "exact") => own == asked,
                (Fits::Text, "contains") => own_small.contains(&small),
                (Fits::Text, _) => own_small.starts_with(&small),
            }
        })
    })
}

/// The Bundle of the resources that have what is asked for.
pub(super) fn bundle(
    kind: &str,
    resources: impl IntoIterator<Item = Json>,
    inputs: &Inputs,
    is_named: &IsNamed<'_>,
) -> Result<Response, Refusal> {
    let is_one = |own: &Json| fits(own, inputs, is_named);
    let found: Vec<Json> = resources.into_iter().filter(is_one).collect();
    let most = inputs.number(COUNT)?.map_or(usize::MAX, |most| {
        usize::try_from(most).unwrap_or(usize::MAX)
    });
    let total = found.len();
    let found = found.into_iter().take(most);
    let mut entries: Vec<Json> = found
        .map(|resource| json!({"resource": resource, "search": {"mode": "match"}}))
        .collect();
    let ignored = ignored(inputs);
    if !ignored.is_empty() {
        let issue = |name: &&str| Issue::new("warning", "not-supported", unknown(name));
        let outcome = OperationOutcome::new(ignored.iter().map(issue).collect());
        entries.push(json!({"resource": outcome, "search": {"mode": "outcome"}}));
    }
    let used: Vec<String> = inputs
        .each()
        .filter(|(name, _)| !ignored.contains(name))
        .filter_map(|(name, value)| {
            let value = utf8_percent_encode(value.as_str()?, NON_ALPHANUMERIC);
            Some(format!("{name}={value}"))
        })
        .collect();
    let question = if used.is_empty() { "" } else { "?" };
    let mut bundle = json!({
        "resourceType": "Bundle",
        "type": "searchset",
        "total": total,
        "link": [{"relation": "self", "url": format!("{kind}{question}{}", used.join("&"))}],
    });
    // FHIR does not allow empty lists.
    if !entries.is_empty() {
        bundle["entry"] = entries.into();
    }
    Ok(reply::typed(StatusCode::OK, FHIR_JSON, &bundle))
}
