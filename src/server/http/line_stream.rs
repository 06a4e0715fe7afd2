//! Lines that come in and go out at the same time, worked on by a thread of their own.
//!
//! Of neither more is held than a few parts: where the client does not send or does not read,
//! the work waits. A client that sends everything before it reads anything must send less than
//! fits into the buffers of both sides.

use std::convert::Infallible;
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use http_body_util::BodyExt as _;
use hyper::body::Frame;
use serde_json::json;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

use crate::error::Result;

use super::stream_slots::StreamSlots;

/// How many parts may wait in each direction.
const WAITING: usize = 4;
/// How many bytes are gathered before they are sent, where nothing is flushed.
const GATHERED: usize = 64 << 10;
/// How long a client may take to send the next part, and how long where others wait for a turn.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_IF_OTHERS_WAIT: Duration = Duration::from_secs(2);
/// How often to look whether others wait.
const LOOK: Duration = Duration::from_millis(500);

const JSON_LINES: HeaderValue = HeaderValue::from_static("application/x-ndjson");

/// Lines as they come in.
pub(crate) struct Incoming {
    parts: Receiver<io::Result<Bytes>>,
    part: Bytes,
}

/// Lines as they go out.
pub(crate) struct Outgoing {
    parts: Sender<Bytes>,
    gathered: Vec<u8>,
}

/// Answers a body line by line. What goes wrong on the way is told in a last line.
pub(crate) fn answer(
    slots: &Arc<StreamSlots>,
    body: Body,
    work: impl FnOnce(Incoming, &mut Outgoing) -> Result<()> + Send + 'static,
) -> Response {
    let (sender, receiver) = channel(WAITING);
    let (answers, answered) = channel(WAITING);
    let slots = Arc::clone(slots);
    tokio::spawn(async move {
        let _permit = slots.acquire().await;
        let incoming = Incoming {
            parts: receiver,
            part: Bytes::new(),
        };
        let mut outgoing = Outgoing {
            parts: answers,
            gathered: Vec::new(),
        };
        let worked = tokio::task::spawn_blocking(move || {
            if let Err(error) = work(incoming, &mut outgoing) {
                let _ = writeln!(outgoing, "{}", json!({"error": error.to_string()}));
            }
            // Where the client has left, there is nobody to tell.
            let _ = outgoing.flush();
        });
        let fed = feed(body, sender, &slots);
        let _ = tokio::join!(worked, fed);
    });
    let body = Body::new(Made(answered));
    ([(header::CONTENT_TYPE, JSON_LINES)], body).into_response()
}

/// Passes on the parts of a body as they come.
async fn feed(mut body: Body, parts: Sender<io::Result<Bytes>>, slots: &StreamSlots) {
    loop {
        let next = tokio::select! {
            () = parts.closed() => return,
            next = next_frame(&mut body, slots) => next,
        };
        let part = match next {
            Some(None) => return,
            Some(Some(Ok(frame))) => match frame.into_data() {
                Ok(part) => Ok(part),
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
        if parts.send(part).await.is_err() || is_last {
            return;
        }
    }
}

/// The next part of a body, or nothing where it takes too long.
async fn next_frame(
    body: &mut Body,
    slots: &StreamSlots,
) -> Option<Option<Result<Frame<Bytes>, axum::Error>>> {
    let begun = Instant::now();
    loop {
        if let Ok(frame) = timeout(LOOK, body.frame()).await {
            return Some(frame);
        }
        let patience = if slots.has_queue() {
            PATIENCE_IF_OTHERS_WAIT
        } else {
            PATIENCE
        };
        if begun.elapsed() >= patience {
            return None;
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

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() > GATHERED {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let part = Bytes::from(std::mem::take(&mut self.gathered));
        let sent = self.parts.blocking_send(part);
        sent.map_err(|_| io::Error::new(ErrorKind::BrokenPipe, "the client has left"))
    }
}

/// A body that is sent while it is made.
struct Made(Receiver<Bytes>);

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
