//! The same answers over HTTP and to agents: the only layer that knows the network.
//!
//! | path | speaks |
//! |---|---|
//! | `/`, `/codes/…`, `/changes` | HTML, for people |
//! | `/api/v1/…` | the library's JSON, byte for byte; described at `/openapi.json` |
//! | `/api/hcpcs/v3/search` | the array format of NLM's clinical tables |
//! | `/fhir/R4/…` | FHIR's terminology operations |
//! | standard input and output ([`serve_mcp`]) | the Model Context Protocol |
//!
//! Nothing is written and no file is read but the index, so every request is a question.

mod access_log;
mod answered;
mod api;
mod body;
mod connection;
mod fhir;
mod lines;
mod mcp;
mod nlm;
mod page;
mod parameter;
mod problem;
mod reply;
mod router;
mod run;
mod service;
mod state;
mod stream;
mod turns;

pub use mcp::serve_mcp;
pub use run::{ServeOptions, Server, Tell, stopped};
