//! Bytes that the fuzzer makes up in, the laws of `tests/laws/verification.rs` checked.

#![no_main]

#[path = "../../tests/laws/verification.rs"]
mod verification;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| verification::check(bytes));
