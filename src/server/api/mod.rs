//! `/api/v1/…`: the library's answers in its own JSON, byte for byte.

mod batch;
mod check;
mod codes;
mod diff;
mod history;
mod openapi;
mod schema;
mod search;
mod status;
mod suggest;
mod tables;
mod units;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::server::state::State;

pub(super) use openapi::openapi;

/// The routes under `/api/v1`.
pub(super) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/search", get(search::search))
        .route("/batch", post(batch::batch))
        .route("/check", post(check::check))
        .route("/codes/{code}", get(codes::code))
        .route("/history/{code}", get(history::history))
        .route("/diff", get(diff::diff))
        .route("/units", get(units::units))
        .route("/suggest", get(suggest::suggest))
        .route("/tables", get(tables::tables))
        .route("/tables/{name}", get(tables::table))
        .route("/status", get(status::status))
}
