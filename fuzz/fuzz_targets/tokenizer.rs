//! Checks the laws of `tests/laws/tokenizer.rs` with the bytes of the fuzzer.

#![no_main]

#[path = "../../tests/laws/tokenizer.rs"]
mod tokenizer;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tokenizer::check(bytes));
