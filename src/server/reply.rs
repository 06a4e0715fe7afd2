//! A value as the JSON of a response, serialized once, straight into its bytes.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use super::problem::Problem;

/// Room for a usual answer, so that its bytes are not moved while they are written.
const USUAL: usize = 8 << 10;

pub(super) const JSON: HeaderValue = HeaderValue::from_static("application/json");
pub(super) const FHIR_JSON: HeaderValue =
    HeaderValue::from_static("application/fhir+json; charset=utf-8");

/// A JSON response.
pub(super) fn json(value: &impl Serialize) -> Response {
    typed(StatusCode::OK, JSON, value)
}

/// A response of some type of JSON.
pub(super) fn typed(status: StatusCode, kind: HeaderValue, value: &impl Serialize) -> Response {
    let mut bytes = Vec::with_capacity(USUAL);
    match serde_json::to_writer(&mut bytes, value) {
        Ok(()) => (status, [(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(cause) => {
            let detail = format!("the answer could not be written: {cause}");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail).into_response()
        }
    }
}
