//! `Metrics`: counters of answers, in Prometheus' text format.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

/// The upper bounds of the histogram's buckets, in seconds.
const BOUNDS: [f64; 10] = [
    0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0,
];
/// The route label of unknown paths.
const NO_ROUTE: &str = "none";

/// The answers since the start, by route.
#[derive(Default)]
pub(crate) struct Metrics(Mutex<BTreeMap<String, Answered>>);

/// The answers of a route.
#[derive(Default)]
struct Answered {
    by_status: BTreeMap<(&'static str, u16), u64>,
    buckets: [u64; BOUNDS.len()],
    requests: u64,
    seconds: f64,
}

/// The route of a response, as in the API's description; stored with the response.
#[derive(Clone)]
pub(crate) struct Route(Option<MatchedPath>);

/// Stores its route with a response.
pub(crate) async fn keep_route(request: Request, next: Next) -> Response {
    let route = Route(request.extensions().get().cloned());
    let mut response = next.run(request).await;
    response.extensions_mut().insert(route);
    response
}

impl Metrics {
    fn routes(&self) -> MutexGuard<'_, BTreeMap<String, Answered>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts an answer.
    pub(crate) fn add(&self, method: &Method, response: &Response, took: Duration) {
        let route = response.extensions().get::<Route>();
        let route = route.and_then(|route| route.0.as_ref());
        let route = route.map_or(NO_ROUTE, MatchedPath::as_str);
        let seconds = took.as_secs_f64();
        let mut routes = self.routes();
        let answered = match routes.get_mut(route) {
            Some(answered) => answered,
            None => routes.entry(route.to_owned()).or_default(),
        };
        let status = (known(method), response.status().as_u16());
        *answered.by_status.entry(status).or_default() += 1;
        answered.requests += 1;
        answered.seconds += seconds;
        for (bucket, bound) in answered.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
    }

    /// Writes the counters and the histogram.
    pub(super) fn write(&self, text: &mut String) -> std::fmt::Result {
        let routes = self.routes();
        head(
            text,
            "hcpcs_http_requests_total",
            "counter",
            "Requests answered",
        )?;
        for (route, answered) in &*routes {
            for ((method, status), count) in &answered.by_status {
                writeln!(
                    text,
                    "hcpcs_http_requests_total{{route=\"{route}\",method=\"{method}\",\
                     status=\"{status}\"}} {count}"
                )?;
            }
        }
        let name = "hcpcs_http_request_duration_seconds";
        head(
            text,
            name,
            "histogram",
            "Time from a request's head to its answer's head",
        )?;
        for (route, answered) in &*routes {
            for (count, bound) in answered.buckets.iter().zip(BOUNDS) {
                writeln!(
                    text,
                    "{name}_bucket{{route=\"{route}\",le=\"{bound}\"}} {count}"
                )?;
            }
            let Answered {
                requests, seconds, ..
            } = answered;
            writeln!(
                text,
                "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {requests}"
            )?;
            writeln!(text, "{name}_sum{{route=\"{route}\"}} {seconds}")?;
            writeln!(text, "{name}_count{{route=\"{route}\"}} {requests}")?;
        }
        Ok(())
    }
}

/// The methods that a label may name; all others share one label, as clients may invent them.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The header lines of a metric.
pub(super) fn head(text: &mut String, name: &str, kind: &str, help: &str) -> std::fmt::Result {
    writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}")
}
