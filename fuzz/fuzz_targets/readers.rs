//! Bytes that the fuzzer makes up in, the laws of `tests/laws/readers.rs` checked.

#![no_main]

#[path = "../../tests/laws/readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::check(bytes));
