//! How it is stored: the engine begins here.
#![allow(dead_code)]
mod analyzer;
