//! Pages as responses: headers, and error pages.

use std::sync::Arc;

use askama::Template;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

use super::shell::Shell;
use super::whole_days::whole_days;
use crate::error::excerpt;
use crate::search::Searcher;
use crate::server::http::problem::Problem;
use crate::server::http::query_string as parameter;
use crate::server::page::search::result::Near;
use crate::server::state::State;

/// All content is from this origin, no inline code is allowed, and no page may be framed.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// An error page.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    status: StatusCode,
    detail: String,
    /// Codes that were possibly meant.
    near: Vec<Near>,
}

/// A page as a response.
pub(crate) fn html(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::REFERRER_POLICY, "same-origin"),
                (header::CACHE_CONTROL, "no-cache"),
            ];
            (status, headers, whole_days(&text)).into_response()
        }
        Err(cause) => {
            let detail = format!("the page could not be written: {cause}");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail).into_response()
        }
    }
}

/// The response, or an error page with the right status, whose search field keeps the question.
pub(crate) fn or_problem(
    searcher: &Searcher,
    uri: &Uri,
    made: Result<Response, Problem>,
) -> Response {
    made.unwrap_or_else(|problem| {
        let title = problem.status().canonical_reason().unwrap_or("Problem");
        let shell = Shell::new(searcher, title, &asked(uri), None);
        problem_page(shell, problem, Vec::new())
    })
}

/// An error page with the codes that were possibly meant.
pub(crate) fn problem_page(shell: Shell, problem: Problem, near: Vec<Near>) -> Response {
    let status = problem.status();
    let page = ProblemPage {
        shell,
        status,
        detail: problem.detail,
        near,
    };
    html(status, &page)
}

/// The text of a search field that leads to a URL: words, or the code of a record.
fn asked(uri: &Uri) -> String {
    let pairs = parameter::pairs(uri).unwrap_or_default();
    let words = pairs.into_iter().find(|(name, _)| name == "q");
    let code = || uri.path().strip_prefix("/codes/").unwrap_or_default();
    words.map_or_else(|| code().to_owned(), |(_, words)| words.into_owned())
}

/// Answers an unknown path: with a page for a browser, with a problem document for others.
pub(in crate::server) async fn unknown(
    Shared(state): Shared<Arc<State>>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    let path = excerpt(uri.path());
    let wanted = headers.get(header::ACCEPT);
    let is_browser = wanted.is_some_and(|kinds| kinds.as_bytes().starts_with(b"text/html"));
    if is_browser {
        let problem = Problem::missing(format!("there is nothing at {path}"));
        return or_problem(&state.searcher(), &uri, Err(problem));
    }
    let detail = format!("there is nothing at `{path}`; `/openapi.json` lists what there is");
    Problem::missing(detail).into_response()
}
