//! Entity tags: an answer that a client already has is not sent again while the index, the program
//! and the day are the same.

use std::sync::Arc;

use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::server::state::State;

const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");

/// Adds tags to answers, and answers 304 if the client has the tag.
///
/// Tags are weak: compressed again, the same answer may have other bytes.
pub(crate) async fn tag(
    Shared(state): Shared<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let is_question = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_question {
        return next.run(request).await;
    }
    let held = request.headers().get_all(header::IF_NONE_MATCH);
    let held: Vec<HeaderValue> = held.iter().cloned().collect();
    let before = state.edition();
    let mut response = next.run(request).await;
    // An answer made while the index changed may be of either.
    if response.status() != StatusCode::OK || before != state.edition() {
        return response;
    }
    let headers = response.headers_mut();
    if headers.contains_key(header::ETAG) || is_kept_or_never(headers) {
        return response;
    }
    let tag = tag_of(&before, headers);
    let is_held = held.iter().any(|own| names(own, &tag));
    let Ok(value) = HeaderValue::try_from(format!("W/{tag}")) else {
        return response;
    };
    headers.insert(header::ETAG, value);
    headers.entry(header::CACHE_CONTROL).or_insert(NO_CACHE);
    if is_held {
        unchanged(response)
    } else {
        response
    }
}

/// Whether an answer already says how long it may be cached, or that it must not be.
fn is_kept_or_never(headers: &HeaderMap) -> bool {
    let control = headers.get(header::CACHE_CONTROL);
    control.is_some_and(|control| *control != NO_CACHE)
}

/// The tag of an answer of an edition, in its format and encoding.
fn tag_of(edition: &str, headers: &HeaderMap) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(edition.as_bytes());
    for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING] {
        let value = headers.get(name).map_or(&b""[..], HeaderValue::as_bytes);
        hash.update(b" ").update(value);
    }
    format!("\"{}\"", &hash.finalize().to_hex()[..20])
}

/// Whether a list of tags names one.
fn names(list: &HeaderValue, tag: &str) -> bool {
    let list = list.to_str().unwrap_or_default();
    let mut tags = list.split(',').map(str::trim);
    tags.any(|own| own == "*" || own.strip_prefix("W/").unwrap_or(own) == tag)
}

/// The answer without its body, which the client has.
fn unchanged(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = axum::body::Body::empty();
    for name in [
        header::CONTENT_TYPE,
        header::CONTENT_LENGTH,
        header::CONTENT_ENCODING,
    ] {
        response.headers_mut().remove(name);
    }
    response
}
