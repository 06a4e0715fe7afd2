//! `/metrics`: requests by route and status, their durations, and the current index.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::State as Shared;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::metrics::head;
use super::state::State;
use crate::codeset::Date;

/// Responds in Prometheus' text format.
pub(super) async fn metrics(Shared(state): Shared<Arc<State>>) -> Response {
    let mut text = String::new();
    let written = write(&state, &mut text);
    if written.is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, text).into_response()
}

fn write(state: &State, text: &mut String) -> std::fmt::Result {
    state.metrics().write(text)?;
    let searcher = state.searcher();
    let manifest = searcher.manifest();
    let release = searcher.release_on(Date::today());
    let (generation, version) = (&manifest.generation, env!("CARGO_PKG_VERSION"));
    head(
        text,
        "hcpcs_index_info",
        "gauge",
        "The index that answers, and the program",
    )?;
    writeln!(
        text,
        "hcpcs_index_info{{generation=\"{generation}\",release=\"{release}\",\
         version=\"{version}\"}} 1"
    )?;
    head(
        text,
        "hcpcs_index_codes",
        "gauge",
        "Codes of the index that answers",
    )?;
    writeln!(text, "hcpcs_index_codes {}", manifest.codes)?;
    let (reloads, failures) = state.reloads();
    head(
        text,
        "hcpcs_index_reloads_total",
        "counter",
        "New indexes taken since the start",
    )?;
    writeln!(text, "hcpcs_index_reloads_total {reloads}")?;
    head(
        text,
        "hcpcs_index_reload_failures_total",
        "counter",
        "New indexes not taken",
    )?;
    writeln!(text, "hcpcs_index_reload_failures_total {failures}")
}
