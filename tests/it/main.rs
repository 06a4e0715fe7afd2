//! The integration tests: one binary, a module a topic.

// tests may fail loudly, also in their helpers, and say what they skip
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod made;
mod release;
mod shared;
