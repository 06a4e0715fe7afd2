//! How codes change: records of several releases → versions of codes.

mod timeline;

pub use timeline::{Version, versions};
