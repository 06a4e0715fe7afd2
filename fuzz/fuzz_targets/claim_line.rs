//! libFuzzer's entry to `claim_line`.

#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::claim_line(bytes));
