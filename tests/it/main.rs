//! The integration tests: one binary, a module a topic.

mod made;
mod release;
mod shared;
