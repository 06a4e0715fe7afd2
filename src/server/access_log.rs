//! The access log: a line a request, written by a thread of its own so that no request waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use axum::http::{Method, StatusCode, Uri};

use super::run::Tell;

/// How many lines may wait to be written before more are counted instead.
const WAITING: usize = 8 << 10;
/// How many lines are written at once.
const AT_ONCE: usize = 256;
/// The most bytes of a request's path and query that a line has.
const LONGEST: usize = 400;

/// Where the lines go.
pub(super) struct AccessLog {
    lines: SyncSender<String>,
    lost: Arc<AtomicU64>,
}

impl AccessLog {
    /// Begins a log; its thread ends with it.
    pub(super) fn new(tell: Tell) -> Self {
        let (lines, waiting) = sync_channel(WAITING);
        let lost = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&lost);
        thread::spawn(move || write(&waiting, &counted, &tell));
        Self { lines, lost }
    }

    /// Adds a line, or counts it where too many wait.
    pub(super) fn add(&self, line: String) {
        if self.lines.try_send(line).is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn write(waiting: &Receiver<String>, lost: &AtomicU64, tell: &Tell) {
    while let Ok(mut text) = waiting.recv() {
        for line in waiting.try_iter().take(AT_ONCE) {
            text.push('\n');
            text.push_str(&line);
        }
        let lost = lost.swap(0, Ordering::Relaxed);
        if lost > 0 {
            let lost = lost.to_string();
            text.extend(["\n", &lost, " more requests were answered and not logged"]);
        }
        tell(&text);
    }
}

/// What is asked, for the log: method, path and query, without control characters.
pub(super) fn asked(method: &Method, uri: &Uri) -> String {
    let target = uri.path_and_query().map_or("", |target| target.as_str());
    let shown = &target[..target.floor_char_boundary(LONGEST)];
    let cut = if shown.len() < target.len() {
        "…"
    } else {
        ""
    };
    format!("{method} {shown}{cut}")
}

/// The line of a request.
pub(super) fn line(asked: &str, status: StatusCode, took: Duration) -> String {
    let status = status.as_u16();
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ");
    let milliseconds = took.as_secs_f64() * 1e3;
    format!("{now} {status} {milliseconds:.3} ms {asked}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn lines_are_told_in_order_and_none_is_lost() {
        let told = Arc::new(Mutex::new(String::new()));
        let sink = Arc::clone(&told);
        let log = AccessLog::new(Arc::new(move |text: &str| {
            sink.lock().unwrap().extend([text, "\n"]);
        }));
        let AccessLog { lines, .. } = &log;
        for number in 0..20_000 {
            // Waits where the log itself would count.
            lines.send(number.to_string()).unwrap();
        }
        let expected: String = (0..20_000).map(|number| format!("{number}\n")).collect();
        for _ in 0..1000 {
            if told.lock().unwrap().len() == expected.len() {
                break;
            }
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(*told.lock().unwrap(), expected);
    }

    #[test]
    fn a_line_of_a_long_request_is_cut() {
        let uri: Uri = format!("/x?{}", "y".repeat(1000)).parse().unwrap();
        let asked = asked(&Method::GET, &uri);
        assert!(asked.len() < 420 && asked.ends_with('…'));
        let line = line(&asked, StatusCode::OK, Duration::from_micros(1234));
        assert!(line.contains(" 200 1.234 ms GET /x?y"), "{line}");
    }
}
