//! `StreamSlots`: a semaphore for line streams that knows whether a request waits for it.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Semaphore, SemaphorePermit};

/// Limits how many line streams run at once.
pub(crate) struct StreamSlots {
    free: Semaphore,
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
    /// Allows so many streams at once.
    pub(crate) fn new(at_once: usize) -> Self {
        Self {
            free: Semaphore::new(at_once),
            waiting: AtomicUsize::new(0),
        }
    }

    /// Waits for a slot, which is free again when the permit is dropped.
    pub(crate) async fn acquire(&self) -> Option<SemaphorePermit<'_>> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        self.free.acquire().await.ok()
    }

    /// Whether a request waits for a slot.
    pub(crate) fn has_queue(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_that_waits_is_seen() {
        let slots = StreamSlots::new(1);
        let first = slots.acquire().await;
        assert!(first.is_some() && !slots.has_queue());
        {
            let mut second = Box::pin(slots.acquire());
            let pause = std::time::Duration::from_millis(1);
            assert!(tokio::time::timeout(pause, &mut second).await.is_err());
            assert!(slots.has_queue());
        }
        assert!(!slots.has_queue());
        drop(first);
        assert!(slots.acquire().await.is_some());
    }
}
