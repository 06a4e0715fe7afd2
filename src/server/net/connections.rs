//! Accepts connections up to a limit, closes slow ones, drains the rest on shutdown.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::connection::Connection;
use super::socket::{Listener, Socket};
use super::stream::Stream;
use crate::server::http::service::{Guarded, Service};

/// The size limit of a request's head, in bytes.
const LONGEST_HEAD: usize = 64 << 10;
/// How long shutdown waits for running requests.
const GRACE: Duration = Duration::from_secs(10);
/// How long a connection may be idle before it makes room for another, and the pause before the next
/// attempt if the system or the limit allows none: a request that was just sent is still answered.
const PAUSE: Duration = Duration::from_millis(50);

/// All open connections.
pub(crate) struct Connections {
    most: usize,
    /// The timeout for the head of a request, and the idle timeout of a connection.
    head_within: Duration,
    begun: Instant,
    open: Mutex<HashMap<u64, Arc<Connection>>>,
    /// Notified when one is closed.
    left: Notify,
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

    /// Waits until one more may be served; closes those that have been idle longest.
    async fn room(&self) {
        while self.open().len() >= self.most {
            self.close_longest_idle();
            let _ = timeout(PAUSE, self.left.notified()).await;
        }
    }

    fn close_longest_idle(&self) {
        let open = self.open();
        let idle = open
            .values()
            .filter_map(|one| Some((one.idle_since()?, one)));
        match idle.min_by_key(|(since, _)| *since) {
            Some((since, longest)) if since.elapsed() >= PAUSE => longest.close(),
            _ => {}
        }
    }

    /// Closes idle connections and waits for the others to finish.
    pub(crate) async fn finish(&self) {
        for connection in self.open().values() {
            connection.close();
        }
        let all_left = async {
            while !self.open().is_empty() {
                let _ = timeout(PAUSE, self.left.notified()).await;
            }
        };
        let _ = timeout(GRACE, all_left).await;
    }

    fn begin(&self, number: u64) -> Arc<Connection> {
        let connection = Arc::new(Connection::new(self.begun));
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
    listener: &Listener,
    connections: &Arc<Connections>,
    service: &Arc<Service>,
    stop: impl Future<Output = ()>,
) {
    let mut stop = pin!(stop);
    for number in 0.. {
        let next = async {
            loop {
                if let Ok(socket) = listener.accept().await {
                    connections.room().await;
                    return socket;
                }
                // Usually the system has no more sockets.
                connections.close_longest_idle();
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

/// Serves one connection. Errors on it concern only its client.
async fn serve(
    socket: Socket,
    connection: Arc<Connection>,
    service: Arc<Service>,
    head_within: Duration,
) {
    let stream = Stream::new(socket);
    let peer = stream.peer();
    let answer = service_fn(|request| {
        let (service, answering) = (Arc::clone(&service), connection.answering());
        let peer = peer.clone();
        async move {
            let response = service.answer(request, &peer).await;
            Ok::<_, Infallible>(response.map(|body| Guarded::new(body, answering)))
        }
    });
    let http = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_within)
        .max_buf_size(LONGEST_HEAD)
        // A client may half-close after its request and still read the response.
        .half_close(true)
        .serve_connection(TokioIo::new(stream), answer);
    let mut http = pin!(http);
    loop {
        tokio::select! {
            biased;
            _ = &mut http => return,
            () = connection.closed() => {
                if connection.idle_since().is_some() {
                    return;
                }
                http.as_mut().graceful_shutdown();
            }
        }
    }
}
