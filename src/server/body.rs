//! The body of a request, read as far as it is allowed to be long; the body of a response that
//! is written while it is made.

use std::convert::Infallible;
use std::error::Error as _;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(super) use axum::body::Bytes;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode, header};
use http_body_util::LengthLimitError;
use hyper::body::Frame;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::problem::Problem;

/// The most bytes of a body that is read whole.
pub(super) const MOST: usize = 1 << 20;

/// Reads a body whole.
pub(super) async fn whole(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
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

/// A body that is written while it is made.
struct Made(Receiver<Bytes>);

/// A body and where its parts are put in; it ends when that is dropped.
pub(super) fn made(waiting: usize) -> (Sender<Bytes>, Body) {
    let (sender, receiver) = channel(waiting);
    (sender, Body::new(Made(receiver)))
}

impl hyper::body::Body for Made {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let part = self.0.poll_recv(context);
        part.map(|part| part.map(|part| Ok(Frame::data(part))))
    }
}
