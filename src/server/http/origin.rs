//! `Origins`: the websites whose pages may use the agents' interface.
//!
//! A browser sends a page's request first, and checks only afterwards whether the page may read the
//! answer. The agents' interface therefore checks `Origin` itself.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::problem::Problem;
use crate::error::excerpt;

/// The origins whose pages are answered: the server's own, and the given ones.
#[derive(Clone, Debug)]
pub(crate) struct Origins(Arc<[String]>);

impl Origins {
    /// Further origins, such as `https://codes.example`; `*` for all.
    pub(crate) fn new(given: &[String]) -> Self {
        Self(given.iter().map(|own| own.to_ascii_lowercase()).collect())
    }

    /// Checks the origin of a request; programs that are not pages send none.
    fn check(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let refused = |shown: &str| {
            let shown = excerpt(shown);
            let detail = format!(
                "pages of `{shown}` are not answered here; start the server with that origin"
            );
            Problem::new(StatusCode::FORBIDDEN, detail)
        };
        for origin in headers.get_all(header::ORIGIN) {
            let origin = origin.to_str().map_err(|_| refused("?"))?;
            if !self.have(origin, headers) {
                return Err(refused(origin));
            }
        }
        Ok(())
    }

    fn have(&self, origin: &str, headers: &HeaderMap) -> bool {
        let origin = origin.to_ascii_lowercase();
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let is_own = origin.split_once("://").is_some_and(|(scheme, authority)| {
            matches!(scheme, "http" | "https")
                && host.is_some_and(|host| host.eq_ignore_ascii_case(authority))
        });
        is_own || self.0.iter().any(|own| own == "*" || *own == origin)
    }
}

/// Passes on requests of programs and of allowed pages.
pub(crate) async fn check_origin(
    State(origins): State<Origins>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    origins.check(request.headers())?;
    Ok(next.run(request).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_pages_are_answered() {
        let passes = |given: &[&str], host: &str, origin: Option<&str>| {
            let given: Vec<String> = given.iter().map(|own| (*own).to_owned()).collect();
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            Origins::new(&given).check(&headers).is_ok()
        };
        let own = "localhost:8080";
        #[rustfmt::skip]
        let cases = [
            (&[][..], None, true),
            (&[], Some("http://localhost:8080"), true),
            (&[], Some("https://LOCALHOST:8080"), true),
            (&[], Some("http://localhost:9090"), false),
            (&[], Some("http://evil.example"), false),
            (&[], Some("null"), false),
            (&[], Some("file://localhost:8080"), false),
            (&["https://Codes.example"], Some("https://codes.example"), true),
            (&["https://codes.example"], Some("http://codes.example"), false),
            (&["*"], Some("http://evil.example"), true),
        ];
        for (given, origin, expected) in cases {
            assert_eq!(passes(given, own, origin), expected, "{given:?} {origin:?}");
        }
    }
}
