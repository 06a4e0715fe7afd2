//! The common parts of all pages: head, style, script, errors, running text.

pub(crate) mod asset;
pub(crate) mod prose;
pub(crate) mod response;
pub(crate) mod shell;
pub(crate) mod table_file;
mod whole_days;
