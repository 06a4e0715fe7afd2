//! Bad input, and what the program says of it. What a reader says of a file, such as a zip that
//! unpacks to gigabytes, is held in `release/bad_input.rs`; here stand the exit code, the whole message, and
//! that nothing is lost of an index before.

mod files;
mod folders;
mod questions;
