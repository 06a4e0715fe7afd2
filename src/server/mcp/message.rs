//! What is no message of JSON-RPC, on a line or in a request, and the error that it gets: an agent
//! does not wait for an answer that the protocol would not give.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::server::http::problem::Problem;

/// The size limit of a message over HTTP, in bytes.
pub(super) const MOST: usize = 1 << 20;

/// Answers a request whose body is no message; other requests are the protocol's.
pub(super) async fn check_message(request: Request, next: Next) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let is_json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if request.method() != Method::POST || !is_json {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MOST).await else {
        let detail = format!(
            "a message has at most {} MiB; send less at once",
            MOST >> 20
        );
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail).into_response();
    };
    let blank = || answer(-32700, "the body is empty; send a message", &Value::Null);
    let is_blank = bytes.trim_ascii().is_empty();
    match error(&bytes).or_else(|| is_blank.then(blank)) {
        Some(answer) => {
            let kind = [(header::CONTENT_TYPE, "application/json")];
            (StatusCode::BAD_REQUEST, kind, answer).into_response()
        }
        None => next.run(Request::from_parts(head, Body::from(bytes))).await,
    }
}

/// JSON-RPC's error for a line that is no message, which ends with a line end.
pub(super) fn error(line: &[u8]) -> Option<Vec<u8>> {
    if line.trim_ascii().is_empty() {
        return None;
    }
    let (code, message, id) = match serde_json::from_slice::<Value>(line) {
        Err(cause) => (-32700, format!("this is not JSON: {cause}"), Value::Null),
        Ok(message) if message["jsonrpc"] == "2.0" => return refused(&message),
        Ok(message) => {
            let reason = "this is no message of JSON-RPC 2.0; send one object";
            (-32600, reason.to_owned(), message["id"].clone())
        }
    };
    Some(answer(code, &message, &id))
}

/// JSON-RPC's error for a message that the protocol would pass over or blame on something else.
fn refused(message: &Value) -> Option<Vec<u8>> {
    let id = message.get("id");
    let is_id = |id: &Value| id.is_string() || id.is_i64() || id.is_u64();
    if id.is_some_and(|id| !is_id(id)) {
        let reason = "an `id` is a text or a whole number";
        return Some(answer(-32600, reason, &Value::Null));
    }
    let is_answer = message.get("result").or(message.get("error")).is_some();
    let params = &message["params"];
    let arguments = &params["arguments"];
    let is_fit = params["name"].is_string() && (arguments.is_object() || arguments.is_null());
    let (code, reason) = match message["method"].as_str() {
        None if is_answer => return None,
        None => (-32600, "a request needs a `method`, which is a text"),
        Some(_) if !(params.is_object() || params.is_null()) => (
            -32602,
            "`params` is an object, with each parameter by its name",
        ),
        Some("tools/call") if !is_fit => (
            -32602,
            "`tools/call` needs `params` with the tool's `name`, a text, and its `arguments`, an \
             object",
        ),
        Some(_) => return None,
    };
    Some(answer(code, reason, id.unwrap_or(&Value::Null)))
}

fn answer(code: i32, message: &str, id: &Value) -> Vec<u8> {
    let error = json!({"code": code, "message": message});
    let answer = json!({"jsonrpc": "2.0", "id": id, "error": error});
    format!("{answer}\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_gets_an_error() {
        let code = |line: &str| {
            let answer = serde_json::from_slice::<Value>(&error(line.as_bytes())?);
            answer.unwrap()["error"]["code"].as_i64()
        };
        assert_eq!(
            code("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n"),
            None
        );
        assert_eq!(code("\n"), None);
        assert_eq!(code("nonsense\n"), Some(-32700));
        assert_eq!(code("{\"jsonrpc\":\"2.0\",\n"), Some(-32700));
        assert_eq!(code("\u{0}\n"), Some(-32700));
        assert_eq!(code("[]\n"), Some(-32600));
        assert_eq!(code("{\"id\":7}\n"), Some(-32600));
        for id in ["null", "1.5", "[1]"] {
            let line = format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"ping\"}}");
            assert_eq!(code(&line), Some(-32600), "{id}");
        }
        for (rest, expected) in [
            ("", Some(-32600)),
            (",\"method\":5", Some(-32600)),
            (",\"result\":{}", None),
            (",\"method\":\"ping\",\"params\":[]", Some(-32602)),
            (",\"method\":\"tools/call\"", Some(-32602)),
            (",\"method\":\"tools/call\",\"params\":{}", Some(-32602)),
            (
                ",\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}",
                None,
            ),
            (
                ",\"method\":\"tools/call\",\"params\":{\"name\":\"x\",\"arguments\":[]}",
                Some(-32602),
            ),
        ] {
            let line = format!("{{\"jsonrpc\":\"2.0\",\"id\":9{rest}}}");
            assert_eq!(code(&line), expected, "{line}");
            let answer = error(line.as_bytes()).unwrap_or_default();
            let names_it = String::from_utf8(answer).unwrap().contains("\"id\":9");
            assert_eq!(names_it, expected.is_some(), "{line}");
        }
        let answer = error(b"{\"id\":7}").unwrap();
        assert!(String::from_utf8(answer).unwrap().contains("\"id\":7"));
    }
}
