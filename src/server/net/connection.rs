//! `Connection`: whether an open connection is idle, and the signal to close it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// An open connection.
pub(crate) struct Connection {
    begun: Instant,
    /// Since when it is idle, in nanoseconds; 0 while a request is being answered.
    idle_since: AtomicU64,
    close: Notify,
}

/// Marks a connection as busy until dropped.
pub(crate) struct Answering(Arc<Connection>);

impl Connection {
    /// A connection without a request yet; `begun` is the zero of its clock.
    pub(super) fn new(begun: Instant) -> Self {
        let connection = Self {
            begun,
            idle_since: AtomicU64::new(0),
            close: Notify::new(),
        };
        connection.begin_idling();
        connection
    }

    /// Signals it to close.
    pub(super) fn close(&self) {
        self.close.notify_one();
    }

    /// Waits for the signal to close.
    pub(super) async fn closed(&self) {
        self.close.notified().await;
    }

    /// Since when it is idle; `None` if it is busy.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        let since = self.idle_since.load(Ordering::Relaxed);
        (since > 0).then(|| self.begun + Duration::from_nanos(since))
    }

    fn begin_idling(&self) {
        let now = u64::try_from(self.begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.idle_since.store(now.max(1), Ordering::Relaxed);
    }

    /// Marks it as busy while the mark lives.
    pub(super) fn answering(self: &Arc<Self>) -> Answering {
        self.idle_since.store(0, Ordering::Relaxed);
        Answering(Arc::clone(self))
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.begin_idling();
    }
}
