//! `/fhir/R4/…`: FHIR's terminology operations over the codes of all loaded releases.

mod bundle;
mod code_issue;
mod code_system;
mod contained_property;
mod definition;
mod description;
mod echo;
mod edition;
mod expand;
mod filter;
mod fuzzy;
mod given_code;
mod input;
mod instance;
mod lookup;
mod metadata;
mod notices;
mod operation_table;
mod parameter_kind;
mod pattern;
mod property;
mod refusal;
mod representation;
mod resource;
mod search;
mod system;
mod validate;
mod value_set;
mod value_set_resource;
mod verdict;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tokio::runtime::Handle;

use crate::error::excerpt;
use crate::search::Searcher;

use crate::server::computation::Cancellation;
use crate::server::http::format::{notices_of, with_notices};
use crate::server::http::{body, query_string as parameter, reply};
use crate::server::state::State;

pub(super) use description::FhirPaths;
use input::Inputs;
use refusal::Refusal;
pub(super) use refusal::{panicked, refused};
use representation::{check_accept, check_format};
use resource::Parameters;
use system::VALUE_SETS;

/// The routes under `/fhir/R4`. Every response is a resource.
pub(super) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/", any(base))
        .route("/{*operation}", any(answer))
}

/// Answers at the base: a batch.
async fn base(
    state: Shared<Arc<State>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    answer(state, Path(String::new()), method, uri, headers, body).await
}

/// Handles an operation of FHIR R4; `metadata` lists the operations.
async fn answer(
    Shared(state): Shared<Arc<State>>,
    Path(operation): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let pairs = parameter::pairs(&uri)?;
    check_method(&operation, &method)?;
    check_accept(&headers)?;
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
    search::check_strict(&operation, &headers, &query)?;
    let has_definition = !body.is_empty() || query.one("valueSet").is_some();
    if !has_definition && !operation.trim_end_matches('/').ends_with("$expand") {
        check_format(&query)?;
        return perform(&state.searcher(), &operation, is_read, &query, &|| false);
    }
    // A definition may require a test of every code.
    drop(pairs);
    let runtime = Handle::current();
    let work = move |searcher: &Searcher, cancellation: &Cancellation| {
        let is_due = || cancellation.is_due();
        if operation.is_empty() {
            return batch(searcher, &body, &runtime, &is_due);
        }
        let mut inputs = query;
        inputs.read_body(&body)?;
        check_format(&inputs)?;
        perform(searcher, &operation, is_read, &inputs, &is_due)
    };
    state.compute(work).await?
}

/// Performs the requests of a batch, each independently.
fn batch(
    searcher: &Searcher,
    body: &[u8],
    runtime: &Handle,
    is_due: &dyn Fn() -> bool,
) -> Result<Response, Refusal> {
    let bundle = serde_json::from_slice(body).map_err(|cause| {
        Refusal::invalid(format!("the body is not JSON: {cause}; send a Bundle"))
    })?;
    let mut answers = Vec::new();
    for entry in bundle::entries(&bundle)? {
        let performed = entry
            .and_then(|own| perform(searcher, &own.operation, own.is_read, &own.inputs, is_due));
        let response = performed.unwrap_or_else(IntoResponse::into_response);
        let status = response.status().as_u16();
        let said = notices_of(&response);
        let bytes = runtime.block_on(axum::body::to_bytes(response.into_body(), usize::MAX));
        let resource = bytes
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok());
        answers.push((status, resource.unwrap_or_default(), said));
    }
    let bundle = bundle::answer(answers);
    Ok(reply::typed(StatusCode::OK, reply::FHIR_JSON, &bundle))
}

/// Performs an operation, with headers for what the resources cannot express, such as that the
/// release is old or partial; of what is not found, that is said in its outcome too.
fn perform(
    searcher: &Searcher,
    operation: &str,
    is_read: bool,
    inputs: &Inputs,
    is_due: &dyn Fn() -> bool,
) -> Result<Response, Refusal> {
    // Also where an operation has no use for them: nothing that cannot be read is passed over.
    inputs.check_kinds()?;
    edition::check_day(inputs)?;
    let passed_over = notices::passed_over(operation, inputs);
    let inputs = instance::of_path(searcher, operation, inputs)?;
    let mut said = notices::notices(searcher, &inputs);
    said.extend(passed_over);
    match operate(searcher, operation, is_read, &inputs, &said, is_due) {
        Ok(response) => Ok(with_notices(response, &said)),
        Err(refusal) => Err(refusal.saying(said)),
    }
}

fn operate(
    searcher: &Searcher,
    operation: &str,
    is_read: bool,
    inputs: &Inputs,
    said: &[String],
    is_due: &dyn Fn() -> bool,
) -> Result<Response, Refusal> {
    let here = Some(VALUE_SETS[1]);
    let parts: Vec<&str> = operation.trim_end_matches('/').split('/').collect();
    let is_operation = parts.last().is_some_and(|last| last.starts_with('$'));
    let method = if is_read { Method::GET } else { Method::POST };
    check_method(operation, &method)?;
    match parts[..] {
        ["metadata"] => metadata::metadata(searcher, inputs),
        ["CodeSystem"] => code_system::search(searcher, inputs),
        ["CodeSystem", "$lookup"] | ["CodeSystem", _, "$lookup"] => {
            Ok(lookup::lookup(searcher, inputs)?
                .saying(said)
                .into_response())
        }
        ["CodeSystem", "$validate-code"] | ["CodeSystem", _, "$validate-code"] => {
            Ok(validate::of_system(searcher, inputs)?
                .saying(said)
                .into_response())
        }
        ["CodeSystem", "$batch-validate-code"] => {
            each_validation(searcher, operation, inputs, said, validate::of_system)
        }
        ["CodeSystem", id] if !is_operation => code_system::read(searcher, id),
        ["ValueSet"] => value_set_resource::search(searcher, inputs),
        ["ValueSet", "$validate-code"] => Ok(validate::of_value_set(searcher, inputs, None)?
            .saying(said)
            .into_response()),
        ["ValueSet", "$batch-validate-code"] => {
            let validate =
                |searcher: &Searcher, own: &Inputs| validate::of_value_set(searcher, own, None);
            each_validation(searcher, operation, inputs, said, validate)
        }
        ["ValueSet", value_set_resource::ID, "$validate-code"] => {
            Ok(validate::of_value_set(searcher, inputs, here)?
                .saying(said)
                .into_response())
        }
        ["ValueSet", "$expand"] => {
            Ok(expand::expand(searcher, inputs, None, said, is_due)?.into_response())
        }
        ["ValueSet", value_set_resource::ID, "$expand"] => {
            Ok(expand::expand(searcher, inputs, here, said, is_due)?.into_response())
        }
        ["ValueSet", id] if !is_operation => value_set_resource::read(searcher, id),
        _ => Err(Refusal::not_found(format!(
            "there is no `{}`; metadata lists the operations",
            excerpt(operation)
        ))),
    }
}

/// Performs each `validation` of a request as a request of its own: what cannot be read is refused,
/// and it says what the whole does not.
fn each_validation(
    searcher: &Searcher,
    operation: &str,
    inputs: &Inputs,
    said: &[String],
    validate: impl Fn(&Searcher, &Inputs) -> Result<Parameters, Refusal>,
) -> Result<Response, Refusal> {
    bundle::validations(inputs, said, |own| {
        own.check_kinds()?;
        edition::check_day(own)?;
        let mut of_own = notices::notices(searcher, own);
        of_own.extend(notices::passed_over(operation, own));
        of_own.retain(|own| !said.contains(own));
        Ok(validate(searcher, own)?.saying(&of_own))
    })
}

/// Refuses methods that a path does not allow: resources are read-only, and the base takes batches.
fn check_method(operation: &str, method: &Method) -> Result<(), Refusal> {
    let parts: Vec<&str> = operation.trim_end_matches('/').split('/').collect();
    let is_operation = parts.last().is_some_and(|last| last.starts_with('$'));
    let is_resource = matches!(parts[..], ["metadata"] | ["CodeSystem" | "ValueSet", ..]);
    let allowed = match parts[..] {
        [""] => "POST",
        _ if is_operation => "GET, HEAD, POST",
        _ if is_resource => "GET, HEAD",
        // The operation itself reports unknown resources.
        _ => "GET, HEAD, POST",
    };
    let is_allowed = allowed.split(", ").any(|own| method.as_str() == own);
    if is_allowed {
        return Ok(());
    }
    Err(Refusal::not_allowed(&excerpt(operation), allowed))
}
