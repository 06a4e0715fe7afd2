//! Reads the body of a request, up to a limit; refuses requests in a form that nobody reads.

use std::error::Error as _;

pub(crate) use axum::body::Bytes;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::LengthLimitError;

use super::problem::Problem;
use super::query_string::decode;

/// The size limit of a body that is read whole, in bytes.
const MOST: usize = 1 << 20;

/// Reads a whole body.
pub(crate) async fn whole(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let too_long = || {
        let detail = format!("the body is too long; send at most {MOST} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
    };
    let announced = headers.get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > MOST as u64) {
        return Err(too_long());
    }
    to_bytes(body, MOST).await.map_err(|cause| {
        if cause
            .source()
            .is_some_and(<dyn std::error::Error>::is::<LengthLimitError>)
        {
            too_long()
        } else {
            Problem::bad("the body breaks off; send it whole")
        }
    })
}

/// Refuses a path that is no text, and a body that is not sent as it is: a compressed one or a form
/// would be read as lines.
pub(crate) fn check_form(request: &Request) -> Result<(), Problem> {
    let path = request.uri().path();
    decode(path)?;
    let given = |name| {
        let value = request.headers().get(name);
        let text = value.map(|value| String::from_utf8_lossy(value.as_bytes()));
        text.map(|text| text.trim().to_ascii_lowercase())
    };
    let is_form = given(header::CONTENT_TYPE).is_some_and(|own| own.starts_with("multipart/"));
    let packed = given(header::CONTENT_ENCODING).filter(|own| own != "identity");
    let detail = match packed {
        Some(_) => "a body with `Content-Encoding` is not read; send it as it is",
        None if is_form && path.starts_with("/api/") => {
            "a form is not read here; send the file itself as the body"
        }
        None => return Ok(()),
    };
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
}
