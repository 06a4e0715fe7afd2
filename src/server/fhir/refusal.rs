//! `Refusal`: a request that is not answered, as an `OperationOutcome`.

use std::any::Any;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::resource::{Issue, OperationOutcome};
use crate::server::http::format::with_notices;
use crate::server::http::problem::Problem;
use crate::server::http::reply;
use crate::server::http::reply::FHIR_JSON;

/// A refused request: the status and the reason.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    text: String,
    /// The methods that a path allows, if it does not allow that of the request.
    allowed: Option<&'static str>,
    /// What is said of the release that does not answer.
    said: Vec<String>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, text: impl Into<String>) -> Self {
        Self {
            status,
            code,
            text: text.into(),
            allowed: None,
            said: Vec::new(),
        }
    }

    /// A path does not take the request's method.
    pub(super) fn not_allowed(path: &str, allowed: &'static str) -> Self {
        let text = format!("`{path}` takes {allowed} alone; metadata says what it is for");
        let status = StatusCode::METHOD_NOT_ALLOWED;
        Self {
            allowed: Some(allowed),
            ..Self::new(status, "not-supported", text)
        }
    }

    /// A required parameter is missing.
    pub(super) fn required(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "required", text)
    }

    /// A parameter is invalid.
    pub(super) fn invalid(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", text)
    }

    /// It exceeds a limit of requests.
    pub(super) fn too_costly(text: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "too-costly", text)
    }

    /// The resource or code does not exist.
    pub(super) fn not_found(text: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", text)
    }

    /// It is valid but not supported here.
    pub(super) fn not_supported(text: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "not-supported", text)
    }

    /// With what is said of the release, if something was not found in it.
    pub(super) fn saying(mut self, said: Vec<String>) -> Self {
        if self.status == StatusCode::NOT_FOUND {
            self.said = said;
        }
        self
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The refusal as a resource.
    pub(super) fn outcome(&self) -> OperationOutcome {
        let issue = Issue::new("error", self.code, &*self.text);
        let said = self.said.iter().cloned().map(Issue::said);
        OperationOutcome::new([issue].into_iter().chain(said).collect())
    }
}

impl From<crate::Error> for Refusal {
    fn from(error: crate::Error) -> Self {
        Problem::from(error).into()
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let code = match problem.status() {
            StatusCode::NOT_FOUND => "not-found",
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG => "too-long",
            StatusCode::SERVICE_UNAVAILABLE => "too-costly",
            StatusCode::REQUEST_TIMEOUT => "timeout",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "not-supported",
            status if status.is_server_error() => "exception",
            _ => "invalid",
        };
        Self::new(problem.status(), code, problem.detail)
    }
}

/// A request that is refused before its path is looked at, in the form of that path.
pub(in crate::server) fn refused(problem: Problem, path: &str) -> Response {
    if path.starts_with("/fhir/") {
        return Refusal::from(problem).into_response();
    }
    problem.into_response()
}

/// The client's view of a panic.
pub(in crate::server) fn panicked(_: Box<dyn Any + Send>) -> Response {
    Refusal::from(Problem::failed()).into_response()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let response = reply::typed(self.status, FHIR_JSON, &self.outcome());
        let mut response = with_notices(response, &self.said);
        if let Some(allowed) = self.allowed {
            let headers = response.headers_mut();
            headers.insert(header::ALLOW, HeaderValue::from_static(allowed));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use serde_json::Value;

    use super::*;

    async fn issue(response: Response) -> (u16, Value) {
        assert_eq!(response.headers()[header::CONTENT_TYPE], FHIR_JSON);
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let outcome: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(outcome["resourceType"], "OperationOutcome");
        (status, outcome["issue"][0].clone())
    }

    #[tokio::test]
    async fn a_late_request_and_a_panic_are_outcomes_too() {
        let late = Problem::new(StatusCode::REQUEST_TIMEOUT, "send it faster");
        let (status, own) = issue(refused(late, "/fhir/R4/metadata")).await;
        assert_eq!((status, own["code"].as_str()), (408, Some("timeout")));
        assert_eq!(own["details"]["text"], "send it faster");
        let (status, own) = issue(panicked(Box::new("at the disk"))).await;
        assert_eq!((status, own["code"].as_str()), (500, Some("exception")));
        assert!(!own.to_string().contains("at the disk"), "{own}");
    }
}
