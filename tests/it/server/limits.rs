//! The costliest requests: each is answered or refused soon, and others are served meanwhile.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Client, Got, Process, encoded, served};
use crate::hcpcs::{DAY, Hcpcs};

/// How long a request may take, and how long one for `/healthz` meanwhile: far more than a slow
/// machine needs, far less than a cost that grows with the square of what is asked.
const MAX_TIME: Duration = Duration::from_secs(30);
const MAX_HEALTH: Duration = Duration::from_secs(5);

/// Sends a request four times at once, and holds that each is answered soon, and that the
/// server says meanwhile that it is well.
#[track_caller]
fn is_soon(name: &str, client: &Client, ask: impl Fn() -> Got + Sync) -> Got {
    let is_over = AtomicBool::new(false);
    let (mut got, slowest) = thread::scope(|scope| {
        let health = scope.spawn(|| {
            let mut slowest = Duration::ZERO;
            while !is_over.load(Ordering::Relaxed) {
                let begun = Instant::now();
                assert_eq!(client.get("/healthz").status, 200);
                slowest = slowest.max(begun.elapsed());
                thread::sleep(Duration::from_millis(5));
            }
            slowest
        });
        let asked: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let begun = Instant::now();
                    (ask(), begun.elapsed())
                })
            })
            .collect();
        let got: Vec<_> = asked
            .into_iter()
            .map(thread::ScopedJoinHandle::join)
            .collect();
        is_over.store(true, Ordering::Relaxed);
        let got: Vec<_> = got.into_iter().map(Result::unwrap).collect();
        (got, health.join().unwrap())
    });
    let longest = got.iter().map(|(_, took)| *took).max().unwrap();
    println!("{name}: {longest:?}, /healthz {slowest:?}");
    assert!(longest < MAX_TIME, "{name}: {longest:?}");
    assert!(slowest < MAX_HEALTH, "{name}: /healthz took {slowest:?}");
    got.remove(0).0
}

fn definition(filters: &[Value]) -> String {
    json!({"resourceType": "Parameters", "parameter": [
        {"name": "coding", "valueCoding": {"code": "J1640"}},
        {"name": "date", "valueDate": DAY},
        {"name": "valueSet", "resource": {"resourceType": "ValueSet", "compose": {"include": [
            {"system": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
             "filter": filters}]}}}]})
    .to_string()
}

fn filter(property: &str, op: &str, value: &str) -> Value {
    json!({"property": property, "op": op, "value": value})
}

const OPERATIONS: [&str; 2] = [
    "/fhir/R4/ValueSet/$validate-code",
    "/fhir/R4/ValueSet/$expand",
];

#[test]
fn a_value_set_asks_for_no_more_than_it_may() {
    let patterns: Vec<Value> = (0..1000)
        .map(|at| filter("display", "regex", &format!("(a|b|c){{1,40}}{at}")))
        .collect();
    let equal: Vec<Value> = (0..15_000)
        .map(|at| filter("code", "=", &at.to_string()))
        .collect();
    let large = [filter("display", "regex", "(((\\w{50}){50}){50}){50}")];
    for operation in OPERATIONS {
        let post = |body: &str| served().post(operation, "application/fhir+json", body);
        for (filters, status, told) in [
            (&patterns[..], 422, "1000 filters; give at most 100"),
            (
                &patterns[..17],
                422,
                "17 filters by `regex`; give at most 16",
            ),
            (&equal[..], 422, "15000 filters; give at most 100"),
            (
                &large[..],
                400,
                "is no regular expression, or too large a one",
            ),
        ] {
            let body = definition(filters);
            let got = is_soon(operation, served(), || post(&body));
            assert_eq!(got.status, status, "{got:?}");
            assert!(got.body.contains(told), "{got:?}");
        }
    }
}

#[test]
fn the_costliest_value_set_is_soon_expanded() {
    let mut filters: Vec<Value> = (0..16)
        .map(|at| {
            filter(
                "display",
                "regex",
                &format!(".*|.*[a-m]{{1,{}}}.*{at}", at + 2),
            )
        })
        .collect();
    filters.extend((0..84).map(|at| filter("statute", "not-in", &format!("{at},x"))));
    let body = definition(&filters);
    for operation in OPERATIONS {
        let post = || served().post(operation, "application/fhir+json", &body);
        let got = is_soon(operation, served(), post);
        assert_eq!(got.status, 200, "{got:?}");
        assert!(got.body.contains("J1640"), "{got:?}");
    }
    let codes: Vec<Value> = (0..30_000)
        .map(|at| json!({"code": format!("Z{at:04}")}))
        .collect();
    let body = json!({"resourceType": "ValueSet", "compose": {"include": [
        {"system": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "concept": codes}]}})
    .to_string();
    let got = is_soon("30,000 concepts", served(), || {
        served().post(OPERATIONS[1], "application/fhir+json", &body)
    });
    assert_eq!(got.json()["expansion"]["total"], 0, "{got:?}");
}

#[test]
fn the_costliest_constraints_are_soon_evaluated() {
    let many = |clause: &str, joined: &str| {
        let all: Vec<String> = (0..15_000 / (encoded(clause).len() + encoded(joined).len() + 4))
            .map(|at| format!("{clause}{at}"))
            .collect();
        all.join(joined)
    };
    let mixed: Vec<String> = (0..25)
        .map(|at| format!("(act_eff_dt:>{at} AND display:\"a {at}\")"))
        .collect();
    for (q, status) in [
        (vec!["z9*"; 1800].join(" "), 200),
        (many("z", "* "), 200),
        (many("-display:z", " AND "), 200),
        (many("act_eff_dt:[0 TO ", "] AND "), 400),
        (mixed.join(" OR "), 200),
    ] {
        let target = format!("/api/hcpcs/v3/search?terms=&maxList=500&q={}", encoded(&q));
        let got = is_soon(&q[..30], served(), || served().get(&target));
        assert_eq!(got.status, status, "{got:?}");
    }
}

#[test]
fn the_costliest_request_of_each_route() {
    let words = "a e i inj s m 1 t p c d w r o l n b f h u g v k power drug unit ";
    let long = encoded(&words.repeat(8));
    let codes = vec!["A*"; 2000].join(",");
    let fields = vec!["act_eff_dt"; 20].join(",");
    for target in [
        format!("/api/v1/search?q={long}&limit=500&facets=true&explain=true&terminated=true"),
        format!("/api/v1/search?codes={codes}&limit=500"),
        format!("/api/v1/suggest?q={}", encoded(words)),
        format!("/?q={long}&codes={codes}"),
        "/api/v1/codes/E0601".to_owned(),
        "/api/v1/history/E0601".to_owned(),
        "/codes/E0601".to_owned(),
        "/changes".to_owned(),
        "/api/v1/tables".to_owned(),
        "/openapi.json".to_owned(),
        format!("/api/hcpcs/v3/search?terms=&maxList=500&df={fields}&ef={fields}&sf={fields}"),
        format!("/api/hcpcs/v3/search?suggest=1&field_val={long}"),
        format!("/fhir/R4/ValueSet/hcpcs/$expand?filter={}", encoded(words)),
        format!(
            "/fhir/R4/CodeSystem/$lookup?code=E0601{}",
            "&property=betos".repeat(190)
        ),
    ] {
        let name = &target[..target.len().min(60)];
        let got = is_soon(name, served(), || served().get(&target));
        // a slow machine may reach the deadline, which is an answer too
        assert!(matches!(got.status, 200..500 | 503), "{name}: {got:?}");
    }
    let line = format!("{}\n", words.repeat(900));
    for target in ["/api/v1/batch", "/api/v1/check"] {
        let got = is_soon(target, served(), || {
            served().post(target, "text/plain", &line)
        });
        assert_eq!(got.status, 200, "{got:?}");
    }
}

/// Clients that send a byte each 300 ms hold all slots; others still get one, or an early refusal.
#[test]
fn slow_streams_give_way() {
    let process = Process::start(&Hcpcs::starter(), &["--quiet"]);
    let head = "POST /api/v1/batch HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n\r\n";
    let mut slow: Vec<TcpStream> = (0..8).map(|_| process.client.stream()).collect();
    for client in &mut slow {
        client.write_all(head.as_bytes()).unwrap();
    }
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                for client in &mut slow {
                    let _ = client.write_all(b"x");
                }
                thread::sleep(Duration::from_millis(300));
            }
        });
        thread::sleep(Duration::from_millis(500));
        let begun = Instant::now();
        let got = process
            .client
            .post("/api/v1/check", "text/plain", "J1640\n");
        let took = begun.elapsed();
        is_over.store(true, Ordering::Relaxed);
        assert!(got.body.contains("\"valid\""), "{got:?}");
        assert!(took < Duration::from_secs(20), "{took:?}");
    });
}

/// Steady streams keep their slots; later requests are asked to retry.
#[test]
fn who_gets_no_slot_is_told_when_to_ask_again() {
    let process = Process::start(&Hcpcs::starter(), &["--quiet"]);
    let head = "POST /api/v1/check HTTP/1.1\r\nhost: localhost\r\ncontent-length: 30000000\r\n\r\n";
    let busy: Vec<TcpStream> = (0..8).map(|_| process.client.stream()).collect();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for client in &busy {
            let is_over = &is_over;
            let mut reading = client.try_clone().unwrap();
            scope.spawn(
                move || while reading.read(&mut [0; 8192]).is_ok_and(|length| length > 0) {},
            );
            scope.spawn(move || {
                let mut client = client;
                client.write_all(head.as_bytes()).unwrap();
                while !is_over.load(Ordering::Relaxed) {
                    let _ = client.write_all("J1640\n".repeat(1000).as_bytes());
                    thread::sleep(Duration::from_millis(50));
                }
                let _ = client.shutdown(std::net::Shutdown::Both);
            });
        }
        thread::sleep(Duration::from_millis(500));
        let mut client = process.client.stream();
        let request = "POST /api/v1/batch HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                       content-length: 6\r\n\r\nhemin\n";
        client.write_all(request.as_bytes()).unwrap();
        let raw = super::read_all(&mut client);
        is_over.store(true, Ordering::Relaxed);
        assert!(raw.starts_with("HTTP/1.1 503"), "{raw}");
        assert!(raw.contains("retry-after: 1\r\n"), "{raw}");
    });
}
