//! libFuzzer's entry to `fhir_body`.

#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::fhir_body(bytes));
