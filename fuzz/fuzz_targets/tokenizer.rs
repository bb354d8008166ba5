//! Bytes that the fuzzer makes up in, the laws of `tests/laws/tokenizer.rs` checked.

#![no_main]

#[path = "../../tests/laws/tokenizer.rs"]
mod tokenizer;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tokenizer::check(bytes));
