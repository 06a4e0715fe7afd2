//! Releases and annotations → documents, vocabulary, postings, tables.

pub(crate) mod build;
pub(crate) mod content;

pub(crate) mod annotation_guard;
mod guard;
pub(crate) mod latest_issue;
pub(crate) mod release_guard;

pub(crate) mod annotated;
pub(crate) mod differences;

pub(crate) mod descriptor;
pub(crate) mod document;
mod product_names;

pub(crate) mod posting_lists;
pub(crate) mod synonym_terms;
pub(crate) mod traits;
pub(crate) mod vocabulary;

pub(crate) mod builder;
pub(crate) mod segment;
