//! What happens with every request: its time is limited, its answer completed and logged.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use tokio::time::timeout;

use super::problem::Problem;
use crate::server::net::access_log;
use crate::server::net::access_log::AccessLog;
use crate::server::net::connection::Answering;

/// Behind an answer that took longer, other connections come first, also where a client has sent
/// many requests at once.
const LONG: Duration = Duration::from_millis(2);

/// Answers requests.
pub(crate) struct Service {
    router: TowerToHyperService<Router>,
    within: Duration,
    log: Option<AccessLog>,
}

impl Service {
    /// Answers by a router, each request within some time.
    pub(crate) fn new(router: Router, within: Duration, log: Option<AccessLog>) -> Self {
        let router = TowerToHyperService::new(router);
        Self {
            router,
            within,
            log,
        }
    }

    /// Answers a request, whatever it is.
    pub(crate) async fn answer(&self, request: Request<Incoming>) -> Response {
        let begun = Instant::now();
        let (method, uri) = (request.method(), request.uri());
        let asked = self.log.as_ref().map(|_| access_log::asked(method, uri));
        let answer = timeout(self.within, self.router.call(request.map(Body::new))).await;
        let mut response = match answer {
            Ok(Ok(response)) => response,
            Ok(Err(never)) => match never {},
            Err(_) => {
                let seconds = self.within.as_secs_f32();
                let detail = format!("the request took longer than {seconds} s; send it faster");
                Problem::new(StatusCode::REQUEST_TIMEOUT, detail).into_response()
            }
        };
        let nosniff = HeaderValue::from_static("nosniff");
        let headers = response.headers_mut();
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
        let took = begun.elapsed();
        if let (Some(log), Some(asked)) = (&self.log, asked) {
            log.add(access_log::line(&asked, response.status(), took));
        }
        if took > LONG {
            tokio::task::yield_now().await;
        }
        response
    }
}

/// A response's body, with the mark that its connection is busy.
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
