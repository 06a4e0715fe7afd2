//! How a file becomes rows: encodings, delimiters, workbooks, zips, and their limits.

pub(crate) mod archive;
pub(crate) mod encoding;
pub(crate) mod sheet;
mod xls_extent;
