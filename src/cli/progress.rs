//! Progress on stderr, for operations of more than half a second if stderr is a terminal.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::print;

/// How long something must take before progress is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// The time between two lines.
const BEAT: Duration = Duration::from_millis(200);

/// Runs an operation and shows progress, unless its results already show it.
pub(crate) fn watch_unless_shown<T>(doing: &str, run: impl FnOnce() -> T) -> T {
    if print::is_terminal() {
        return run();
    }
    watch(doing, run)
}

/// Runs an operation and shows progress.
pub(crate) fn watch<T>(doing: &str, run: impl FnOnce() -> T) -> T {
    if !print::is_watched() {
        return run();
    }
    let (done, finished) = channel::<()>();
    std::thread::scope(|scope| {
        let show = || {
            let (begin, finished) = (Instant::now(), finished);
            let mut wait = PATIENCE;
            // The end of the work drops the other end of the channel.
            while finished.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                print::progress(&format!("{doing}, {} s", begin.elapsed().as_secs()));
                wait = BEAT;
            }
            if wait == BEAT {
                print::progress("");
            }
        };
        // Without a thread, no progress is shown.
        let _ = std::thread::Builder::new().spawn_scoped(scope, show);
        let result = run();
        drop(done);
        result
    })
}

/// Runs a transfer, which reports its bytes, and shows its progress.
#[cfg(feature = "download")]
pub(crate) fn bytes<T>(run: impl FnOnce(&mut dyn FnMut(u64, Option<u64>)) -> T) -> T {
    if !print::is_watched() {
        return run(&mut |_, _| {});
    }
    let mut is_shown = false;
    let mut next = Instant::now() + PATIENCE;
    let result = run(&mut |done, total| {
        if next <= Instant::now() {
            print::progress(&transferred(done, total));
            (is_shown, next) = (true, Instant::now() + BEAT);
        }
    });
    if is_shown {
        print::progress("");
    }
    result
}

#[cfg(feature = "download")]
fn transferred(done: u64, total: Option<u64>) -> String {
    let tenths = |bytes: u64| bytes / 100_000;
    let megabytes = |bytes: u64| format!("{}.{}", tenths(bytes) / 10, tenths(bytes) % 10);
    let of = total.map_or(String::new(), |total| format!(" of {}", megabytes(total)));
    format!("downloading, {}{of} MB", megabytes(done))
}

#[cfg(all(test, feature = "download"))]
mod tests {
    use super::*;

    #[test]
    fn a_transfer_is_shown_in_megabytes() {
        assert_eq!(transferred(1_250_000, None), "downloading, 1.2 MB");
        assert_eq!(
            transferred(0, Some(12_000_000)),
            "downloading, 0.0 of 12.0 MB"
        );
    }
}
