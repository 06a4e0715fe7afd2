//! Which path is answered by what.

use std::any::Any;
use std::sync::Arc;

use axum::Router;
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any as Every, CorsLayer};

use super::state::State;
use super::{api, fhir, nlm, page};
use crate::server::http::problem::Problem;

/// All routes. A page of any origin may read, for there is nothing but to read.
pub(super) fn router(state: &Arc<State>) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(Every)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(Every)
        .vary([]);
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/openapi.json", get(api::openapi))
        .nest("/api/v1", api::routes())
        .route("/api/hcpcs/v3/search", get(nlm::search))
        .nest("/fhir/R4", fhir::routes())
        .merge(page::routes())
        .fallback(page::unknown)
        .method_not_allowed_fallback(not_allowed)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(cors)
        .with_state(Arc::clone(state))
}

async fn not_allowed(method: Method, uri: Uri) -> Problem {
    let path: String = uri.path().chars().take(80).collect();
    let detail = format!("`{path}` does not take {method}; `/openapi.json` says what it takes");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail)
}

/// What a client sees of a mistake of the program; the rest goes to stderr.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Problem::failed().into_response()
}
