//! The integration tests: one binary, a module a topic.

mod annotation;
mod made;
mod release;
mod shared;
