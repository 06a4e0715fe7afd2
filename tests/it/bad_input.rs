//! Messages on bad input: the exit code, the whole message, and that the previous index is
//! unchanged. The readers' errors, such as for a zip that unpacks to gigabytes, are tested in
//! `release/bad_input.rs`.

mod files;
mod folders;
mod questions;
