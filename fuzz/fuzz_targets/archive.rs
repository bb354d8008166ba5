//! Checks the law of the files of an archive, `src/archive/disk/any_bytes.rs`, with the bytes of the fuzzer.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy::archive::read_any_bytes(bytes));
