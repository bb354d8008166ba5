//! Checks the laws of `tests/laws/verification.rs` with the bytes of the fuzzer.

#![no_main]

#[path = "../../tests/laws/verification.rs"]
mod verification;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| verification::check(bytes));
