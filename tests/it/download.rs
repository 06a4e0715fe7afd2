//! `hcpcs update --from-cms` against a server of the test's own: what it finds, goes on with,
//! refuses and keeps.

mod server;

use std::fs;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use crate::hcpcs::{Hcpcs, Ran};
use crate::made::{Line, archive, line, text};

use self::server::{Asked, Server, send};

const NAME: &str = "january-2026-alpha-numeric-hcpcs-file.zip";
const CHANGED: &str = "Mon, 12 Jan 2026 08:00:00 GMT";

/// The page that links the zip, and other things.
fn page(stream: &mut TcpStream) {
    let html = format!(
        "<html><body><a href='/about'>About</a><a href='/files/zip/october-2025-alpha-numeric-hcpcs-files.zip'>October 2025</a>\
         <a href=\"/files/zip/{NAME}\">January 2026 Alpha-Numeric HCPCS File (ZIP)</a></body></html>"
    );
    send(
        stream,
        "200 OK",
        "Content-Type: text/html\r\n",
        html.as_bytes(),
    );
}

/// Answers a request for the file as servers do: from a byte on, or that it is not newer.
fn file(asked: &Asked, body: &[u8], stream: &mut TcpStream) {
    let changed = format!("Last-Modified: {CHANGED}\r\n");
    let from = asked.from();
    if asked.header("if-modified-since") == Some(CHANGED) {
        send(stream, "304 Not Modified", "", b"");
    } else if from > 0 {
        let range = format!(
            "{changed}Content-Range: bytes {from}-{}/{}\r\n",
            body.len() - 1,
            body.len()
        );
        send(stream, "206 Partial Content", &range, &body[from..]);
    } else {
        send(stream, "200 OK", &changed, body);
    }
}

fn records() -> Vec<Line> {
    let code = |number: usize| {
        line(
            &format!("A4{number:03}"),
            &format!("Supply of kind {number}"),
        )
    };
    (0..200)
        .map(code)
        .chain([line("J1640", "Injection, hemin, 1 mg")])
        .collect()
}

fn release() -> Vec<u8> {
    archive(&[("HCPC2026_JAN_ANWEB.txt", text(&records()).as_bytes())])
}

/// The program in a checkout, whose data folder is `data`.
fn checkout() -> Hcpcs {
    let hcpcs = Hcpcs::new().without_index();
    hcpcs.file("data/starter/release.tsv", "");
    hcpcs.file("index/README.md", "");
    hcpcs
}

fn update(hcpcs: &Hcpcs, server: &Server) -> Ran {
    let page = format!("{}/page", server.address);
    hcpcs.run(["update", "--from-cms", "--page", &page, "--timeout", "2"])
}

fn kept(hcpcs: &Hcpcs) -> PathBuf {
    hcpcs.folder().join("data").join(NAME)
}

fn part(hcpcs: &Hcpcs) -> PathBuf {
    hcpcs.folder().join("data").join(format!(".{NAME}.part"))
}

#[test]
fn the_newest_release_is_fetched_and_kept() {
    let server = Server::new(|asked, _, stream| match asked.path.as_str() {
        "/page" => page(stream),
        _ => file(asked, &release(), stream),
    });
    let hcpcs = checkout();
    let ran = update(&hcpcs, &server).code(0);
    ran.tells(&format!(
        "the newest release is 2026-01: {}/files/zip/{NAME}\nkept as data/{NAME}\n",
        server.address
    ))
    .prints(&format!("2026-01 ({NAME}) added"));
    assert_eq!(fs::read(kept(&hcpcs)).unwrap(), release());
    assert!(!part(&hcpcs).exists());
    hcpcs
        .run(["search", "hemin", "--as-of", "2026-02-01"])
        .code(0);
    update(&hcpcs, &server).code(1).tells("is still the newest");
    let path = format!("/files/zip/{NAME}");
    assert_eq!(
        server.asked(&path)[1].header("if-modified-since"),
        Some(CHANGED)
    );
    assert!(
        server.asked("/page")[0]
            .header("user-agent")
            .unwrap()
            .starts_with("hcpcs/")
    );
}

#[test]
fn redirects_are_followed() {
    let server = Server::new(|asked, _, stream| match asked.path.as_str() {
        "/page" => send(
            stream,
            "301 Moved Permanently",
            "Location: /new/page\r\n",
            b"",
        ),
        "/new/page" => page(stream),
        "/elsewhere" => file(asked, &release(), stream),
        _ => send(stream, "302 Found", "Location: /elsewhere\r\n", b"moved"),
    });
    let hcpcs = checkout();
    update(&hcpcs, &server).code(0);
    assert!(kept(&hcpcs).exists());
    let endless = Server::new(|_, _, stream| send(stream, "302 Found", "Location: /page\r\n", b""));
    update(&hcpcs, &endless).code(3).tells("no answer: ");
}

#[test]
fn what_is_not_there() {
    let none = Server::new(|_, _, stream| send(stream, "404 Not Found", "", b"<html>no</html>"));
    let hcpcs = checkout();
    update(&hcpcs, &none)
        .code(3)
        .tells("the server answers 404 Not Found; try again later");
    let no_file = Server::new(|asked, _, stream| match asked.path.as_str() {
        "/page" => page(stream),
        _ => send(stream, "404 Not Found", "", b"no"),
    });
    update(&hcpcs, &no_file)
        .code(3)
        .tells(&format!("/{NAME}: the server answers 404"));
    let no_link = Server::new(|_, _, stream| send(stream, "200 OK", "", b"<a href=x.zip>x</a>"));
    update(&hcpcs, &no_link)
        .code(3)
        .tells("the page links no zip of a quarter");
    let ran = hcpcs
        .run(["update", "--from-cms", "--page", "http://127.0.0.1:1/page"])
        .code(3);
    ran.tells("no answer: ");
    hcpcs
        .run(["update", "--from-cms", "--page", "nonsense"])
        .code(3)
        .tells("--page");
    hcpcs
        .run(["update", "x.zip", "--page", "http://127.0.0.1:1/"])
        .code(2);
    assert!(!kept(&hcpcs).exists() && !hcpcs.folder().join("index/manifest.json").exists());
}

#[test]
fn a_cut_transfer_is_gone_on_with() {
    let server = Server::new(|asked, before, stream| match asked.path.as_str() {
        "/page" => page(stream),
        // each time a third more, and then the connection ends
        _ if before < 2 => {
            let body = release();
            let from = asked.from();
            let total = body.len();
            let head = match from {
                0 => format!("HTTP/1.1 200 OK\r\nContent-Length: {total}\r\n\r\n"),
                _ => format!(
                    "HTTP/1.1 206 Partial Content\r\nContent-Length: {}\r\nContent-Range: bytes {from}-{}/{total}\r\n\r\n",
                    total - from,
                    total - 1
                ),
            };
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&body[from..from + total / 3]).unwrap();
        }
        _ => file(asked, &release(), stream),
    });
    let hcpcs = checkout();
    update(&hcpcs, &server).code(0);
    assert_eq!(fs::read(kept(&hcpcs)).unwrap(), release());
    let third = release().len() / 3;
    let asked = server.asked(&format!("/files/zip/{NAME}"));
    let from: Vec<usize> = asked.iter().map(Asked::from).collect();
    assert_eq!(from, [0, third, 2 * third]);
}

#[test]
fn a_transfer_that_is_cut_for_good_is_gone_on_with_by_the_next_call() {
    let server = Server::new(|asked, _, stream| match asked.path.as_str() {
        "/page" => page(stream),
        _ if asked.from() == 0 => {
            let body = release();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&body[..1000]).unwrap();
        }
        _ => send(stream, "503 Service Unavailable", "", b""),
    });
    let hcpcs = checkout();
    update(&hcpcs, &server)
        .code(3)
        .tells("the server answers 503");
    assert_eq!(fs::read(part(&hcpcs)).unwrap(), release()[..1000]);
    assert!(!kept(&hcpcs).exists());
    let server = Server::new(|asked, _, stream| match asked.path.as_str() {
        "/page" => page(stream),
        _ => file(asked, &release(), stream),
    });
    update(&hcpcs, &server).code(0);
    assert_eq!(server.asked(&format!("/files/zip/{NAME}"))[0].from(), 1000);
    assert_eq!(fs::read(kept(&hcpcs)).unwrap(), release());
}

#[test]
fn a_part_of_another_file_is_fetched_anew() {
    let server = || {
        Server::new(|asked, _, stream| match asked.path.as_str() {
            "/page" => page(stream),
            _ if asked.from() >= release().len() => {
                send(stream, "416 Range Not Satisfiable", "", b"");
            }
            _ => file(asked, &release(), stream),
        })
    };
    for stale in [vec![b'x'; 700], vec![b'x'; 1_000_000]] {
        let hcpcs = checkout();
        fs::write(part(&hcpcs), stale).unwrap();
        update(&hcpcs, &server()).code(0);
        assert_eq!(fs::read(kept(&hcpcs)).unwrap(), release());
    }
    // a server that knows no ranges sends all of it again
    let hcpcs = checkout();
    fs::write(part(&hcpcs), &release()[..900]).unwrap();
    let simple = Server::new(|asked, _, stream| match asked.path.as_str() {
        "/page" => page(stream),
        _ => send(stream, "200 OK", "", &release()),
    });
    update(&hcpcs, &simple).code(0);
    assert_eq!(fs::read(kept(&hcpcs)).unwrap(), release());
}

#[test]
fn what_is_no_release_replaces_nothing() {
    let no_release = archive(&[("readme.txt", b"Dear all")]);
    let whole = release();
    let damaged = [&whole[..whole.len() / 2], &vec![0; 300]].concat();
    for (body, told) in [
        (
            b"<!DOCTYPE html><html>Access denied</html>".to_vec(),
            "the server sent a web page in place of a zip",
        ),
        (
            b"Rate limit exceeded".to_vec(),
            "the server sent something else in place of a zip",
        ),
        (
            Vec::new(),
            "the server sent something else in place of a zip",
        ),
        (no_release, "the zip holds no HCPCS release"),
        (damaged, "is a damaged zip, perhaps cut short"),
    ] {
        let server = Server::new(move |asked, _, stream| match asked.path.as_str() {
            "/page" => page(stream),
            _ => send(stream, "200 OK", "", &body),
        });
        let hcpcs = checkout();
        hcpcs.file("HCPC2025_OCT_ANWEB.txt", text(&records()));
        hcpcs.run(["index", "HCPC2025_OCT_ANWEB.txt"]).code(0);
        hcpcs.file(&format!("data/{NAME}"), "what was there");
        update(&hcpcs, &server).code(3).tells(told);
        assert_eq!(fs::read(kept(&hcpcs)).unwrap(), b"what was there");
        assert!(!part(&hcpcs).exists());
        hcpcs
            .run(["search", "hemin", "--as-of", "2026-02-01"])
            .code(0)
            .tells("release 2025-10");
    }
}

/// Sends the first 500 bytes, or from there on none, and then nothing for long.
fn stall(is_first: bool, stream: &mut TcpStream) {
    let body = release();
    let total = body.len();
    let head = if is_first {
        format!("HTTP/1.1 200 OK\r\nContent-Length: {total}\r\n\r\n")
    } else {
        let (last, rest) = (total - 1, total - 500);
        format!(
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 500-{last}/{total}\r\n\
             Content-Length: {rest}\r\n\r\n"
        )
    };
    let _ = stream.write_all(head.as_bytes());
    if is_first {
        let _ = stream.write_all(&body[..500]);
    }
    thread::sleep(Duration::from_secs(20));
}

#[test]
fn a_slow_server() {
    let silent = Server::new(|asked, _, stream| {
        if asked.path == "/page" {
            return page(stream);
        }
        thread::sleep(Duration::from_secs(5));
        let _ = stream.flush();
    });
    let hcpcs = checkout();
    let ran = update(&hcpcs, &silent).code(3);
    ran.tells("the server did not answer within 2 seconds")
        .tells("--timeout");
    // it sends a little and then nothing: what came is kept
    let stalling = Server::new(|asked, _, stream| {
        if asked.path == "/page" {
            return page(stream);
        }
        let mut stream = stream.try_clone().unwrap();
        let is_first = asked.from() == 0;
        thread::spawn(move || {
            stall(is_first, &mut stream);
        });
    });
    let page = format!("{}/page", stalling.address);
    let ran = hcpcs
        .run(["update", "--from-cms", "--page", &page, "--timeout", "1"])
        .code(3);
    ran.tells("the transfer was cut after 500 bytes");
    assert_eq!(fs::read(part(&hcpcs)).unwrap().len(), 500);
}
