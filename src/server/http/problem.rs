//! `Problem`: an error response, as in RFC 9457.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Error;

/// An error response (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the status gives the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    /// The status in words.
    #[schema(example = "Bad Request")]
    title: &'static str,
    /// The HTTP status.
    #[schema(example = 400)]
    status: u16,
    /// What is wrong and what would be right.
    #[schema(example = "`limit` cannot be `ten`; give a number, such as 10")]
    pub(crate) detail: String,
    /// After how many seconds to retry, if that may help.
    #[serde(skip)]
    retry_after: Option<u64>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            detail: detail.into(),
            retry_after: None,
        }
    }

    /// Adds after how many seconds to retry.
    pub(crate) fn retry_after(self, seconds: u64) -> Self {
        let retry_after = Some(seconds);
        Self {
            retry_after,
            ..self
        }
    }

    /// Too many requests of this kind run at once.
    pub(crate) fn busy() -> Self {
        let detail = "too many requests of this kind are running; ask again in a moment";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).retry_after(1)
    }

    /// The request is wrong.
    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// The resource does not exist.
    pub(crate) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// The program is at fault.
    pub(crate) fn failed() -> Self {
        let detail = "the program failed at this request; please report it";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    /// The status of the response.
    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl Problem {
    /// The problem of an error in a body of lines; all of it is the client's to fix.
    pub(crate) fn of_input(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::TooLarge { .. } => Self::new(StatusCode::PAYLOAD_TOO_LARGE, detail),
            Error::Io { cause, .. } if cause.kind() == std::io::ErrorKind::TimedOut => {
                Self::new(StatusCode::REQUEST_TIMEOUT, detail)
            }
            Error::Columns { .. } => Self::bad(format!(
                "{detail}; say what they hold with the parameter `columns`, such as \
                 `modifier1=NAME,dos=NAME`, or pass a column over with `pass=NAME`"
            )),
            Error::Io { .. } | Error::Source { .. } | Error::Line { .. } | Error::Query { .. } => {
                Self::bad(detail)
            }
            other => Self::from(other),
        }
    }
}

impl From<Error> for Problem {
    /// An error in the question is the client's fault; all others are reported without the paths of
    /// this machine.
    fn from(error: Error) -> Self {
        if error.is_usage() {
            return Self::bad(error.to_string());
        }
        let detail = "the index could not be read; see the server's log";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let content_type = HeaderValue::from_static("application/problem+json");
        let mut response = (status, [(header::CONTENT_TYPE, content_type)], body).into_response();
        if let Some(seconds) = self.retry_after {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
