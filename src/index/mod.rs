//! Storage of the index; everything that names the engine is here and in `search`.

pub(crate) mod analyzer;

pub(crate) mod schema;

pub(crate) mod field_set;

pub(crate) mod build;

pub(crate) mod update;

pub(crate) mod store;

pub(crate) mod generation;

pub use build::build::{BuildOptions, BuildReport, Sources, build_index, build_index_with};
pub use build::latest_issue::Displaced;
pub use generation::indexed_release::IndexedRelease;
pub use generation::indexed_source::IndexedSource;
pub use generation::manifest::Manifest;
pub use generation::shortcomings::fields_notice;
pub use generation::status::IndexStatus;
pub use generation::verification::{Part, Verification, verify};
pub use schema::Field;
pub use update::report::{AnnotationChange, Effect, ReleaseUpdate, SourceUpdate, UpdateReport};
pub use update::update::{UpdateOptions, update_index};
