//! A value as the JSON of a response, serialized once, directly into its bytes.

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use super::problem::Problem;

/// The initial capacity for an answer, so that most need no reallocation.
const USUAL: usize = 8 << 10;

pub(crate) const JSON: HeaderValue = HeaderValue::from_static("application/json");
pub(crate) const FHIR_JSON: HeaderValue =
    HeaderValue::from_static("application/fhir+json; charset=utf-8");

/// A JSON response.
pub(crate) fn json(value: &impl Serialize) -> Response {
    typed(StatusCode::OK, JSON, value)
}

/// A JSON response with ready bytes.
pub(crate) fn ready(bytes: Bytes) -> Response {
    ([(header::CONTENT_TYPE, JSON)], bytes).into_response()
}

/// A response with some JSON media type.
pub(crate) fn typed(status: StatusCode, kind: HeaderValue, value: &impl Serialize) -> Response {
    match bytes(value) {
        Ok(bytes) => (status, [(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// The bytes of a response.
pub(crate) fn bytes(value: &impl Serialize) -> Result<Bytes, Problem> {
    let mut bytes = Vec::with_capacity(USUAL);
    let written = sonic_rs::to_writer(&mut bytes, value);
    written.map_err(|cause| {
        let detail = format!("the answer could not be written: {cause}");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    })?;
    // The bytes may be cached, so spare capacity is freed.
    bytes.shrink_to_fit();
    Ok(bytes.into())
}
