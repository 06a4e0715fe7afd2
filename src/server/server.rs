//! `Server`: bound to its address, run until it is told to stop.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Error, Result};

use super::router::router;
use super::state::State;
use crate::server::http::service::Service;
use crate::server::net::access_log::AccessLog;
use crate::server::net::connections::{Connections, accept};

/// Where the server tells what happens: called with one or more lines, without the last break.
pub type Tell = Arc<dyn Fn(&str) + Send + Sync>;

/// How long work is waited for that nobody waits for any more.
const LAST_WAIT: Duration = Duration::from_secs(1);

/// How a server runs.
#[derive(Clone)]
pub struct ServeOptions {
    /// The folder of the index.
    pub folder: PathBuf,
    /// Where to listen; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// How many connections are held open at once; where there are more, those that wait longest
    /// for a request are closed.
    pub connections: usize,
    /// How long a client may take to send the head of a request, and keep a connection without
    /// one.
    pub head_within: Duration,
    /// How long a request may take from its head to the head of its answer.
    pub answer_within: Duration,
    /// Whether the limits of NLM's service hold: 500 codes a page, 7,500 in all.
    pub caps: bool,
    /// Whether a line a request is told.
    pub access_log: bool,
    /// Where to tell it, and what else happens.
    pub tell: Tell,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            folder: PathBuf::from("index"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            connections: 4096,
            head_within: Duration::from_secs(15),
            answer_within: Duration::from_secs(30),
            caps: true,
            access_log: false,
            tell: Arc::new(|_| {}),
        }
    }
}

/// A server that is bound to its address.
///
/// ```
/// use hcpcs::index::{Sources, build_index};
/// use hcpcs::server::{ServeOptions, Server};
///
/// let folder = tempfile::tempdir()?;
/// let releases = vec![hcpcs::Release::starter()?];
/// build_index(folder.path(), Sources { releases, annotations: Vec::new() })?;
/// let server = Server::bind(ServeOptions {
///     folder: folder.path().to_owned(),
///     listen: "127.0.0.1:0".parse()?,
///     ..ServeOptions::default()
/// })?;
/// assert_ne!(server.address().port(), 0);
/// server.run(std::future::ready(()))?; // stops at once; `stopped()` waits for a signal
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    state: Arc<State>,
    options: ServeOptions,
}

impl Server {
    /// Opens the index and binds the address.
    ///
    /// # Errors
    /// There is no index that this program reads, or the address is taken.
    pub fn bind(options: ServeOptions) -> Result<Self> {
        let state = Arc::new(State::open(&options.folder, options.caps)?);
        let fail = |cause: io::Error| Error::Query {
            reason: format!(
                "cannot listen on {}: {cause}; give another address with `--listen`",
                options.listen
            ),
        };
        let listener = TcpListener::bind(options.listen).map_err(fail)?;
        listener.set_nonblocking(true).map_err(fail)?;
        let address = listener.local_addr().map_err(fail)?;
        Ok(Self {
            listener,
            address,
            state,
            options,
        })
    }

    /// The address, with the actual port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is ready, then answers the requests that have begun.
    ///
    /// # Errors
    /// The system gives no threads or sockets.
    pub fn run(self, stop: impl Future<Output = ()>) -> Result<()> {
        let fail = |cause| Error::io(&self.options.folder, "cannot serve the index", cause);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(fail)?;
        let tell = &self.options.tell;
        let log = self
            .options
            .access_log
            .then(|| AccessLog::new(Arc::clone(tell)));
        let service = Arc::new(Service::new(
            router(&self.state),
            self.options.answer_within,
            log,
        ));
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(fail)?;
            let watching = tokio::spawn(Arc::clone(&self.state).watch(Arc::clone(tell)));
            let connections = Arc::new(Connections::new(
                self.options.connections,
                self.options.head_within,
            ));
            accept(&listener, &connections, &service, stop).await;
            drop(listener);
            watching.abort();
            connections.finish().await;
            Ok(())
        });
        // What still runs is given up, and with the service the log is written to its end.
        runtime.shutdown_timeout(LAST_WAIT);
        drop(service);
        served
    }
}

/// Waits until the process is told to stop, by Ctrl-C or by the system.
pub async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
