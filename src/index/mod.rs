//! How it is stored: the engine begins here.
#![allow(dead_code)]

pub(crate) mod analyzer;
pub(crate) mod annotated;
mod build;
mod builder;
mod bundle;
pub(crate) mod descriptor;
mod document;
mod manifest;
pub(crate) mod reader;
mod schema;
pub(crate) mod store;
mod weighted;

pub use build::{Sources, build_index};
pub use manifest::{IndexedRelease, IndexedSource, Manifest};
pub use schema::Field;
