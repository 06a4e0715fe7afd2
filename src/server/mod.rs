//! The answers over HTTP and to agents; no other layer uses server crates.
//!
//! | path | speaks |
//! |---|---|
//! | `/`, `/codes/…`, `/check`, `/changes` | HTML, for people |
//! | `/api/v1/…` | the library's JSON, byte for byte; described at `/openapi.json` |
//! | `/api/hcpcs/v3/search` | the array format of NLM's clinical tables |
//! | `/fhir/R4/…` | FHIR's terminology operations |
//! | `/mcp` | the Model Context Protocol, for agents |
//! | `/metrics`, `/healthz` | Prometheus' text format; the health check |
//! | standard input and output (`serve_mcp`, cargo feature `mcp`) | the Model Context Protocol |
//!
//! It writes no file and reads only the index, so every request is read-only.

mod options;
mod server;

mod answer_cache;
mod computation;
mod exposition;
mod metrics;
mod router;
mod state;

mod net;

mod http;

mod beside_rows;

mod api;
mod fhir;
#[cfg(feature = "mcp")]
mod mcp;
mod nlm;
mod page;

#[cfg(feature = "mcp")]
pub use mcp::serve_mcp;
pub use net::listen::Listen;
pub use options::{LogSink, ServeOptions};
pub use server::{Server, stopped};
