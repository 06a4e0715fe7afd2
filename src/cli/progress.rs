//! Progress on stderr, for operations of more than half a second if stderr is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::print;

/// How long something must take before progress is shown.
const PATIENCE: Duration = Duration::from_millis(500);
const BEAT: Duration = Duration::from_millis(100);

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
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(doing.to_owned());
    let (done, finished) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let show = || {
            let finished = finished;
            if finished
                .recv_timeout(PATIENCE)
                .is_err_and(|cause| cause == std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(BEAT);
                // This waits until the work is done, which drops the other end.
                let _ = finished.recv();
            }
            bar.finish_and_clear();
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
    let bar = ProgressBar::no_length();
    let template = "{bytes} of {total_bytes} {wide_bar} {bytes_per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    let result = run(&mut |done, total| {
        if let Some(total) = total {
            bar.set_length(total);
        }
        bar.set_position(done);
    });
    bar.finish_and_clear();
    result
}
