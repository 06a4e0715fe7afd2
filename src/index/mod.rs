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
mod kept;
mod manifest;
mod postings;
pub(crate) mod reader;
mod replace;
mod schema;
pub(crate) mod store;
mod update;
mod update_report;
pub(crate) mod vocabulary;
mod weighted;

pub use build::{Sources, build_index};
pub use manifest::{IndexedRelease, IndexedSource, Manifest};
pub use schema::Field;
pub use update::{UpdateOptions, update_index};
pub use update_report::{AnnotationChange, Effect, ReleaseUpdate, SourceUpdate, UpdateReport};
