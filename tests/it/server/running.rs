//! The server as a process: its address, its log, its end, and a new index meanwhile.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::{Process, serve_folder};
use crate::hcpcs::Hcpcs;
use crate::made::line;

#[cfg(unix)]
#[test]
fn it_says_where_it_listens_and_what_is_asked() {
    let hcpcs = Hcpcs::starter();
    let process = Process::start(&hcpcs, &[]);
    assert_eq!(process.client.get("/healthz").status, 200);
    process.client.get("/api/v1/search?q=hemin");
    process.client.get("/nothing");
    let (code, told) = process.stop("TERM");
    assert_eq!(code, Some(0));
    for line in [
        " 200 ",
        "GET /api/v1/search?q=hemin",
        " 404 ",
        "ended; all requests are answered",
    ] {
        assert!(told.contains(line), "no {line} in {told}");
    }
}

#[cfg(unix)]
#[test]
fn it_is_quiet_when_told_so() {
    let process = Process::start(&Hcpcs::starter(), &["--quiet"]);
    process.client.get("/healthz");
    let (code, told) = process.stop("INT");
    assert_eq!(code, Some(0));
    assert!(!told.contains("/healthz"), "{told}");
}

#[cfg(unix)]
#[test]
fn requests_that_have_begun_are_answered_at_the_end() {
    let process = Process::start(&Hcpcs::starter(), &["--quiet"]);
    let mut idle = process.client.stream();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .unwrap();
    // A request whose body comes only after the signal.
    let mut begun = process.client.stream();
    let body = r#"{"resourceType":"Parameters"}"#;
    let head = format!(
        "POST /fhir/R4/ValueSet/hcpcs/$expand HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    begun.write_all(head.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    let late = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(500));
        begun.write_all(body.as_bytes()).unwrap();
        super::read_all(&mut begun)
    });
    let time = Instant::now();
    let (code, _) = process.stop("TERM");
    assert_eq!(code, Some(0));
    assert!(
        time.elapsed() < Duration::from_secs(8),
        "an idle connection is not waited for"
    );
    let answer = late.join().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.ends_with("]}}"), "it is whole");
}

#[test]
fn an_address_that_is_taken_is_reported() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let hcpcs = Hcpcs::starter();
    hcpcs
        .run(["serve", "--listen", &address])
        .code(2)
        .tells("give another address with `--listen`");
    hcpcs.run(["serve", "--listen", "nowhere"]).code(2);
}

#[test]
fn a_new_index_is_taken_and_no_request_fails() {
    let hcpcs = Hcpcs::new().release(&[line("J1640", "Injection, hemin, 1 mg")]);
    let client = serve_folder(hcpcs.index());
    let (is_over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let got = client.get("/api/v1/search?q=hemin");
                    assert_eq!(got.status, 200, "{got:?}");
                    assert_eq!(got.json()["hits"][0]["code"], "J1640");
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let published = ["A", "B", "C"].map(|name| {
            let descriptor = format!("Injection, hemin, edition {name}");
            let path = hcpcs.file(
                "HCPC2026_JAN_ANWEB.txt",
                crate::made::text(&[line("J1640", &descriptor)]),
            );
            hcpcs.run(["index".as_ref(), path.as_os_str()]).code(0);
            let begun = Instant::now();
            while !client
                .get("/api/v1/search?q=hemin")
                .body
                .contains(&descriptor)
            {
                assert!(
                    begun.elapsed() < Duration::from_secs(20),
                    "{descriptor} is not taken"
                );
                std::thread::sleep(Duration::from_millis(20));
            }
            begun.elapsed()
        });
        is_over.store(true, Ordering::Relaxed);
        assert!(published.iter().all(|took| *took < Duration::from_secs(20)));
    });
    assert!(asked.load(Ordering::Relaxed) > 10);
}

#[test]
fn a_broken_index_is_not_taken() {
    let hcpcs = Hcpcs::new().release(&[line("J1640", "Injection, hemin, 1 mg")]);
    let client = serve_folder(hcpcs.index());
    std::fs::write(hcpcs.index().join("manifest.json"), "{").unwrap();
    std::thread::sleep(Duration::from_millis(900));
    assert_eq!(client.get("/api/v1/search?q=hemin").json()["total"], 1);
    assert_eq!(client.get("/api/v1/status").status, 200);
}
