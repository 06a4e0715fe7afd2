//! Progress on stderr, when something takes longer than half a second and somebody watches.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::print;

/// How long something must take before progress is shown.
const PATIENCE: Duration = Duration::from_millis(500);
const BEAT: Duration = Duration::from_millis(100);

/// Runs something, and shows that it goes on, unless its results show that already.
pub(crate) fn watch_unless_shown<T>(doing: &str, run: impl FnOnce() -> T) -> T {
    if print::is_terminal() {
        return run();
    }
    watch(doing, run)
}

/// Runs something, and shows that it goes on.
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
        scope.spawn(|| {
            let finished = finished;
            if finished
                .recv_timeout(PATIENCE)
                .is_err_and(|cause| cause == std::sync::mpsc::RecvTimeoutError::Timeout)
            {
                bar.set_draw_target(ProgressDrawTarget::stderr());
                bar.enable_steady_tick(BEAT);
                // Until the work is done, which drops the other end.
                let _ = finished.recv();
            }
            bar.finish_and_clear();
        });
        let result = run();
        drop(done);
        result
    })
}
