//! The integration tests: one binary, a module a topic.

// tests may fail loudly, also in their helpers
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod annotation;
mod made;
mod release;
mod shared;
