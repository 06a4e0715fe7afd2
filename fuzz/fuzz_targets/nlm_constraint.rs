//! libFuzzer's entry to `nlm_constraint`.

#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::nlm_constraint(bytes));
