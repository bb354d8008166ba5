//! Checks the law of `tests/laws/restore.rs` with the bytes of the fuzzer.

#![no_main]

#[path = "../../tests/laws/restore.rs"]
mod restore;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| restore::check(bytes));
