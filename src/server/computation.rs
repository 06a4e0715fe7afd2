//! `Computations`: long work on its own threads, within limits.

use std::io;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::server::http::problem::Problem;

/// How long a request waits for a slot before it is answered 503.
const MAX_WAIT: Duration = Duration::from_secs(5);
/// The timeout of a computation. Requests are bounded so that they take far less.
const MAX_TIME: Duration = Duration::from_secs(5);

/// Asks the system for some threads at a time, since a runtime panics where it gets none.
pub(super) fn check_threads(number: usize) -> io::Result<()> {
    let lock = Mutex::new(());
    std::thread::scope(|scope| {
        let held = lock.lock();
        for _ in 0..number {
            let wait = || drop(lock.lock());
            std::thread::Builder::new().spawn_scoped(scope, wait)?;
        }
        drop(held);
        Ok(())
    })
}

/// A semaphore that runs as many computations in parallel as there are cores.
pub(super) struct Computations(Arc<Semaphore>);

/// Tells a computation to stop: at its deadline, or if nobody waits for it.
pub(super) struct Cancellation {
    deadline: Instant,
    is_abandoned: AtomicBool,
}

/// Abandons a computation when the request is dropped.
struct Waiting(Arc<Cancellation>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.is_abandoned.store(true, Ordering::Relaxed);
    }
}

impl Cancellation {
    /// Whether to stop. Cheap enough to be called for each code.
    pub(super) fn is_due(&self) -> bool {
        self.is_abandoned.load(Ordering::Relaxed) || Instant::now() >= self.deadline
    }
}

impl Computations {
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self(Arc::new(Semaphore::new(cores)))
    }

    /// Runs work on its own thread. Work that checks the [`Cancellation`] ends early if the client
    /// has disconnected, and its result is dropped if the deadline has passed.
    ///
    /// # Errors
    ///
    /// There was no slot in time, the work took too long, or it panicked.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Cancellation) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = timeout(MAX_WAIT, Arc::clone(&self.0).acquire_owned()).await;
        let turn = turn.map_err(|_| Problem::busy())?;
        let cancellation = Arc::new(Cancellation {
            deadline: Instant::now() + MAX_TIME,
            is_abandoned: AtomicBool::new(false),
        });
        let waiting = Waiting(Arc::clone(&cancellation));
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let result = work(&cancellation);
            (!cancellation.is_due()).then_some(result)
        });
        let result = done.await.map_err(|_| Problem::failed())?;
        drop(waiting);
        result.ok_or_else(|| {
            let seconds = MAX_TIME.as_secs();
            let detail =
                format!("the answer took more than {seconds} s to compute; ask for less at once");
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(seconds)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_stops_when_nobody_waits_for_it() {
        let computations = Computations::new();
        let (sender, receiver) = std::sync::mpsc::channel();
        let work = computations.run(move |cancellation| {
            while !cancellation.is_due() {
                std::thread::sleep(Duration::from_millis(1));
            }
            let _ = sender.send(());
        });
        let pause = Duration::from_millis(20);
        assert!(timeout(pause, work).await.is_err());
        assert!(receiver.recv_timeout(MAX_TIME / 5).is_ok());
    }

    #[tokio::test]
    async fn work_stops_at_its_deadline() {
        let computations = Computations::new();
        let work = computations.run(|cancellation| {
            while !cancellation.is_due() {
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let problem = work.await.unwrap_err();
        assert_eq!(problem.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(computations.run(|_| 1).await, Ok(1));
    }
}
