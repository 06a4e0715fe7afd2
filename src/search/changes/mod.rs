//! What changed between two indexed releases.

pub(crate) mod request;
pub(crate) mod watch_list;
mod within;
