//! Bytes that the fuzzer makes up in, the laws of `tests/laws/detector.rs` checked.

#![no_main]

#[path = "../../tests/laws/detector.rs"]
mod detector;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| detector::check(bytes));
