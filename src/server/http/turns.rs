//! `Turns`: how many may do something at once, and whether others wait for it.

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Semaphore, SemaphorePermit};

/// Turns that are taken one behind another.
pub(crate) struct Turns {
    free: Semaphore,
    waiting: AtomicUsize,
}

/// Counts who waits, also where the waiting is given up.
struct Waiting<'t>(&'t AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Turns {
    /// As many turns at once.
    pub(crate) fn new(at_once: usize) -> Self {
        Self {
            free: Semaphore::new(at_once),
            waiting: AtomicUsize::new(0),
        }
    }

    /// Waits for a turn, which ends when what is given is dropped.
    pub(crate) async fn wait(&self) -> Option<SemaphorePermit<'_>> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let _waiting = Waiting(&self.waiting);
        // It is never closed, so that there is always a turn.
        self.free.acquire().await.ok()
    }

    /// Whether somebody waits for a turn.
    pub(crate) fn are_awaited(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_is_counted() {
        let turns = Turns::new(1);
        let first = turns.wait().await;
        assert!(first.is_some() && !turns.are_awaited());
        {
            let mut second = Box::pin(turns.wait());
            let pause = std::time::Duration::from_millis(1);
            assert!(tokio::time::timeout(pause, &mut second).await.is_err());
            assert!(turns.are_awaited());
        }
        assert!(!turns.are_awaited());
        drop(first);
        assert!(turns.wait().await.is_some());
    }
}
