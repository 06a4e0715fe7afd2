//! Streams lines in and out at the same time, processed by a thread of its own.
//!
//! Only a few parts of each are buffered: if the client does not send or does not read, the work
//! waits. A client that sends everything before it reads anything must send less than fits into the
//! buffers of both sides. While others wait for a slot, a client that neither sends nor reads fast
//! enough loses its own.

use std::io::{self, BufRead, ErrorKind, Read, Write as _};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use http_body_util::BodyExt as _;
use hyper::body::Frame;
use serde_json::json;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::error::{Error, Result};

use super::outgoing::{LOOK, Outgoing, has_left};
use super::problem::Problem;
use super::stream_slots::{Allowance, StreamSlots};

/// How many parts may be queued in each direction.
const WAITING: usize = 4;
/// Timeout for the client's next part while nobody else waits.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a request waits for a slot before it is answered 503.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// The size limit of a body, in bytes.
const LONGEST_BODY: u64 = 32 << 20;
const TOO_LONG: &str = "the body has more than 32 MiB; send it in parts";

fn too_long() -> Error {
    Error::TooLarge {
        path: "the body".into(),
        reason: TOO_LONG.to_owned(),
    }
}

pub(crate) const JSON_LINES: HeaderValue = HeaderValue::from_static("application/x-ndjson");

/// The incoming lines.
pub(crate) struct Incoming {
    parts: Receiver<io::Result<Bytes>>,
    part: Bytes,
}

/// Answers a body line by line. An error before the first line is the response; a later error
/// becomes a last line.
///
/// # Errors
///
/// Other streams hold all slots, the body is too long, or none of its lines can be read.
pub(crate) async fn answer(
    slots: &Arc<StreamSlots>,
    kind: HeaderValue,
    body: Body,
    work: impl FnOnce(Incoming, &mut Outgoing) -> Result<()> + Send + 'static,
) -> Result<Response, Problem> {
    if hyper::body::Body::size_hint(&body).lower() > LONGEST_BODY {
        return Err(Problem::of_input(too_long()));
    }
    let slot = slots.acquire(MAX_WAIT).await.ok_or_else(Problem::busy)?;
    let (sender, receiver) = channel(WAITING);
    let (answers, mut answered) = channel(WAITING);
    let (failing, failed) = oneshot::channel();
    let allowance = Arc::new(Allowance::new(Arc::clone(slots)));
    let is_cut = Arc::new(AtomicBool::new(false));
    let incoming = Incoming {
        parts: receiver,
        part: Bytes::new(),
    };
    let mut outgoing = Outgoing::new(answers, Arc::clone(&allowance), Arc::clone(&is_cut));
    tokio::spawn(async move {
        let _slot = slot;
        let worked = tokio::task::spawn_blocking(move || {
            match work(incoming, &mut outgoing) {
                Err(error) if !outgoing.has_begun() => {
                    let _ = failing.send(error);
                }
                Err(error) => {
                    let _ = writeln!(outgoing, "{}", json!({"error": error.to_string()}));
                }
                Ok(()) => {}
            }
            // If the client has disconnected, nobody reads it.
            let _ = outgoing.flush();
        });
        let fed = feed(body, sender, &allowance);
        let _ = tokio::join!(worked, fed);
    });
    let first = answered.recv().await;
    if first.is_none()
        && let Ok(error) = failed.await
    {
        return Err(Problem::of_input(error));
    }
    let body = Body::new(Made {
        first,
        parts: answered,
        is_cut,
    });
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
}

/// Passes on the parts of a body as they arrive.
async fn feed(mut body: Body, parts: Sender<io::Result<Bytes>>, allowance: &Allowance) {
    let mut length = 0;
    loop {
        let next = tokio::select! {
            () = parts.closed() => return,
            next = next_frame(&mut body, allowance) => next,
        };
        let part = match next {
            Some(None) => return,
            Some(Some(Ok(frame))) => match frame.into_data() {
                Ok(part) => {
                    length += part.len() as u64;
                    if length > LONGEST_BODY {
                        Err(io::Error::new(ErrorKind::FileTooLarge, TOO_LONG))
                    } else {
                        Ok(part)
                    }
                }
                Err(_) => continue,
            },
            Some(Some(Err(_))) => Err(io::Error::new(
                ErrorKind::UnexpectedEof,
                "the lines break off; send them whole",
            )),
            None => Err(io::Error::new(
                ErrorKind::TimedOut,
                "the next line took too long; send it sooner",
            )),
        };
        let is_last = part.is_err();
        allowance.earn(part.as_ref().map_or(0, Bytes::len));
        if parts.send(part).await.is_err() || is_last {
            return;
        }
    }
}

/// The next part of a body; `None` after a timeout.
pub(crate) async fn next_frame(
    body: &mut Body,
    allowance: &Allowance,
) -> Option<Option<Result<Frame<Bytes>, axum::Error>>> {
    let begun = Instant::now();
    loop {
        let looked = Instant::now();
        let frame = timeout(LOOK, body.frame()).await;
        let may_wait = allowance.spend(looked.elapsed()) && begun.elapsed() < PATIENCE;
        match frame {
            Ok(None) => return Some(None),
            Ok(frame) if may_wait => return Some(frame),
            Err(_) if may_wait => {}
            _ => return None,
        }
    }
}

impl BufRead for Incoming {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.part.is_empty() {
            match self.parts.blocking_recv() {
                Some(part) => self.part = part?,
                None => break,
            }
        }
        Ok(&self.part)
    }

    fn consume(&mut self, length: usize) {
        let _ = self.part.split_to(length.min(self.part.len()));
    }
}

impl Read for Incoming {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(out)?;
        self.consume(length);
        Ok(length)
    }
}

/// A body that is sent while it is produced.
struct Made {
    /// The first part, which was awaited to know whether there is any.
    first: Option<Bytes>,
    parts: Receiver<Bytes>,
    is_cut: Arc<AtomicBool>,
}

impl hyper::body::Body for Made {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let part = self.parts.poll_recv(context);
        part.map(|part| match part {
            Some(part) => Some(Ok(Frame::data(part))),
            // Without the final chunk the client sees that the response is cut.
            None if self.is_cut.load(Ordering::Relaxed) => Some(Err(has_left())),
            None => None,
        })
    }
}
