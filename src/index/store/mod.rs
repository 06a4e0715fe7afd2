//! The tables next to the engine's postings: versions of codes, terms, texts, full records.
//!
//! The engine stores which term occurs in which version of a code. Everything else that an answer
//! needs is here, as plain tables in the same mapped file: reading an answer's texts from the
//! engine's compressed store would take longer than finding them.

pub(crate) mod tables;
pub(crate) mod whole;

pub(crate) mod bytes;
pub(crate) mod first_use;
pub(crate) mod packed;
pub(crate) mod row;
mod row_action;
pub(crate) mod row_writing;
pub(crate) mod shape;
pub(crate) mod slots;
pub(crate) mod synonym;
pub(crate) mod term;
pub(crate) mod text;
pub(crate) mod writer;
