//! Rows and lines of text → claim lines: which column is what.

pub(crate) mod claim_line;
pub(crate) mod columns;
pub(crate) mod reader;
