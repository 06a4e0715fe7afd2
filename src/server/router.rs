//! The routes of the server.

use std::any::Any as Panic;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};
use tower_http::normalize_path::NormalizePath;

use crate::error::{Error, Result, excerpt};

use super::exposition::metrics;
#[cfg(feature = "mcp")]
use super::mcp;
use super::metrics::keep_route;
use super::state::State;
use super::{api, fhir, nlm, page};
use crate::server::http::base_path::{outside, rebase};
use crate::server::http::body::check_form;
use crate::server::http::compression::compression;
use crate::server::http::entity_tag::tag;
use crate::server::http::problem::Problem;

/// All routes. Pages of the given origins may read them; pages of all origins may read NLM's path,
/// as its widgets are part of other sites' pages.
///
/// # Errors
///
/// An origin is invalid.
pub(super) fn router(state: &Arc<State>, origins: &[String]) -> Result<Router> {
    let widgets = Router::new()
        .route("/api/hcpcs/v3/search", get(nlm::search))
        .method_not_allowed_fallback(not_allowed)
        .layer(open_to(AllowOrigin::any()));
    #[cfg(feature = "mcp")]
    let agents = mcp::routes(state, origins);
    #[cfg(not(feature = "mcp"))]
    let agents = Router::new();
    let mut others = Router::new()
        .route("/healthz", get(healthz))
        .route("/metrics", get(metrics))
        .route("/favicon.ico", get(page::favicon))
        .route("/openapi.json", get(api::openapi))
        .nest("/api/v1", api::routes())
        .nest(
            "/fhir/R4",
            fhir::routes().layer(CatchPanicLayer::custom(fhir::panicked)),
        )
        .merge(page::routes())
        .merge(agents)
        .fallback(page::unknown)
        .method_not_allowed_fallback(not_allowed);
    if !origins.is_empty() {
        others = others.layer(open_to(allowed(origins)?));
    }
    let base = state.base().clone();
    let mut all = others.merge(widgets);
    if !base.is_root() {
        all = all.layer(from_fn_with_state(base.clone(), rebase));
    }
    let all = all
        .layer(from_fn(readable))
        .layer(from_fn(keep_route))
        .layer(compression())
        .layer(from_fn_with_state(Arc::clone(state), tag))
        .layer(CatchPanicLayer::custom(panicked))
        .with_state(Arc::clone(state));
    // A trailing slash does not change a path.
    let all = NormalizePath::trim_trailing_slash(all);
    if base.is_root() {
        return Ok(Router::new().fallback_service(all));
    }
    let all = Router::new().nest_service(base.as_str(), all);
    Ok(all.fallback(outside).with_state(base))
}

/// Lets pages of some origins read answers.
fn open_to(origins: AllowOrigin) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers(Any)
}

fn allowed(origins: &[String]) -> Result<AllowOrigin> {
    if origins.iter().any(|origin| origin == "*") {
        return Ok(AllowOrigin::any());
    }
    let origin = |text: &String| {
        let uri = text.parse::<Uri>().ok();
        let is_origin = uri.is_some_and(|uri| {
            let is_whole = uri.scheme().is_some() && uri.authority().is_some();
            is_whole && uri.path() == "/" && !text.ends_with('/') && uri.query().is_none()
        });
        let value = HeaderValue::from_str(&text.to_ascii_lowercase()).ok();
        value.filter(|_| is_origin).ok_or_else(|| {
            Error::query(format!(
                "`{text}` is no origin; give scheme and host, such as https://codes.example"
            ))
        })
    };
    let origins: Vec<HeaderValue> = origins.iter().map(origin).collect::<Result<_>>()?;
    Ok(AllowOrigin::list(origins))
}

/// Answers requests in a form that is read; a refusal has the form of its path.
async fn readable(request: Request, next: Next) -> Response {
    match check_form(&request) {
        Ok(()) => next.run(request).await,
        Err(problem) => fhir::refused(problem, request.uri().path()),
    }
}

/// The health check.
async fn healthz() -> Response {
    let never = HeaderValue::from_static("no-store");
    ([(header::CACHE_CONTROL, never)], "ok\n").into_response()
}

async fn not_allowed(method: Method, uri: Uri) -> Problem {
    let path = excerpt(uri.path());
    let detail = format!("`{path}` does not take {method}; see `/openapi.json` for what it takes");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail)
}

/// The client's view of a panic; the details go to stderr.
fn panicked(_: Box<dyn Panic + Send>) -> Response {
    Problem::failed().into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use hyper::service::Service as _;
    use hyper_util::service::TowerToHyperService;

    use super::*;

    /// A handler that panics gives its client an answer in the form of its path, without the cause.
    #[tokio::test]
    async fn a_panic_is_answered_in_the_form_of_its_path() {
        async fn fail() -> Response {
            panic!("at the disk")
        }
        let of_fhir: Router = Router::new().route("/lookup", get(fail));
        let routes = Router::new()
            .route("/api", get(fail))
            .nest(
                "/fhir",
                of_fhir.layer(CatchPanicLayer::custom(fhir::panicked)),
            )
            .layer(CatchPanicLayer::custom(panicked));
        let service = TowerToHyperService::new(routes);
        for (path, kind) in [
            ("/api", "application/problem+json"),
            ("/fhir/lookup", "application/fhir+json; charset=utf-8"),
        ] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = service.call(request).await.unwrap();
            assert_eq!(response.status().as_u16(), 500, "{path}");
            assert_eq!(response.headers()[header::CONTENT_TYPE], kind, "{path}");
            let body = to_bytes(response.into_body(), 1 << 10).await.unwrap();
            let body = String::from_utf8(body.to_vec()).unwrap();
            assert!(
                body.contains("please report it") && !body.contains("disk"),
                "{body}"
            );
        }
    }
}
