//! `Server`: binds an address and serves until it is stopped.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use axum::Router;

use crate::error::{Error, Remedy, Result};

use super::computation::check_threads;
use super::options::ServeOptions;
use super::router::router;
use super::state::State;
use crate::server::http::base_path::BasePath;
use crate::server::http::host::Hosts;
use crate::server::http::service::Service;
use crate::server::net::access_log::AccessLog;
use crate::server::net::connections::{Connections, accept};
use crate::server::net::listen::Listen;
use crate::server::net::socket::Bound;

/// How long shutdown waits for work whose clients have disconnected.
const LAST_WAIT: Duration = Duration::from_secs(1);

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
/// assert_ne!(server.address().expect("it is no Unix socket").port(), 0);
/// server.run(std::future::ready(()))?; // stops at once; `stopped()` waits for a signal
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Server {
    bound: Bound,
    listen: Listen,
    state: Arc<State>,
    router: Router,
    options: ServeOptions,
}

impl Server {
    /// Opens the index and binds the address.
    ///
    /// # Errors
    /// There is no index in a supported format, an origin or the base path is invalid, or the
    /// address is in use.
    pub fn bind(options: ServeOptions) -> Result<Self> {
        let base = BasePath::new(&options.base_path)?;
        let state = Arc::new(State::open(&options.folder, options.caps)?.under(base));
        let router = router(&state, &options.cors)?;
        let fail = |cause: io::Error| {
            let reason = format!("cannot listen on {}: {cause}", options.listen);
            Error::query(reason).with(Remedy::OtherAddress)
        };
        let bound = Bound::bind(&options.listen).map_err(fail)?;
        let listen = bound.listen().map_err(fail)?;
        Ok(Self {
            bound,
            listen,
            state,
            router,
            options,
        })
    }

    /// Its address, with the actual port.
    #[must_use]
    pub fn listen(&self) -> &Listen {
        &self.listen
    }

    /// Its network address, with the actual port; `None` for a Unix socket.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        match self.listen {
            Listen::Address(address) => Some(address),
            Listen::Unix(_) => None,
        }
    }

    /// Serves until `stop` is ready, then drains the running requests.
    ///
    /// # Errors
    /// The system cannot provide threads or sockets.
    pub fn run(self, stop: impl Future<Output = ()>) -> Result<()> {
        let fail = |cause| Error::io(&self.options.folder, "cannot serve the index", cause);
        // One of each core, and one that reads files or computes.
        check_threads(available_parallelism().map_or(1, NonZero::get) + 1).map_err(fail)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(fail)?;
        let sink = &self.options.log;
        let log = self
            .options
            .access_log
            .then(|| AccessLog::new(Arc::clone(sink)))
            .transpose()
            .map_err(fail)?;
        let service = Arc::new(Service::new(
            self.router,
            self.options.answer_within,
            Hosts::new(&self.listen, &self.options.hosts),
            log,
            Arc::clone(&self.state),
        ));
        let served = runtime.block_on(async {
            let listener = self.bound.start().map_err(fail)?;
            let watching = tokio::spawn(Arc::clone(&self.state).watch(Arc::clone(sink)));
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
        // Abandons the remaining work; dropping the service writes the rest of the log.
        runtime.shutdown_timeout(LAST_WAIT);
        drop(service);
        served
    }
}

/// Waits for Ctrl-C or the system's request to terminate.
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
