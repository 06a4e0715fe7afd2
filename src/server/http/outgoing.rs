//! `Outgoing`: the lines of an answer, sent in parts as they are written.

use std::io::{self, ErrorKind, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use tokio::runtime::Handle;
use tokio::sync::mpsc::Sender;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::timeout;

use super::stream_slots::Allowance;

/// How many bytes are buffered before they are sent, without a flush.
const GATHERED: usize = 64 << 10;
/// How often to check whether others wait.
pub(super) const LOOK: Duration = Duration::from_millis(500);

/// The outgoing lines.
pub(crate) struct Outgoing {
    parts: Sender<Bytes>,
    gathered: Vec<u8>,
    allowance: Arc<Allowance>,
    runtime: Handle,
    /// Set if the client loses its slot before it has read everything.
    is_cut: Arc<AtomicBool>,
    has_begun: bool,
}

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.has_begun = true;
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
        self.allowance.earn(part.len());
        match self.parts.try_send(part) {
            Ok(()) => Ok(()),
            Err(TrySendError::Full(part)) => self.send_slowly(part),
            Err(TrySendError::Closed(_)) => Err(has_left()),
        }
    }
}

impl Outgoing {
    pub(super) fn new(
        parts: Sender<Bytes>,
        allowance: Arc<Allowance>,
        is_cut: Arc<AtomicBool>,
    ) -> Self {
        Self {
            parts,
            gathered: Vec::new(),
            allowance,
            runtime: Handle::current(),
            is_cut,
            has_begun: false,
        }
    }

    /// Whether anything was written.
    pub(super) fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Waits until the client has read a part, within its allowance.
    fn send_slowly(&self, part: Bytes) -> io::Result<()> {
        loop {
            let looked = Instant::now();
            // The timer needs the runtime, so it is created inside.
            let room = async { timeout(LOOK, self.parts.reserve()).await };
            match self.runtime.block_on(room) {
                Ok(Ok(room)) => {
                    room.send(part);
                    return Ok(());
                }
                Ok(Err(_)) => return Err(has_left()),
                Err(_) if self.allowance.spend(looked.elapsed()) => {}
                Err(_) => {
                    self.is_cut.store(true, Ordering::Relaxed);
                    let reason = "the client does not read, and others wait";
                    return Err(io::Error::new(ErrorKind::TimedOut, reason));
                }
            }
        }
    }
}

pub(super) fn has_left() -> io::Error {
    io::Error::new(ErrorKind::BrokenPipe, "the client has left")
}
