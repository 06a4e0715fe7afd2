//! `BasePath`: the path under which a proxy offers the server, such as `/hcpcs`.
//!
//! The page uses root-relative addresses. They occur only in attributes, as templates escape
//! quotation marks everywhere else, so a prefix can be inserted before each.

use std::fmt;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::problem::Problem;
use crate::error::{Error, Result, excerpt};

/// The beginning of an attribute with an address of this server.
const FROM_ROOT: &str = "=\"/";

/// The common prefix of all paths; blank for the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BasePath(Arc<str>);

impl BasePath {
    /// Reads a path such as `/hcpcs`; an empty text and `/` mean the root.
    ///
    /// # Errors
    /// It is not such a path.
    pub(crate) fn new(text: &str) -> Result<Self> {
        let path = text.trim_end_matches('/');
        let is_plain = |letter: char| {
            letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '~')
        };
        let is_part = |part: &str| {
            !part.is_empty() && part.chars().all(is_plain) && !matches!(part, "." | "..")
        };
        let is_path = path
            .strip_prefix('/')
            .is_some_and(|path| path.split('/').all(is_part));
        if !path.is_empty() && !is_path {
            let shown = excerpt(text);
            let reason = format!("`{shown}` is no base path; give one such as /hcpcs");
            return Err(Error::query(reason));
        }
        Ok(Self(path.into()))
    }

    /// The path, without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the prefix is the root.
    pub(crate) fn is_root(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Inserts the base path before the addresses of a page.
pub(crate) async fn rebase(State(base): State<BasePath>, request: Request, next: Next) -> Response {
    let (mut head, body) = next.run(request).await.into_parts();
    let kind = head.headers.get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return Response::from_parts(head, body);
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::failed().into_response();
    };
    let page = String::from_utf8_lossy(&bytes).replace(FROM_ROOT, &format!("=\"{base}/"));
    if head.headers.remove(header::CONTENT_LENGTH).is_some() {
        let length = HeaderValue::from(page.len());
        head.headers.insert(header::CONTENT_LENGTH, length);
    }
    Response::from_parts(head, Body::from(page))
}

/// The error for a path outside the prefix.
pub(crate) async fn outside(State(base): State<BasePath>) -> Problem {
    Problem::missing(format!(
        "there is nothing here; all paths begin with `{base}/`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_base_path() {
        for (text, expected) in [
            ("", Some("")),
            ("/", Some("")),
            ("/hcpcs", Some("/hcpcs")),
            ("/hcpcs/", Some("/hcpcs")),
            ("/a/b.c/d_e~-1", Some("/a/b.c/d_e~-1")),
            ("hcpcs", None),
            ("/a//b", None),
            ("/a b", None),
            ("/a/../b", None),
            ("/{x}", None),
            ("/é", None),
            ("/a?b", None),
        ] {
            let path = BasePath::new(text).ok();
            assert_eq!(path.as_ref().map(BasePath::as_str), expected, "{text}");
        }
    }
}
