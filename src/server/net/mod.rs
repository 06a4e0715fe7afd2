//! Connections, sockets, access log.

pub(crate) mod access_log;
pub(crate) mod connection;
pub(crate) mod connections;
pub(crate) mod listen;
pub(crate) mod socket;
pub(crate) mod stream;
