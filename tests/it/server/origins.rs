//! Which hosts a server answers as, and which pages of others may read it.

use ::hcpcs::server::{ServeOptions, Server};

use super::{Client, serve, served};
use crate::hcpcs::starter_index;

fn with(options: ServeOptions) -> Client {
    serve(ServeOptions {
        folder: starter_index().to_owned(),
        ..options
    })
}

/// The status and head of what a request gives that has some heads.
fn asked(client: &Client, target: &str, heads: &str) -> (u16, String) {
    let raw =
        client.raw(format!("GET {target} HTTP/1.1\r\nconnection: close\r\n{heads}\r\n").as_bytes());
    let head = raw.split("\r\n\r\n").next().unwrap_or_default();
    let status = head.split(' ').nth(1).unwrap_or_else(|| panic!("{raw}"));
    (status.parse().unwrap(), head.to_owned())
}

#[test]
fn on_loopback_only_local_names_are_answered() {
    for (heads, status) in [
        ("host: localhost\r\n", 200),
        ("host: 127.0.0.1:8080\r\n", 200),
        ("host: [::1]:80\r\n", 200),
        ("host: evil.example\r\n", 421),
        ("host: evil.example:8080\r\n", 421),
        ("host: localhost\r\nhost: localhost\r\n", 400),
        ("", 400),
    ] {
        for target in [
            "/healthz",
            "/",
            "/api/v1/status",
            "/api/hcpcs/v3/search?terms=hemin",
        ] {
            assert_eq!(asked(served(), target, heads).0, status, "{target} {heads}");
        }
    }
    let target = "http://evil.example/healthz";
    assert_eq!(asked(served(), target, "host: localhost\r\n").0, 421);
}

#[test]
fn a_refusal_has_the_form_of_its_path() {
    let client = with(ServeOptions {
        base_path: "/hcpcs".to_owned(),
        ..ServeOptions::default()
    });
    for (client, base) in [(served(), ""), (&client, "/hcpcs")] {
        for (path, kind) in [
            ("/fhir/R4/metadata", "application/fhir+json"),
            ("/fhir/R4", "application/fhir+json"),
            ("/api/v1/status", "application/problem+json"),
        ] {
            let target = format!("{base}{path}");
            let (status, head) = asked(client, &target, "host: evil.example\r\n");
            assert_eq!(status, 421, "{target}");
            let kind = format!("content-type: {kind}");
            assert!(head.contains(&kind), "{target}: {head}");
        }
    }
}

#[test]
fn other_names_are_answered_where_they_are_given() {
    let client = with(ServeOptions {
        hosts: vec!["hcpcs".to_owned()],
        ..ServeOptions::default()
    });
    assert_eq!(asked(&client, "/healthz", "host: HCPCS:80\r\n").0, 200);
    assert_eq!(asked(&client, "/healthz", "host: localhost\r\n").0, 200);
    assert_eq!(
        asked(&client, "/healthz", "host: hcpcs.evil.example\r\n").0,
        421
    );
}

const ALLOWED: &str = "access-control-allow-origin: ";

#[test]
fn pages_of_others_read_nothing_but_the_widgets_path() {
    let heads = "host: localhost\r\norigin: https://codes.example\r\n";
    for target in [
        "/healthz",
        "/api/v1/search?q=hemin",
        "/fhir/R4/metadata",
        "/",
        "/nowhere",
    ] {
        let (_, head) = asked(served(), target, heads);
        assert!(!head.contains(ALLOWED), "{target}: {head}");
    }
    let (_, head) = asked(served(), "/api/hcpcs/v3/search?terms=hemin", heads);
    assert!(head.contains(&format!("{ALLOWED}*")), "{head}");
}

#[test]
fn pages_of_a_given_origin_may_read() {
    let client = with(ServeOptions {
        cors: vec!["https://codes.example".to_owned()],
        ..ServeOptions::default()
    });
    let heads = |origin: &str| format!("host: localhost\r\norigin: {origin}\r\n");
    let (_, head) = asked(&client, "/api/v1/status", &heads("https://codes.example"));
    assert!(
        head.contains(&format!("{ALLOWED}https://codes.example")),
        "{head}"
    );
    let (_, head) = asked(&client, "/api/v1/status", &heads("https://evil.example"));
    assert!(!head.contains(ALLOWED), "{head}");
    let preflight = client.raw(
        b"OPTIONS /api/v1/batch HTTP/1.1\r\nhost: localhost\r\norigin: https://codes.example\r\n\
          access-control-request-method: POST\r\nconnection: close\r\n\r\n",
    );
    assert!(preflight.starts_with("HTTP/1.1 200"), "{preflight}");
    assert!(
        preflight.contains("access-control-allow-methods"),
        "{preflight}"
    );
    let all = with(ServeOptions {
        cors: vec!["*".to_owned()],
        ..ServeOptions::default()
    });
    let (_, head) = asked(&all, "/api/v1/status", &heads("https://any.example"));
    assert!(head.contains(&format!("{ALLOWED}*")), "{head}");
}

#[test]
fn what_is_no_origin_is_refused() {
    for cors in [
        "codes.example",
        "https://codes.example/",
        "https://codes.example/x",
        "",
        "null",
    ] {
        let bound = Server::bind(ServeOptions {
            folder: starter_index().to_owned(),
            listen: "127.0.0.1:0".parse().unwrap(),
            cors: vec![cors.to_owned()],
            ..ServeOptions::default()
        });
        let error = bound.err().unwrap_or_else(|| panic!("{cors}"));
        assert!(error.is_usage(), "{error}");
    }
}
