//! Requests that are wrong, too large or too slow: each gets a problem, and others are served on.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use ::hcpcs::server::ServeOptions;

use super::{read_all, serve, served};
use crate::hcpcs::starter_index;

#[test]
fn parameters_that_are_wrong() {
    for (target, said) in [
        (
            "search?q=x&lmit=3",
            "there is no parameter `lmit`; did you mean `limit`?",
        ),
        ("search?q=x&limit=ten", "`limit` cannot be `ten`"),
        ("search?q=x&limit=501", "give a `limit` up to 500"),
        ("search?q=x&offset=10001", "an `offset` up to 10000"),
        (
            "search?q=x&as_of=2026-02-30",
            "`as_of` cannot be `2026-02-30`",
        ),
        ("search?q=x&id=7", "`/api/v1/batch` gives ids back"),
        ("search?q=x&query=y", "`query` is given twice"),
        ("search?q=x&betos=O1EXX", "`betos` cannot be `O1EXX`"),
        ("search", "nothing is asked; give `query`"),
        ("search?q=%20", "nothing is asked"),
        (
            "codes/J1640?as_of=soon",
            "`as_of` cannot be `soon`; give a day",
        ),
        (
            "codes/J1640?day=2026-01-01",
            "there is no parameter `day`; there is as_of",
        ),
        ("tables?x=1", "there is no parameter `x`"),
        ("suggest?q=x&limit=1000", "`limit` is no number up to 100"),
        ("suggest?q=x&q=y", "`q` is given twice"),
        ("status?x", "there is no parameter `x`"),
    ] {
        let detail = served().get(&format!("/api/v1/{target}")).problem(400);
        assert!(detail.contains(said), "{target}: {detail}");
    }
    let detail = served()
        .post("/api/v1/check?as_of=soon", "text/plain", "J1640")
        .problem(400);
    assert!(detail.contains("`as_of`"), "{detail}");
}

/// Our own routes refuse what they do not know; NLM's and FHIR's pass over it, as others do.
#[test]
fn unknown_parameters() {
    for route in [
        "search?q=x",
        "suggest?q=x",
        "codes/J1640?",
        "history/J1640?",
        "diff?old=2026-01&new=2026-01",
        "tables?",
        "tables/betos?",
        "status?",
    ] {
        let detail = served()
            .get(&format!("/api/v1/{route}&colour=red"))
            .problem(400);
        assert!(
            detail.contains("no parameter `colour`"),
            "{route}: {detail}"
        );
    }
    for route in ["batch", "check"] {
        let target = format!("/api/v1/{route}?colour=red");
        let detail = served().post(&target, "text/plain", "J1640").problem(400);
        assert!(
            detail.contains("no parameter `colour`"),
            "{route}: {detail}"
        );
    }
    for target in [
        "/api/hcpcs/v3/search?terms=x&colour=red",
        "/fhir/R4/metadata?colour=red",
        "/healthz?colour=red",
    ] {
        assert_eq!(served().get(target).status, 200, "{target}");
    }
}

#[test]
fn bad_dates() {
    let dates = [
        "2026-02-30",
        "2026-13-01",
        "tomorrow",
        "0",
        "2026-1-1-1",
        "%00",
        "-1",
        "99999999",
    ];
    for date in dates {
        for route in [
            "search?q=x&as_of=",
            "suggest?q=x&as_of=",
            "codes/J1640?as_of=",
            "tables/betos?as_of=",
        ] {
            let detail = served().get(&format!("/api/v1/{route}{date}")).problem(400);
            assert!(
                detail.contains("`as_of` cannot be"),
                "{route}{date}: {detail}"
            );
        }
        let target = format!("/api/v1/search?q=x&added={date}..");
        assert!(
            served().get(&target).problem(400).contains("`added`"),
            "{date}"
        );
        let target = format!("/api/v1/diff?new=2026-01&old={date}");
        assert!(
            served().get(&target).problem(400).contains("`old`"),
            "{date}"
        );
        let target = format!("/api/v1/check?as_of={date}");
        let detail = served().post(&target, "text/plain", "J1640").problem(400);
        assert!(detail.contains("`as_of`"), "{date}: {detail}");
        for operation in [
            "CodeSystem/$lookup?code=J1640",
            "ValueSet/hcpcs/$expand?count=1",
        ] {
            let system = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets";
            let got = served().get(&format!("/fhir/R4/{operation}&system={system}&date={date}"));
            assert_eq!(got.status, 400, "{operation} {date}: {got:?}");
            assert_eq!(got.json()["resourceType"], "OperationOutcome");
        }
    }
}

#[test]
fn queries_that_are_too_long() {
    let words = "word ".repeat(1000).replace(' ', "+");
    let detail = served()
        .get(&format!("/api/v1/search?q={words}"))
        .problem(400);
    assert!(detail.contains("ask with at most"), "{detail}");
    let detail = served()
        .get(&format!("/api/hcpcs/v3/search?terms={words}"))
        .problem(400);
    assert!(detail.contains("ask with at most"), "{detail}");
    let long = "x".repeat(20_000);
    let detail = served()
        .get(&format!("/api/v1/search?q={long}"))
        .problem(414);
    assert!(detail.contains("send at most"), "{detail}");
    let raw = served().raw(format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(70_000)).as_bytes());
    assert!(raw.starts_with("HTTP/1.1 4"), "{raw}");
    let headers = "x-y: z\r\n".repeat(200);
    let raw = served().raw(format!("GET / HTTP/1.1\r\n{headers}\r\n").as_bytes());
    assert!(raw.starts_with("HTTP/1.1 431"), "{raw}");
}

#[test]
fn percent_encoding_gone_wrong() {
    for query in ["%zz", "%", "%e9", "%C3%28", "100%"] {
        for path in [
            "/api/v1/search?q=",
            "/api/hcpcs/v3/search?terms=",
            "/api/v1/suggest?q=",
            "/api/v1/diff?old=",
            "/api/v1/units?dose=",
            "/api/v1/history/J1640?x=",
            "/fhir/R4/CodeSystem/$lookup?code=",
        ] {
            let detail = served().get_raw(&format!("{path}{query}"));
            assert!(detail.starts_with("HTTP/1.1 400"), "{detail}");
        }
    }
    for target in [
        "/api/v1/codes/%ff%fe",
        "/api/v1/history/%",
        "/api/v1/tables/%zz",
        "/%ff",
    ] {
        let raw = served().get_raw(target);
        assert!(
            raw.starts_with("HTTP/1.1 400") || raw.starts_with("HTTP/1.1 404"),
            "{target}: {raw}"
        );
    }
}

impl super::Client {
    /// Asks for a target as it is written, whatever a client library thinks of it.
    fn get_raw(&self, target: &str) -> String {
        self.raw(
            format!("GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
                .as_bytes(),
        )
    }
}

#[test]
fn no_path_leads_to_a_file() {
    for target in [
        "/../Cargo.toml",
        "/api/v1/../../Cargo.toml",
        "/api/v1/tables/..%2f..%2f..%2fCargo.toml",
        "/api/v1/codes/%2e%2e%2f%2e%2e%2fCargo.toml",
        "/fhir/R4/../../../../etc/passwd",
        "/fhir/R4/ValueSet/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/manifest.json",
        "/000001.hcpcs",
        "/..%5c..%5cwindows",
    ] {
        let raw = served().get_raw(target);
        assert!(raw.starts_with("HTTP/1.1 404"), "{target}: {raw}");
        assert!(
            !raw.contains("[package]") && !raw.contains("root:"),
            "{raw}"
        );
    }
}

#[test]
fn what_is_no_request() {
    for bytes in [
        &b"\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /api/v1/search?q=\xff\xfe HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        b"POST /healthz HTTP/1.1\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\nxyz",
    ] {
        let mut stream = served().stream();
        stream.write_all(bytes).unwrap();
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let raw = read_all(&mut stream);
        assert!(raw.is_empty() || raw.starts_with("HTTP/1.1 4"), "{raw}");
    }
    assert_eq!(served().get("/healthz").status, 200);
}

#[test]
fn a_body_of_100_megabytes() {
    for (target, status) in [("/fhir/R4/ValueSet/$expand", "413"), ("/healthz", "405")] {
        let mut stream = served().stream();
        let length = 100 << 20;
        let head = format!(
            "POST {target} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             connection: close\r\ncontent-length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        // The client sends on, and still gets the answer.
        let part = vec![b' '; 1 << 16];
        let mut sent = 0;
        while sent < length && stream.write_all(&part).is_ok() {
            sent += part.len();
            if sent > 4 << 20 {
                break;
            }
        }
        let raw = read_all(&mut stream);
        assert!(
            raw.starts_with(&format!("HTTP/1.1 {status}")),
            "{target}: {raw}"
        );
    }
    let chunks = "10000\r\n".to_owned() + &" ".repeat(0x10000) + "\r\n";
    let head = "POST /fhir/R4/ValueSet/$expand HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                transfer-encoding: chunked\r\n\r\n";
    let raw = served().raw((head.to_owned() + &chunks.repeat(20)).as_bytes());
    assert!(raw.starts_with("HTTP/1.1 413"), "{raw}");
}

#[test]
fn a_line_of_a_batch_that_is_too_long() {
    let body = format!("{}\nhemin\n", "x".repeat(100_000));
    let got = served().post("/api/v1/batch", "text/plain", &body);
    let lines: Vec<&str> = got.body.lines().collect();
    assert!(lines[0].contains("longer than 65536 bytes"), "{}", lines[0]);
    assert!(lines[1].contains("J1640"));
}

#[test]
fn malformed_json() {
    let got = served().post(
        "/api/v1/batch",
        "application/json",
        "{\"query\":\n[[[[\n\u{1}\n",
    );
    assert_eq!(got.status, 200);
    let lines: Vec<&str> = got.body.lines().collect();
    assert!(lines[0].contains("not JSON"), "{}", lines[0]);
    assert!(lines[1].contains("the query has no word"), "{}", lines[1]);
    let deep = "[".repeat(100_000);
    let got = served().post("/fhir/R4/ValueSet/$expand", "application/json", &deep);
    assert_eq!(got.status, 400);
}

#[test]
fn malformed_fhir() {
    for body in [
        "{",
        "[]",
        "null",
        "\"Parameters\"",
        "{}",
        r#"{"resourceType":"Patient"}"#,
        r#"{"resourceType":"Parameters","parameter":{}}"#,
        r#"{"resourceType":"Parameters","parameter":[1]}"#,
        r#"{"resourceType":"Parameters","parameter":[{"valueCode":"J1640"}]}"#,
        r#"{"resourceType":"Parameters","parameter":[{"name":"code","valueCode":{"a":1}}]}"#,
        r#"{"resourceType":"Parameters","parameter":[{"name":"coding","valueCoding":"J1640"}]}"#,
        r#"{"resourceType":"ValueSet","compose":{"include":[{"filter":7}]}}"#,
        "\u{feff}{}",
        "\u{0}",
    ] {
        for operation in ["CodeSystem/$lookup", "CodeSystem/$validate-code"] {
            let target = format!("/fhir/R4/{operation}");
            let got = served().post(&target, "application/fhir+json", body);
            assert_eq!(got.status, 400, "{operation} {body}: {got:?}");
            let outcome = got.json();
            assert_eq!(outcome["resourceType"], "OperationOutcome", "{body}");
            assert_eq!(outcome["issue"][0]["severity"], "error", "{body}");
        }
    }
    let got = served().post(
        "/fhir/R4/ValueSet/$expand",
        "application/xml",
        "<Parameters/>",
    );
    assert_eq!(got.status, 415);
}

#[test]
fn slow_clients_are_given_up_and_others_served() {
    let client = serve(ServeOptions {
        folder: starter_index().to_owned(),
        head_within: Duration::from_millis(300),
        answer_within: Duration::from_millis(300),
        ..ServeOptions::default()
    });
    let begun = Instant::now();
    // One letter of the head at a time, and never all of it.
    let mut slow = client.stream();
    slow.write_all(b"GET /healthz HT").unwrap();
    let mut silent = client.stream();
    // A head, and a body that does not come.
    let mut starved = client.stream();
    let head =
        b"POST /fhir/R4/ValueSet/$expand HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n";
    starved.write_all(head).unwrap();
    assert_eq!(client.get("/healthz").status, 200);
    let answer = read_all(&mut slow);
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
    assert_eq!(silent.read(&mut [0; 10]).unwrap_or(0), 0);
    assert!(read_all(&mut starved).starts_with("HTTP/1.1 408"));
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(client.get("/healthz").status, 200);
}

#[test]
fn more_connections_than_there_may_be() {
    let client = serve(ServeOptions {
        folder: starter_index().to_owned(),
        connections: 8,
        ..ServeOptions::default()
    });
    // Many come within a millisecond, and those that wait longest make room, never the newest.
    for _ in 0..5 {
        let idle: Vec<_> = (0..40).map(|_| client.stream()).collect();
        let raw = client.get_raw("/healthz");
        assert!(raw.ends_with("ok\n"), "{raw}");
        let mut first = &idle[0];
        assert_eq!(
            first.read(&mut [0; 10]).unwrap_or(0),
            0,
            "the first one is closed"
        );
    }
}

#[test]
fn the_last_connection_that_there_may_be_is_served() {
    let client = serve(ServeOptions {
        folder: starter_index().to_owned(),
        connections: 2,
        ..ServeOptions::default()
    });
    let mut busy = client.stream();
    busy.write_all(
        b"POST /fhir/R4/ValueSet/$expand HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\n",
    )
    .unwrap();
    for _ in 0..50 {
        let raw = client.get_raw("/healthz");
        assert!(raw.ends_with("ok\n"), "{raw}");
    }
}

/// What would be read as something else is refused: a path that is no text, a packed body, a form.
#[test]
fn requests_in_a_form_that_is_not_read() {
    for path in ["codes/%ff", "api/v1/codes/%ff", "tables/%ff", "browse/J%1"] {
        let detail = served().get(&format!("/{path}")).problem(400);
        assert!(detail.contains("is not percent-encoded UTF-8"), "{detail}");
    }
    let outcome = served().get("/fhir/R4/%ff");
    assert_eq!(outcome.status, 400);
    assert_eq!(outcome.json()["resourceType"], "OperationOutcome");
    let paths = [
        "/api/v1/check",
        "/api/v1/batch",
        "/fhir/R4/ValueSet/$expand",
        "/check",
    ];
    for (header, said) in [
        (
            "Content-Encoding: gzip",
            "a body with `Content-Encoding` is not read",
        ),
        (
            "Content-Type: multipart/form-data; boundary=x",
            "a form is not read here",
        ),
    ] {
        let is_packed = header.contains("gzip");
        for path in paths
            .into_iter()
            .filter(|path| is_packed || path.starts_with("/api"))
        {
            let request = format!(
                "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n\
                 Content-Length: 5\r\n\r\nJ1640"
            );
            let answer = served().raw(request.as_bytes());
            assert!(answer.starts_with("HTTP/1.1 415"), "{path}: {answer}");
            assert!(answer.contains(said), "{path}: {answer}");
            let is_outcome = answer.contains("\"resourceType\":\"OperationOutcome\"");
            assert_eq!(is_outcome, path.starts_with("/fhir"), "{answer}");
        }
    }
    let empty = served().post("/api/v1/batch", "text/plain", "");
    assert_eq!(empty.json()["notices"][0], "no questions");
}
