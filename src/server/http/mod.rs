//! Requests and responses: query string, body, problem, line streams.

pub(crate) mod base_path;
pub(crate) mod body;
pub(crate) mod query_string;
pub(crate) mod upload;

pub(crate) mod compression;
pub(crate) mod entity_tag;
pub(crate) mod format;
pub(crate) mod problem;
pub(crate) mod reply;

pub(crate) mod line_stream;
pub(crate) mod outgoing;
pub(crate) mod stream_slots;

pub(crate) mod host;
#[cfg(feature = "mcp")]
pub(crate) mod origin;
pub(crate) mod service;
