//! The integration tests: one binary, a module a topic.

mod history;
mod made;
mod release;
mod shared;
mod timeline;
