//! Handles every request: checks its host, limits its time, logs its answer.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Request, StatusCode, Uri, header};
use axum::response::Response;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use tokio::time::sleep;

use super::host::Hosts;
use super::problem::Problem;
use crate::server::fhir::refused;
use crate::server::net::access_log;
use crate::server::net::access_log::AccessLog;
use crate::server::net::connection::Answering;
use crate::server::net::stream::Peer;
use crate::server::state::State;

/// After an answer that took longer, other connections come first, even if a client has sent many
/// requests at once.
const LONG: Duration = Duration::from_millis(2);

/// Answers requests.
pub(crate) struct Service {
    router: TowerToHyperService<Router>,
    within: Duration,
    hosts: Hosts,
    log: Option<AccessLog>,
    state: Arc<State>,
}

impl Service {
    /// Answers with a router, each request within a timeout, and only for some hosts.
    pub(crate) fn new(
        router: Router,
        within: Duration,
        hosts: Hosts,
        log: Option<AccessLog>,
        state: Arc<State>,
    ) -> Self {
        let router = TowerToHyperService::new(router);
        Self {
            router,
            within,
            hosts,
            log,
            state,
        }
    }

    /// Answers any request. If the client has disconnected, the work for it is dropped.
    pub(crate) async fn answer(&self, request: Request<Incoming>, peer: &Peer) -> Response {
        let begun = Instant::now();
        let (method, uri) = (request.method().clone(), request.uri());
        let asked = self.log.as_ref().map(|_| access_log::asked(&method, uri));
        let mut response = match self.hosts.check(&request) {
            Ok(()) => self.routed(request.map(Body::new), peer).await,
            Err(problem) => refused(problem, self.path(request.uri())),
        };
        let nosniff = HeaderValue::from_static("nosniff");
        let headers = response.headers_mut();
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
        let took = begun.elapsed();
        self.state.metrics().add(&method, &response, took);
        if let (Some(log), Some(asked)) = (&self.log, asked) {
            log.add(access_log::line(&asked, response.status(), took));
        }
        if took > LONG {
            tokio::task::yield_now().await;
        }
        response
    }
}

impl Service {
    /// A path without that of the proxy.
    fn path<'u>(&self, uri: &'u Uri) -> &'u str {
        let path = uri.path();
        path.strip_prefix(self.state.base().as_str())
            .unwrap_or(path)
    }

    async fn routed(&self, request: Request<Body>, peer: &Peer) -> Response {
        let path = self.path(request.uri()).to_owned();
        let late = |what: String| refused(Problem::new(StatusCode::REQUEST_TIMEOUT, what), &path);
        tokio::select! {
            biased;
            answer = self.router.call(request) => match answer {
                Ok(response) => response,
                Err(never) => match never {},
            },
            () = sleep(self.within) => {
                let seconds = self.within.as_secs_f32();
                late(format!("the request took longer than {seconds} s; send it faster"))
            }
            () = peer.gone() => {
                late("the connection was closed before the answer was ready".to_owned())
            }
        }
    }
}

/// A response's body, which marks its connection as busy.
pub(crate) struct Guarded {
    body: Body,
    _answering: Answering,
}

impl Guarded {
    pub(crate) fn new(body: Body, answering: Answering) -> Self {
        Self {
            body,
            _answering: answering,
        }
    }
}

impl hyper::body::Body for Guarded {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
