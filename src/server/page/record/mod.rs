//! `/codes/{code}`: everything about a code, and its history.

pub(crate) mod note;
pub(crate) mod record;
pub(crate) mod timeline;
