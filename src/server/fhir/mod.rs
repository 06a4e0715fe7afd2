//! `/fhir/R4/…`: FHIR's terminology operations over the codes of all loaded releases.

mod code_system;
mod description;
mod edition;
mod expand;
mod filter;
mod input;
mod lookup;
mod metadata;
mod pattern;
mod property;
mod resource;
mod system;
mod validate;
mod value_set;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::search::Searcher;

use crate::server::computation::Cancellation;
use crate::server::http::{body, query_string as parameter, reply};
use crate::server::state::State;

pub(super) use description::FhirPaths;
use input::{Inputs, shown};
use resource::Refusal;
use system::VALUE_SETS;

/// The routes under `/fhir/R4`.
pub(super) fn routes() -> Router<Arc<State>> {
    Router::new().route("/{*operation}", get(answer).post(answer))
}

/// Does an operation of FHIR R4; `metadata` says which there are.
async fn answer(
    Shared(state): Shared<Arc<State>>,
    Path(operation): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let pairs = parameter::pairs(&uri)?;
    let body = if method == Method::POST {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| !kind.contains("json")) {
            let text = "only JSON is read; send application/fhir+json";
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not-supported",
                text,
            ));
        }
        body::whole(&headers, body).await?
    } else {
        body::Bytes::new()
    };
    let is_read = method != Method::POST;
    let query = Inputs::read(&pairs, b"")?;
    let has_definition = !body.is_empty() || query.one("valueSet").is_some();
    if !has_definition && !operation.trim_end_matches('/').ends_with("$expand") {
        check_format(&query)?;
        return perform(&state.searcher(), &operation, is_read, &query, &|| false);
    }
    // A definition may make it look at every code.
    drop(pairs);
    let work = move |searcher: &Searcher, cancellation: &Cancellation| {
        let mut inputs = query;
        inputs.read_body(&body)?;
        check_format(&inputs)?;
        perform(searcher, &operation, is_read, &inputs, &|| {
            cancellation.is_due()
        })
    };
    state.compute(work).await?
}

/// Refuses formats that are not written.
fn check_format(inputs: &Inputs) -> Result<(), Refusal> {
    match inputs.text("_format") {
        Some(format) if !format.contains("json") => {
            let text = format!(
                "`{}` is not written; ask for application/fhir+json",
                shown(&format)
            );
            Err(Refusal::new(
                StatusCode::NOT_ACCEPTABLE,
                "not-supported",
                text,
            ))
        }
        _ => Ok(()),
    }
}

/// Performs an operation and says how old the releases are, for which the resources have no place.
fn perform(
    searcher: &Searcher,
    operation: &str,
    is_read: bool,
    inputs: &Inputs,
    is_due: &dyn Fn() -> bool,
) -> Result<Response, Refusal> {
    let response = operate(searcher, operation, is_read, inputs, is_due)?;
    let day = edition::day(inputs).ok();
    let age = day.and_then(|day| searcher.age(day));
    Ok(reply::with_age(response, age))
}

fn operate(
    searcher: &Searcher,
    operation: &str,
    is_read: bool,
    inputs: &Inputs,
    is_due: &dyn Fn() -> bool,
) -> Result<Response, Refusal> {
    let hcpcs = Some(VALUE_SETS[1]);
    let parts: Vec<&str> = operation.trim_end_matches('/').split('/').collect();
    match parts[..] {
        ["metadata"] => metadata::metadata(searcher, inputs),
        ["CodeSystem"] if is_read => Ok(code_system::search(searcher, inputs)),
        ["CodeSystem", id] if is_read && !id.starts_with('$') => code_system::read(searcher, id),
        ["CodeSystem", "$lookup"] => Ok(lookup::lookup(searcher, inputs)?.into_response()),
        ["CodeSystem", "$validate-code"] => {
            Ok(validate::of_system(searcher, inputs)?.into_response())
        }
        ["ValueSet", "$validate-code"] => {
            Ok(validate::of_value_set(searcher, inputs, None)?.into_response())
        }
        ["ValueSet", "hcpcs", "$validate-code"] => {
            Ok(validate::of_value_set(searcher, inputs, hcpcs)?.into_response())
        }
        ["ValueSet", "$expand"] => {
            Ok(expand::expand(searcher, inputs, None, is_due)?.into_response())
        }
        ["ValueSet", "hcpcs", "$expand"] => {
            Ok(expand::expand(searcher, inputs, hcpcs, is_due)?.into_response())
        }
        _ => Err(Refusal::not_found(format!(
            "there is no `{}`; metadata says what there is",
            shown(operation)
        ))),
    }
}
