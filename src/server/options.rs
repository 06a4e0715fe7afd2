//! `ServeOptions`: the options of a server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::net::listen::Listen;

/// Receives lines of the log: one or more at once, without the last line break.
pub type LogSink = Arc<dyn Fn(&str) + Send + Sync>;

/// The options of a server.
#[derive(Clone)]
pub struct ServeOptions {
    /// The folder of the index.
    pub folder: PathBuf,
    /// The address to listen on.
    pub listen: Listen,
    /// The maximum of open connections; beyond it, those that have been idle longest are closed.
    pub connections: usize,
    /// The timeout for the head of a request, and the idle timeout of a connection.
    pub head_within: Duration,
    /// The timeout from the head of a request to the head of its response.
    pub answer_within: Duration,
    /// Further host names under which the server answers. Without any, a server on a loopback
    /// address answers to local names and addresses, and another one to every name.
    pub hosts: Vec<String>,
    /// Origins, such as `https://codes.example`, whose pages may read answers; `*` for all. NLM's
    /// path is open to all, as its widgets are part of other sites' pages.
    pub cors: Vec<String>,
    /// The path under which a proxy offers the server, such as `/hcpcs`; blank for the root.
    pub base_path: String,
    /// Whether the limits of NLM's service apply: 500 codes on a page, 7,500 in all.
    pub caps: bool,
    /// Whether each request is logged.
    pub access_log: bool,
    /// Receives the log.
    pub log: LogSink,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            folder: PathBuf::from("index"),
            listen: Listen::Address(SocketAddr::from(([127, 0, 0, 1], 8080))),
            connections: 4096,
            head_within: Duration::from_secs(15),
            answer_within: Duration::from_secs(30),
            hosts: Vec::new(),
            cors: Vec::new(),
            base_path: String::new(),
            caps: true,
            access_log: false,
            log: Arc::new(|_| {}),
        }
    }
}
