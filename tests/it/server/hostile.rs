//! Clients that behave badly on purpose: others are served on, and nothing is kept of them.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::{Process, read_all};
use crate::hcpcs::{DAY, Hcpcs};

const HEALTH: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
/// The most kilobytes by which the memory may have grown when bad clients have left.
const GROWN: u64 = 40 << 10;

/// A server of its own, and what it held before the bad clients came.
struct Watched {
    process: Process,
    files: usize,
    memory: u64,
}

impl Watched {
    fn start() -> Self {
        let process = Process::start(&Hcpcs::starter(), &["--quiet"]);
        let mut watched = Self {
            process,
            files: 0,
            memory: 0,
        };
        // What is made once is made now.
        for _ in 0..20 {
            watched.is_well();
        }
        let body = "hemin\n".repeat(500);
        for target in ["/api/v1/batch", "/api/v1/check"] {
            watched.process.client.post(target, "text/plain", &body);
        }
        std::thread::sleep(Duration::from_millis(200));
        watched.files = watched.files_now();
        watched.memory = watched.memory_now();
        watched
    }

    fn client(&self) -> TcpStream {
        self.process.client.stream()
    }

    fn proc(&self, name: &str) -> String {
        format!("/proc/{}/{name}", self.process.child.id())
    }

    fn files_now(&self) -> usize {
        fs::read_dir(self.proc("fd")).unwrap().count()
    }

    /// Kilobytes that the process holds in memory.
    fn memory_now(&self) -> u64 {
        let status = fs::read_to_string(self.proc("status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.unwrap().trim().trim_end_matches(" kB");
        number.parse().unwrap()
    }

    /// Holds that somebody else is answered, and soon.
    #[track_caller]
    fn is_well(&self) {
        let begun = Instant::now();
        let got = self
            .process
            .client
            .get(&format!("/api/v1/search?q=hemin&as_of={DAY}"));
        assert_eq!(got.status, 200, "{got:?}");
        assert!(got.body.contains("J1640"), "{got:?}");
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(10), "{took:?}");
    }

    /// Holds that nothing is left of the bad clients.
    #[track_caller]
    fn is_as_before(&self) {
        self.is_well();
        let begun = Instant::now();
        // The connection of the good client may be one more.
        while self.files_now() > self.files + 1 {
            let files = self.files_now();
            let before = self.files;
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{files} files, {before} before"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        let (now, before) = (self.memory_now(), self.memory);
        assert!(now < before + GROWN, "{now} kB, {before} kB before");
    }
}

#[test]
fn slow_headers() {
    let watched = Watched::start();
    let mut slow: Vec<TcpStream> = (0..100).map(|_| watched.client()).collect();
    for byte in b"GET /healthz HTTP/1.1\r\nx-slow: aaaaaaaaa" {
        for client in &mut slow {
            client.write_all(&[*byte]).unwrap();
        }
        watched.is_well();
    }
    drop(slow);
    watched.is_as_before();
}

#[test]
fn half_closed_connections() {
    let watched = Watched::start();
    let mut kept = Vec::new();
    for nth in 0..200 {
        let mut client = watched.client();
        // Some ask before they close their half, some break off, some say nothing.
        let part = match nth % 3 {
            0 => HEALTH,
            1 => &HEALTH[..20],
            _ => b"",
        };
        client.write_all(part).unwrap();
        client.shutdown(Shutdown::Write).unwrap();
        kept.push(client);
    }
    watched.is_well();
    // The server does not wait for them to close the other half.
    for (client, nth) in kept.iter_mut().zip(0..) {
        let answer = read_all(client);
        if nth % 3 == 0 {
            assert!(answer.ends_with("ok\n"), "{answer}");
        } else {
            assert!(
                answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
                "{answer}"
            );
        }
    }
    watched.is_as_before();
}

#[test]
fn thousands_of_idle_connections() {
    let mut watched = Watched::start();
    let limits = fs::read_to_string("/proc/self/limits").unwrap();
    let files = limits
        .lines()
        .find(|line| line.starts_with("Max open files"));
    let files = files.and_then(|line| line.split_whitespace().nth(3)?.parse().ok());
    // This process and all other tests share the limit; still more than the server holds.
    let many = files.map_or(5000, |files: usize| (files / 2).min(5000));
    hold_idle(&watched, many);
    // What the allocator keeps for the next connections is no leak: a second round finds it there.
    watched.memory = watched.memory_now();
    hold_idle(&watched, many);
    watched.is_as_before();
}

/// Opens connections that ask little or nothing, and leaves.
fn hold_idle(watched: &Watched, many: usize) {
    let mut idle = Vec::new();
    for nth in 0..many {
        let mut client = watched.client();
        if nth % 2 == 0 {
            client.write_all(HEALTH).unwrap();
        }
        idle.push(client);
        if nth % 500 == 0 {
            watched.is_well();
        }
    }
    watched.is_well();
    assert!(watched.files_now() < watched.files + 4200);
}

#[test]
fn huge_headers() {
    let watched = Watched::start();
    for _ in 0..30 {
        let mut client = watched.client();
        let head = format!(
            "GET /healthz HTTP/1.1\r\nx-huge: {}\r\n\r\n",
            "x".repeat(1 << 20)
        );
        // The server may close before all of it is sent.
        let _ = client.write_all(head.as_bytes());
        let answer = read_all(&mut client);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 431"),
            "{answer}"
        );
        watched.is_well();
    }
    watched.is_as_before();
}

#[test]
fn requests_in_pieces() {
    let watched = Watched::start();
    let search =
        format!("GET /api/v1/search?q=hemin&as_of={DAY} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    let body = r#"{"resourceType":"Parameters","parameter":[{"name":"count","valueInteger":1}]}"#;
    let length = body.len();
    let expand = format!(
        "POST /fhir/R4/ValueSet/hcpcs/$expand HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    let last = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let all = [&*search, &expand, last].concat();
    let whole = bodies(&watched.process.client.raw(all.as_bytes()));
    assert_eq!(whole.len(), 3);
    assert!(whole[0].contains("J1640") && whole[1].contains("ValueSet") && whole[2] == "ok\n");
    let in_pieces = |pieces: &[&[u8]], pause: Duration| {
        let mut client = watched.client();
        client.set_nodelay(true).unwrap();
        for piece in pieces {
            client.write_all(piece).unwrap();
            std::thread::sleep(pause);
        }
        steady(&bodies(&read_all(&mut client)))
    };
    let whole = steady(&whole);
    let bytes: Vec<&[u8]> = all.as_bytes().chunks(1).collect();
    assert_eq!(
        in_pieces(&bytes, Duration::from_micros(100)),
        whole,
        "byte by byte"
    );
    for at in (1..all.len()).step_by(7) {
        let (one, other) = all.as_bytes().split_at(at);
        assert_eq!(
            in_pieces(&[one, other], Duration::from_millis(2)),
            whole,
            "cut at {at}"
        );
    }
    watched.is_as_before();
}

#[test]
fn many_requests_at_once_on_one_connection() {
    let watched = Watched::start();
    let search = |limit| {
        format!("GET /api/v1/search?q=injection&limit={limit} HTTP/1.1\r\nhost: localhost\r\n\r\n")
    };
    let mut sent: String = (1..=100).map(search).collect::<Vec<_>>().concat();
    sent += "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let answers = bodies(&watched.process.client.raw(sent.as_bytes()));
    assert_eq!(answers.len(), 101);
    for (answer, limit) in answers[..100].iter().zip(1..) {
        let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
        let total = usize::try_from(answer["total"].as_u64().unwrap()).unwrap();
        assert_eq!(answer["hits"].as_array().unwrap().len(), total.min(limit));
    }
    watched.is_as_before();
}

/// Clients that ask for much and read nothing.
#[test]
fn answers_that_are_not_read() {
    let watched = Watched::start();
    let mut sent = String::new();
    for _ in 0..100 {
        sent += "GET /api/v1/search?q=injection&limit=100 HTTP/1.1\r\nhost: localhost\r\n\r\n";
    }
    let mut deaf = Vec::new();
    for _ in 0..10 {
        let mut client = watched.client();
        client
            .set_write_timeout(Some(Duration::from_millis(300)))
            .unwrap();
        let _ = client.write_all(sent.as_bytes());
        deaf.push(client);
    }
    watched.is_well();
    let held = watched.memory_now();
    assert!(held < watched.memory + GROWN, "{held} kB while they wait");
    drop(deaf);
    watched.is_as_before();
}

/// More streams of lines than have a turn, none of which goes on.
#[test]
fn streams_that_stand_still() {
    let watched = Watched::start();
    let head = "POST /api/v1/batch HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n6\r\nhemin\n\r\n";
    let still: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut client = watched.client();
            client.write_all(head.as_bytes()).unwrap();
            client
        })
        .collect();
    watched.is_well();
    let begun = Instant::now();
    let got = watched
        .process
        .client
        .post("/api/v1/check", "text/plain", "J1640\n");
    assert!(got.body.contains("\"valid\""), "{got:?}");
    assert!(
        begun.elapsed() < Duration::from_secs(15),
        "others have their turn"
    );
    drop(still);
    watched.is_as_before();
}

#[test]
fn bodies_of_100_megabytes() {
    let watched = Watched::start();
    let part = vec![b'x'; 1 << 20];
    for target in ["/api/v1/batch", "/api/v1/check"] {
        let mut client = watched.client();
        let length = 100 * part.len();
        let head = format!(
            "POST {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
        );
        client.write_all(head.as_bytes()).unwrap();
        // It is refused by its announced length, before it is sent.
        let answer = read_all(&mut client);
        assert!(answer.starts_with("HTTP/1.1 413"), "{target}: {answer}");
        let now = watched.memory_now();
        assert!(now < watched.memory + GROWN, "{now} kB while it is refused");
        let _ = client.write_all(&part);
    }
    watched.is_as_before();
}

/// The bodies of answers that follow each other, each of a known length.
fn bodies(raw: &str) -> Vec<String> {
    let mut bodies = Vec::new();
    let mut rest = raw;
    while let Some((head, behind)) = rest.split_once("\r\n\r\n") {
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.unwrap_or_else(|| panic!("{head}")).parse().unwrap();
        bodies.push(behind[..length].to_owned());
        rest = &behind[length..];
    }
    bodies
}

/// Without what is new in every expansion.
fn steady(bodies: &[String]) -> Vec<String> {
    let part = |line: &String| {
        let mut value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        if let Some(expansion) = value["expansion"].as_object_mut() {
            expansion.remove("identifier");
            expansion.remove("timestamp");
        }
        value.to_string()
    };
    bodies.iter().map(part).collect()
}

/// A client that is cut off in the middle of an answer leaks nothing.
#[test]
fn connections_that_are_reset() {
    let watched = Watched::start();
    for _ in 0..200 {
        let mut client = watched.client();
        client
            .write_all(b"GET /fhir/R4/ValueSet/hcpcs/$expand HTTP/1.1\r\nhost: localhost\r\n\r\n")
            .unwrap();
        // What was sent is not read to its end, so that the system resets the connection.
        let _ = client.read(&mut [0; 1]);
    }
    watched.is_as_before();
}
