//! Reads the body of a request, up to a limit.

use std::error::Error as _;

pub(crate) use axum::body::Bytes;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::LengthLimitError;

use super::problem::Problem;

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
