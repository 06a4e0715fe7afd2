//! Connections: accepted up to a number, closed where they are slow, finished before the end.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::stream::Stream;
use crate::server::http::service::{Guarded, Service};

/// The most bytes of a request's head.
const LONGEST_HEAD: usize = 64 << 10;
/// How long requests that have begun may take when the server is to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait before looking again where the system or the limit gives no connection.
const PAUSE: Duration = Duration::from_millis(50);

/// All open connections.
pub(crate) struct Connections {
    most: usize,
    /// How long a client may take to send a request's head, and keep a connection without one.
    head_within: Duration,
    begun: Instant,
    open: Mutex<HashMap<u64, Arc<Connection>>>,
    /// Told when one is closed.
    left: Notify,
}

/// What is known of an open connection.
pub(crate) struct Connection {
    begun: Instant,
    /// Since when it waits for a request, in milliseconds; 0 while one is answered.
    waits_since: AtomicU64,
    close: Notify,
}

/// Marks a connection as one that answers, as long as it lives.
pub(crate) struct Answering(Arc<Connection>);

impl Connection {
    fn waits(&self) -> Option<u64> {
        Some(self.waits_since.load(Ordering::Relaxed)).filter(|since| *since > 0)
    }

    fn begin_waiting(&self) {
        let now = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.waits_since.store(now.max(1), Ordering::Relaxed);
    }

    fn answering(self: &Arc<Self>) -> Answering {
        self.waits_since.store(0, Ordering::Relaxed);
        Answering(Arc::clone(self))
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.begin_waiting();
    }
}

impl Connections {
    pub(crate) fn new(most: usize, head_within: Duration) -> Self {
        Self {
            most: most.max(1),
            head_within,
            begun: Instant::now(),
            open: Mutex::default(),
            left: Notify::new(),
        }
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Arc<Connection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until another connection may be opened; those that wait longest make room.
    async fn room(&self) {
        while self.open().len() >= self.most {
            self.close_longest_waiting();
            let _ = timeout(PAUSE, self.left.notified()).await;
        }
    }

    fn close_longest_waiting(&self) {
        let open = self.open();
        let waiting = open.values().filter_map(|one| Some((one.waits()?, one)));
        if let Some((_, longest)) = waiting.min_by_key(|(since, _)| *since) {
            longest.close.notify_one();
        }
    }

    /// Closes connections that wait, and waits for those that answer.
    pub(crate) async fn finish(&self) {
        for connection in self.open().values() {
            connection.close.notify_one();
        }
        let all_left = async {
            while !self.open().is_empty() {
                let _ = timeout(PAUSE, self.left.notified()).await;
            }
        };
        let _ = timeout(GRACE, all_left).await;
    }

    fn begin(&self, number: u64) -> Arc<Connection> {
        let connection = Arc::new(Connection {
            begun: self.begun,
            waits_since: AtomicU64::new(0),
            close: Notify::new(),
        });
        connection.begin_waiting();
        self.open().insert(number, Arc::clone(&connection));
        connection
    }

    fn end(&self, number: u64) {
        self.open().remove(&number);
        self.left.notify_one();
    }
}

/// Accepts connections until `stop` is ready.
pub(crate) async fn accept(
    listener: &TcpListener,
    connections: &Arc<Connections>,
    service: &Arc<Service>,
    stop: impl Future<Output = ()>,
) {
    let mut stop = pin!(stop);
    for number in 0.. {
        let next = async {
            loop {
                connections.room().await;
                if let Ok((socket, _)) = listener.accept().await {
                    return socket;
                }
                // Mostly the system has no more sockets to give.
                connections.close_longest_waiting();
                sleep(PAUSE).await;
            }
        };
        let socket = tokio::select! {
            biased;
            () = &mut stop => return,
            socket = next => socket,
        };
        let (connections, service) = (Arc::clone(connections), Arc::clone(service));
        let connection = connections.begin(number);
        tokio::spawn(async move {
            serve(socket, connection, service, connections.head_within).await;
            connections.end(number);
        });
    }
}

/// Serves one connection. What goes wrong with it concerns its client alone.
async fn serve(
    socket: TcpStream,
    connection: Arc<Connection>,
    service: Arc<Service>,
    head_within: Duration,
) {
    let _ = socket.set_nodelay(true);
    let answer = service_fn(|request| {
        let (service, answering) = (Arc::clone(&service), connection.answering());
        async move {
            let response = service.answer(request).await;
            Ok::<_, Infallible>(response.map(|body| Guarded::new(body, answering)))
        }
    });
    let http = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_within)
        .max_buf_size(LONGEST_HEAD)
        // Who has sent everything may say so, and still reads.
        .half_close(true)
        .serve_connection(TokioIo::new(Stream::new(socket)), answer);
    let mut http = pin!(http);
    loop {
        tokio::select! {
            _ = &mut http => return,
            () = connection.close.notified() => {
                if connection.waits().is_some() {
                    return;
                }
                http.as_mut().graceful_shutdown();
            }
        }
    }
}
