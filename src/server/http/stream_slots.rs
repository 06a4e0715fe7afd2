//! `StreamSlots`: how many line streams run in parallel, and how slow one may be while others wait.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// How long a stream may wait for its client while others wait for a slot.
const ALLOWANCE: Duration = Duration::from_secs(2);
/// How many bytes, sent or read, earn a stream another second.
const BYTES_PER_SECOND: f64 = 16384.0;

/// A semaphore for line streams that knows whether requests wait for it.
pub(crate) struct StreamSlots {
    free: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// A request in the queue; dropped when it gets a slot or gives up.
struct Waiting<'s>(&'s AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl StreamSlots {
    /// Allows this many streams in parallel.
    pub(crate) fn new(at_once: usize) -> Self {
        Self {
            free: Arc::new(Semaphore::new(at_once)),
            waiting: AtomicUsize::new(0),
        }
    }

    /// Waits for a slot, which is released when the permit is dropped; `None` if there is none in
    /// time.
    pub(crate) async fn acquire(&self, within: Duration) -> Option<OwnedSemaphorePermit> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        let permit = timeout(within, Arc::clone(&self.free).acquire_owned()).await;
        permit.ok()?.ok()
    }

    /// Whether a request waits for a slot.
    pub(crate) fn has_queue(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }
}

/// How much longer a stream may wait for its client while others wait for a slot: a token bucket
/// that waiting empties, and bytes sent or read fill.
pub(crate) struct Allowance {
    slots: Arc<StreamSlots>,
    left: Mutex<Duration>,
}

impl Allowance {
    /// The allowance of a new stream.
    pub(crate) fn new(slots: Arc<StreamSlots>) -> Self {
        Self {
            slots,
            left: Mutex::new(ALLOWANCE),
        }
    }

    /// Adds tokens for bytes that the client has sent or read.
    pub(crate) fn earn(&self, bytes: usize) {
        #[expect(clippy::cast_precision_loss)] // a few parts of a body
        let seconds = bytes as f64 / BYTES_PER_SECOND;
        let earned = Duration::from_secs_f64(seconds.min(ALLOWANCE.as_secs_f64()));
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = (*left + earned).min(ALLOWANCE);
    }

    /// Takes tokens for the time waited, if others wait for a slot. Returns whether it may wait
    /// longer.
    pub(crate) fn spend(&self, waited: Duration) -> bool {
        if !self.slots.has_queue() {
            return true;
        }
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        *left = left.saturating_sub(waited);
        !left.is_zero()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(1);

    #[tokio::test]
    async fn a_request_that_waits_is_seen() {
        let slots = StreamSlots::new(1);
        let first = slots.acquire(SHORT).await;
        assert!(first.is_some() && !slots.has_queue());
        {
            let mut second = Box::pin(slots.acquire(ALLOWANCE));
            assert!(timeout(SHORT, &mut second).await.is_err());
            assert!(slots.has_queue());
        }
        assert!(!slots.has_queue());
        assert!(slots.acquire(SHORT).await.is_none());
        drop(first);
        assert!(slots.acquire(SHORT).await.is_some());
    }

    #[tokio::test]
    async fn only_a_slow_client_uses_up_its_allowance() {
        let slots = Arc::new(StreamSlots::new(0));
        let allowance = Allowance::new(Arc::clone(&slots));
        assert!(allowance.spend(ALLOWANCE * 9), "nobody waits");
        let mut waiting = Box::pin(slots.acquire(ALLOWANCE));
        assert!(timeout(SHORT, &mut waiting).await.is_err());
        for _ in 0..100 {
            assert!(allowance.spend(Duration::from_secs(1)));
            allowance.earn(16384);
        }
        assert!(allowance.spend(Duration::from_secs(1)));
        assert!(!allowance.spend(Duration::from_secs(1)));
    }
}
