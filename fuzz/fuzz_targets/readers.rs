//! Checks the laws of `tests/laws/readers.rs` with the bytes of the fuzzer.

#![no_main]

#[path = "../../tests/laws/readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::check(bytes));
