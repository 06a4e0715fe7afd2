//! The access log: one line for each request, written by its own thread so that no request waits.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::http::{Method, StatusCode, Uri};

use crate::server::options::LogSink;

/// How many lines may be queued before further ones are only counted.
const WAITING: usize = 8 << 10;
/// How many lines are written at once.
const AT_ONCE: usize = 256;
/// The maximum bytes of a request's path and query in a line.
const LONGEST: usize = 400;

/// The destination of the lines; dropping it writes all queued lines.
pub(crate) struct AccessLog {
    lines: Option<SyncSender<String>>,
    lost: Arc<AtomicU64>,
    writing: Option<JoinHandle<()>>,
}

impl AccessLog {
    /// Starts a log.
    ///
    /// # Errors
    /// The system cannot start a thread.
    pub(crate) fn new(sink: LogSink) -> io::Result<Self> {
        let (lines, receiver) = sync_channel(WAITING);
        let lost = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&lost);
        let thread = thread::Builder::new();
        let writing = thread.spawn(move || write(&receiver, &counted, &sink))?;
        Ok(Self {
            lines: Some(lines),
            lost,
            writing: Some(writing),
        })
    }

    /// Queues a line, or counts it if the queue is full.
    pub(crate) fn add(&self, line: String) {
        let sent = self.lines.as_ref().map(|lines| lines.try_send(line));
        if !matches!(sent, Some(Ok(()))) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for AccessLog {
    fn drop(&mut self) {
        self.lines = None;
        if let Some(writing) = self.writing.take() {
            // The thread ends when the queue is empty.
            let _ = writing.join();
        }
    }
}

fn write(waiting: &Receiver<String>, lost: &AtomicU64, sink: &LogSink) {
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
        sink(&text);
    }
}

/// The request in the log: method, path and query, without control characters.
pub(crate) fn asked(method: &Method, uri: &Uri) -> String {
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
pub(crate) fn line(asked: &str, status: StatusCode, took: Duration) -> String {
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
    fn lines_are_written_in_order_and_none_is_lost() {
        let written = Arc::new(Mutex::new(String::new()));
        let sink = Arc::clone(&written);
        let log = AccessLog::new(Arc::new(move |text: &str| {
            sink.lock().unwrap().extend([text, "\n"]);
        }))
        .unwrap();
        for number in 0..20_000 {
            // Blocks when the log itself would count.
            log.lines
                .as_ref()
                .unwrap()
                .send(number.to_string())
                .unwrap();
        }
        drop(log);
        let written = written.lock().unwrap();
        let numbers = written.lines().map(|line| line.parse::<u32>().unwrap());
        assert!(numbers.eq(0..20_000));
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
