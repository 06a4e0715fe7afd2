//! `/openapi.json`: the description of the API, generated from the code.

use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use utoipa::openapi::path::Operation;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, Server};
use utoipa::{Modify, OpenApi};

use crate::server::fhir::FhirPaths;
use crate::server::http::problem::Problem;
use crate::server::http::reply::JSON;
use crate::server::nlm;
use crate::server::state::State;

use super::{batch, check, codes, diff, history, search, status, suggest, tables, units};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "hcpcs",
        description = "Search over HCPCS Level II codes and modifiers"
    ),
    paths(
        search::search,
        suggest::suggest,
        codes::code,
        history::history,
        diff::diff,
        units::units,
        tables::tables,
        tables::table,
        check::check,
        batch::batch,
        status::status,
        nlm::search
    ),
    components(schemas(Problem)),
    modifiers(&Refusals, &FhirPaths)
)]
struct Description;

/// The responses that every route may give besides its own: a problem document.
struct Refusals;

impl Modify for Refusals {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        for item in description.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                add_refusals(operation);
                // A body without lines is no error.
                if let Some(RefOr::T(body)) = &mut operation.request_body {
                    body.required = None;
                    // A text of lines may be any text.
                    let texts = body.content.iter_mut();
                    for (_, content) in texts.filter(|(kind, _)| kind.starts_with("text/")) {
                        if let RefOr::T(content) = content {
                            content.schema = None;
                        }
                    }
                }
            }
        }
    }
}

fn add_refusals(operation: &mut Operation) {
    for (status, text) in [
        ("4XX", "The request is wrong, too long or too slow"),
        (
            "503",
            "Too much runs at once; ask again after `Retry-After`",
        ),
    ] {
        let problem = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem")));
        let response = ResponseBuilder::new()
            .description(text)
            .content("application/problem+json", problem.build());
        let responses = &mut operation.responses.responses;
        responses
            .entry(status.to_owned())
            .or_insert_with(|| response.build().into());
    }
}

/// The description, serialized once.
static JSON_TEXT: LazyLock<Bytes> =
    LazyLock::new(|| Description::openapi().to_json().unwrap_or_default().into());

/// The description of the API.
pub(in crate::server) async fn openapi(Shared(state): Shared<Arc<State>>) -> Response {
    let base = state.base();
    if base.is_root() {
        return ([(header::CONTENT_TYPE, JSON)], JSON_TEXT.clone()).into_response();
    }
    let mut description = Description::openapi();
    description.servers = Some(vec![Server::new(base.as_str())]);
    let text = description.to_json().unwrap_or_default();
    ([(header::CONTENT_TYPE, JSON)], text).into_response()
}
