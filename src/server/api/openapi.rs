//! `/openapi.json`: what the server answers, generated from the code.

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use utoipa::OpenApi;

use crate::server::http::problem::Problem;
use crate::server::http::reply::JSON;
use crate::server::{fhir, nlm};

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
        nlm::search,
        fhir::answer
    ),
    components(schemas(Problem))
)]
struct Description;

/// The description, written once.
static JSON_TEXT: LazyLock<Bytes> =
    LazyLock::new(|| Description::openapi().to_json().unwrap_or_default().into());

/// What the server answers.
pub(in crate::server) async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, JSON)], JSON_TEXT.clone()).into_response()
}
