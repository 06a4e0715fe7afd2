//! The integration tests: one binary, a module a topic.

mod annotation;
mod history;
mod made;
mod release;
mod shared;
mod timeline;
