//! Checks the laws of `tests/laws/detector.rs` with the bytes of the fuzzer.

#![no_main]

#[path = "../../tests/laws/detector.rs"]
mod detector;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| detector::check(bytes));
