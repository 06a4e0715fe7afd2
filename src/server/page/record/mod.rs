//! `/codes/{code}`: everything about a code, and its history.

pub(crate) mod calculator;
pub(crate) mod look_alikes;
pub(crate) mod note;
pub(crate) mod products;
pub(crate) mod record;
pub(crate) mod record_rows;
pub(crate) mod timeline;
