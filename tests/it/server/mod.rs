//! The server, driven over the network as its clients do.

mod api;
mod bad_requests;
mod changes;
mod fhir;
#[cfg(target_os = "linux")]
mod hostile;
mod languages;
mod limits;
mod lines;
#[cfg(feature = "mcp")]
mod mcp;
mod nlm;
mod openapi;
mod origins;
mod page;
mod page_changes;
mod page_check;
mod page_units;
mod properties;
mod representations;
mod running;
mod units;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use ::hcpcs::server::{ServeOptions, Server};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::hcpcs::{Hcpcs, starter_index};

/// An answer as it came over the wire.
#[derive(Debug)]
struct Got {
    status: u16,
    content_type: String,
    body: String,
    /// What the headers say beside the body.
    said: Vec<String>,
}

impl Got {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Holds that it is a problem of a status, and gives what it says.
    #[track_caller]
    fn problem(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.content_type, "application/problem+json", "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], status);
        problem["detail"].as_str().unwrap().to_owned()
    }
}

/// A client of one server.
#[derive(Clone)]
struct Client {
    address: SocketAddr,
    agent: ureq::Agent,
}

impl Client {
    fn new(address: SocketAddr) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            // the server closes idle connections, which a slow machine would take for its own
            .max_idle_connections(0)
            .build();
        let agent = config.new_agent();
        Self { address, agent }
    }

    fn url(&self, target: &str) -> String {
        format!("http://{}{target}", self.address)
    }

    fn get(&self, target: &str) -> Got {
        got(self.agent.get(self.url(target)).call())
    }

    fn post(&self, target: &str, content_type: &str, body: impl AsRef<[u8]>) -> Got {
        let request = self.agent.post(self.url(target));
        got(request.content_type(content_type).send(body.as_ref()))
    }

    /// Sends bytes as they are, and gives all that comes back until the server closes.
    fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.stream();
        // The server may close before everything is sent.
        let _ = stream.write_all(bytes);
        read_all(&mut stream)
    }

    fn stream(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        stream
    }
}

/// A text as a query string has it.
fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn read_all(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn got(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Got {
    let mut answer = answer.unwrap();
    let content_type = answer.headers().get("content-type");
    Got {
        status: answer.status().as_u16(),
        content_type: content_type
            .map_or("", |kind| kind.to_str().unwrap())
            .to_owned(),
        said: answer
            .headers()
            .get_all("hcpcs-notice")
            .iter()
            .map(|said| said.to_str().unwrap().to_owned())
            .collect(),
        body: unmarked(&answer.body_mut().read_to_string().unwrap()),
    }
}

/// A page without the marks that hold a day together, which are around each one.
pub(crate) fn unmarked(text: &str) -> String {
    let mut parts = text.split(WHOLE);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + &part.replacen("</span>", "", 1))
}

const WHOLE: &str = "<span class=\"whole\">";

/// Serves an index in this process for as long as the tests run.
fn serve(options: ServeOptions) -> Client {
    let server = Server::bind(ServeOptions {
        listen: "127.0.0.1:0".parse().unwrap(),
        ..options
    });
    let server = server.unwrap();
    let address = server.address().unwrap();
    std::thread::spawn(move || server.run(std::future::pending()));
    Client::new(address)
}

fn serve_folder(folder: &Path) -> Client {
    serve(ServeOptions {
        folder: folder.to_owned(),
        ..ServeOptions::default()
    })
}

/// The server of the starter set, shared by all tests.
fn served() -> &'static Client {
    static CLIENT: OnceLock<Client> = OnceLock::new();
    CLIENT.get_or_init(|| serve_folder(starter_index()))
}

/// `hcpcs serve` as a process of its own.
struct Process {
    child: Child,
    stderr: BufReader<ChildStderr>,
    client: Client,
}

impl Process {
    fn start(hcpcs: &Hcpcs, args: &[&str]) -> Self {
        let mut command = hcpcs.command([&["serve", "--listen", "127.0.0.1:0"], args].concat());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        stderr.read_line(&mut line).unwrap();
        let address = line
            .split("http://")
            .nth(1)
            .unwrap_or_else(|| panic!("{line}"));
        let address = address.split(' ').next().unwrap().parse().unwrap();
        let client = Client::new(address);
        Self {
            child,
            stderr,
            client,
        }
    }

    /// Sends a signal by name and waits for the end; returns the exit code and stderr.
    #[cfg(unix)]
    fn stop(mut self, signal: &str) -> (Option<i32>, String) {
        let number = self.child.id().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-s", signal, &number])
            .status();
        assert!(sent.unwrap().success());
        let code = self.child.wait().unwrap().code();
        let mut told = String::new();
        self.stderr.read_to_string(&mut told).unwrap();
        (code, told)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
