//! The integration tests: one binary, a module a topic. `hcpcs.rs` makes a test a few lines.

// tests may fail loudly, also in their helpers, and say what they skip
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod hcpcs;
mod made;
mod shared;

mod acceptance;
mod annotation;
mod architecture;
mod bad_input;
mod batch;
mod blank_fields;
mod charge_review;
mod check;
mod claim_readings;
mod claims;
mod command_line;
mod damage;
mod diff;
#[cfg(feature = "download")]
mod download;
mod examples;
mod export;
mod fresh;
mod frozen;
#[cfg(feature = "serve")]
mod fuzz;
mod guards;
mod history;
mod impossible_releases;
mod odd_files;
mod readme;
mod release;
mod relevance;
mod search;
#[cfg(feature = "serve")]
mod server;
mod show;
mod starter;
mod tables;
mod timeline;
mod units;
mod update;
mod validity;
