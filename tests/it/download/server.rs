//! A server that answers as a test wants it to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What was asked: the path and the headers in lower case.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) path: String,
    headers: Vec<String>,
}

impl Asked {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let name = format!("{name}: ");
        self.headers
            .iter()
            .find_map(|line| line.strip_prefix(&name))
    }

    /// From which byte on the file is asked.
    pub(super) fn from(&self) -> usize {
        let range = self
            .header("range")
            .and_then(|range| range.strip_prefix("bytes="));
        range.map_or(0, |range| range.trim_end_matches('-').parse().unwrap())
    }
}

/// A server that answers by a function of what is asked and how often it was asked before.
pub(super) struct Server {
    pub(super) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub(super) fn new(answer: impl Fn(&Asked, usize, &mut TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut lines = BufReader::new(stream.try_clone().unwrap())
                    .lines()
                    .map_while(Result::ok);
                let Some(first) = lines.next() else { continue };
                let path = first.split(' ').nth(1).unwrap().to_owned();
                let headers = lines.take_while(|line| !line.is_empty());
                let headers = headers.map(|line| {
                    let (name, value) = line.split_once(':').unwrap();
                    format!("{}: {}", name.to_lowercase(), value.trim())
                });
                let asked = Asked {
                    path,
                    headers: headers.collect(),
                };
                let before = log
                    .lock()
                    .unwrap()
                    .iter()
                    .filter(|own: &&Asked| own.path == asked.path)
                    .count();
                log.lock().unwrap().push(asked.clone());
                answer(&asked, before, &mut stream);
            }
        });
        Self { address, asked }
    }

    /// What was asked for at a path.
    pub(super) fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .filter(|own| own.path == path)
            .cloned()
            .collect()
    }
}

pub(super) fn send(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
    );
    // the client may have left by then
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body));
}
