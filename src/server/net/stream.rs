//! `Stream`: a client's connection with a write timeout, closed so that the client still receives
//! what was written.

use std::future::Future as _;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, Interest, ReadBuf};
use tokio::time::{Sleep, sleep};

use super::socket::{ReadHalf, Socket, WriteHalf};

/// Write timeout: give up a client that does not read.
const UNREAD: Duration = Duration::from_secs(30);
/// How long further input of a client is read after the end, so that the system does not discard
/// the bytes written to it.
const LINGER: Duration = Duration::from_secs(2);

/// How long the answer is awaited for a client that has half-closed; it may still read.
const GRACE: Duration = Duration::from_secs(2);
/// The pause between two checks of a socket whose bytes nobody reads yet.
const PAUSE: Duration = Duration::from_millis(100);

/// A client's connection.
pub(crate) struct Stream {
    reading: Arc<ReadHalf>,
    writing: WriteHalf,
    /// Runs while the client does not read, or while its remaining input is read.
    patience: Option<Pin<Box<Sleep>>>,
    is_shut: bool,
}

impl Stream {
    pub(crate) fn new(socket: Socket) -> Self {
        let (reading, writing) = socket.into_split();
        Self {
            reading: Arc::new(reading),
            writing,
            patience: None,
            is_shut: false,
        }
    }

    /// The peer at the other end.
    pub(crate) fn peer(&self) -> Peer {
        Peer(Arc::clone(&self.reading))
    }

    fn poll_take(
        &self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            ready!(self.reading.poll_read_ready(context))?;
            match self.reading.try_read(buffer.initialize_unfilled()) {
                Ok(length) => {
                    buffer.advance(length);
                    return Poll::Ready(Ok(()));
                }
                Err(cause) if cause.kind() == ErrorKind::WouldBlock => {}
                Err(cause) => return Poll::Ready(Err(cause)),
            }
        }
    }

    /// Passes on the result of a write; an error if the client has not read for too long.
    fn watched<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.patience = None;
            return written;
        }
        ready!(self.wait(context, UNREAD));
        let reason = "the client does not read";
        Poll::Ready(Err(io::Error::new(ErrorKind::TimedOut, reason)))
    }

    fn wait(&mut self, context: &mut Context<'_>, how_long: Duration) -> Poll<()> {
        let patience = self
            .patience
            .get_or_insert_with(|| Box::pin(sleep(how_long)));
        patience.as_mut().poll(context)
    }
}

/// The peer at the other end of a connection.
#[derive(Clone)]
pub(crate) struct Peer(Arc<ReadHalf>);

impl Peer {
    /// Waits until the client has closed its side, and some time longer, as it may still read.
    pub(crate) async fn gone(&self) {
        while let Ok(ready) = self.0.ready(Interest::READABLE).await {
            if ready.is_read_closed() {
                break;
            }
            sleep(PAUSE).await;
        }
        sleep(GRACE).await;
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.poll_take(context, buffer)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.writing).poll_write(context, bytes);
        self.watched(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.writing).poll_write_vectored(context, slices);
        self.watched(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.writing.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.writing).poll_flush(context)
    }

    /// Ends the output, and reads further input of the client for a while.
    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.is_shut {
            ready!(Pin::new(&mut self.writing).poll_shutdown(context))?;
            self.is_shut = true;
            self.patience = None;
        }
        let mut taken = [0; 16 << 10];
        loop {
            if self.wait(context, LINGER).is_ready() {
                return Poll::Ready(Ok(()));
            }
            let mut buffer = ReadBuf::new(&mut taken);
            let read = ready!(self.poll_take(context, &mut buffer));
            if read.is_err() || buffer.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }
}
