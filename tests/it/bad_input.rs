//! Bad input, and what the program says of it. What a reader says of a file is told in `release/`;
//! here stand the exit code, the whole message, and that nothing is lost of an index before.

mod files;
mod folders;
mod questions;
