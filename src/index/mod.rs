//! How it is stored: the engine begins here.

mod admit;
pub(crate) mod analyzer;
pub(crate) mod annotated;
mod build;
mod builder;
mod bundle;
mod content;
pub(crate) mod descriptor;
mod differences;
mod document;
pub(crate) mod field_set;
mod kept;
mod manifest;
mod posting_lists;
pub(crate) mod reader;
mod replace;
mod schema;
mod segment;
pub(crate) mod store;
mod update;
mod update_report;
pub(crate) mod vocabulary;

pub use build::{Sources, build_index};
pub use manifest::{IndexedRelease, IndexedSource, Manifest};
pub use schema::Field;
pub use update::{UpdateOptions, update_index};
pub use update_report::{AnnotationChange, Effect, ReleaseUpdate, SourceUpdate, UpdateReport};
