//! The representation of a response: JSON alone is written.

use axum::http::{HeaderMap, StatusCode, header};

use super::input::Inputs;
use super::refusal::Refusal;
use crate::error::excerpt;

/// Refuses a client that takes XML alone.
pub(super) fn check_accept(headers: &HeaderMap) -> Result<(), Refusal> {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|own| own.to_str().ok());
    let Some(accept) = accept.filter(|own| own.contains("xml")) else {
        return Ok(());
    };
    if accept.contains("json") || accept.contains('*') || accept.contains("html") {
        return Ok(());
    }
    Err(not_written(accept))
}

fn not_written(format: &str) -> Refusal {
    let text = format!(
        "`{}` is not written; ask for application/fhir+json",
        excerpt(format)
    );
    Refusal::new(StatusCode::NOT_ACCEPTABLE, "not-supported", text)
}

/// Refuses formats that are not supported.
pub(super) fn check_format(inputs: &Inputs) -> Result<(), Refusal> {
    match inputs.text("_format") {
        Some(format) if !format.contains("json") => Err(not_written(&format)),
        _ => Ok(()),
    }
}
