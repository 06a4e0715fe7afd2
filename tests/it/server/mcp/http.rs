//! `/mcp` of `hcpcs serve`: the protocol over HTTP, without sessions, for those who may ask.

use ::hcpcs::server::ServeOptions;
use serde_json::{Value, json};

use crate::hcpcs::{DAY, starter_index};
use crate::server::{Client, serve, served};

/// What a message gives: status and body.
fn send(client: &Client, heads: &str, message: &Value) -> (u16, String) {
    let body = message.to_string();
    let request = format!(
        "POST /mcp HTTP/1.1\r\nconnection: close\r\ncontent-type: application/json\r\n\
         accept: application/json, text/event-stream\r\n{heads}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let raw = client.raw(request.as_bytes());
    let status = raw.split(' ').nth(1).unwrap_or_else(|| panic!("{raw}"));
    let body = raw.split_once("\r\n\r\n").unwrap().1.to_owned();
    (status.parse().unwrap(), body)
}

const LOCAL: &str = "host: localhost\r\n";

fn request(id: u64, method: &str, params: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

fn initialize() -> Value {
    let client = json!({"name": "raw", "version": "1"});
    let params = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client});
    request(1, "initialize", &params)
}

#[track_caller]
fn result(client: &Client, message: &Value) -> Value {
    let (status, body) = send(client, LOCAL, message);
    assert_eq!(status, 200, "{body}");
    let answer: Value = serde_json::from_str(&body).unwrap_or_else(|_| panic!("{body}"));
    assert_eq!(
        (&answer["jsonrpc"], &answer["id"]),
        (&json!("2.0"), &message["id"])
    );
    answer["result"].clone()
}

/// A load balancer may lead each request to another server: none depends on one before it.
#[test]
fn each_request_is_answered_for_itself() {
    let client = served();
    let ready = result(client, &initialize());
    assert_eq!(ready["serverInfo"]["name"], "hcpcs", "{ready}");
    let notified = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    assert_eq!(send(client, LOCAL, &notified).0, 202);
    let other = serve(ServeOptions {
        folder: starter_index().to_owned(),
        ..ServeOptions::default()
    });
    let tools = result(&other, &request(2, "tools/list", &json!({})));
    assert_eq!(tools["tools"].as_array().unwrap().len(), 7);
    let arguments = json!({"query": "hemin", "as_of": DAY});
    let call = json!({"name": "hcpcs_search", "arguments": arguments});
    let found = result(&other, &request(3, "tools/call", &call));
    assert_eq!(
        found["structuredContent"]["hits"][0]["code"], "J1640",
        "{found}"
    );
    let got = other.get("/mcp");
    assert_eq!(got.status, 405, "{got:?}");
}

#[test]
fn hosts_and_origins_are_checked() {
    let with = |options: ServeOptions| {
        serve(ServeOptions {
            folder: starter_index().to_owned(),
            ..options
        })
    };
    let open = with(ServeOptions {
        cors: vec!["https://codes.example".to_owned()],
        ..ServeOptions::default()
    });
    let status = |client: &Client, heads: &str| send(client, heads, &initialize()).0;
    for (client, heads, expected) in [
        (served(), "host: localhost\r\n", 200),
        (served(), "host: evil.example\r\n", 421),
        (
            served(),
            "host: localhost:1\r\norigin: http://localhost:1\r\n",
            200,
        ),
        (
            served(),
            "host: localhost:1\r\norigin: http://localhost:2\r\n",
            403,
        ),
        (
            served(),
            "host: localhost\r\norigin: https://evil.example\r\n",
            403,
        ),
        (served(), "host: localhost\r\norigin: null\r\n", 403),
        (
            &open,
            "host: localhost\r\norigin: https://codes.example\r\n",
            200,
        ),
        (
            &open,
            "host: localhost\r\norigin: https://evil.example\r\n",
            403,
        ),
    ] {
        assert_eq!(status(client, heads), expected, "{heads}");
    }
}

#[test]
fn what_is_no_message_is_refused() {
    let client = served();
    for message in [
        json!([]),
        json!({}),
        json!("x"),
        json!({"jsonrpc": "1.0", "id": 1}),
    ] {
        let (status, body) = send(client, LOCAL, &message);
        assert_eq!(status, 400, "{message}: {body}");
        assert!(body.contains("\"code\":-32600"), "{message}: {body}");
    }
    for params in [
        json!([]),
        json!({}),
        json!({"name": "hcpcs_search", "arguments": []}),
    ] {
        let (status, body) = send(client, LOCAL, &request(9, "tools/call", &params));
        assert_eq!(status, 400, "{params}: {body}");
        assert!(
            body.contains("\"id\":9") && body.contains("-32602"),
            "{body}"
        );
    }
    let long = request(1, "tools/call", &json!({"name": "x".repeat(2 << 20)}));
    assert_eq!(send(client, LOCAL, &long).0, 413);
    let unknown = request(
        1,
        "tools/call",
        &json!({"name": "hcpcs_bill", "arguments": {}}),
    );
    let (_, body) = send(client, LOCAL, &unknown);
    assert!(body.contains("error"), "{body}");
}

#[test]
fn a_request_without_a_message_gets_an_error() {
    for body in ["", " \n"] {
        let got = served().post("/mcp", "application/json", body);
        let answer = got.json();
        assert_eq!(
            (got.status, &answer["error"]["code"]),
            (400, &json!(-32700)),
            "{answer}"
        );
    }
}
