//! Checks the laws that are fuzzed (`fuzz/`), with the inputs that fuzzing found and with random bytes.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "laws/detector.rs"]
mod detector;
#[path = "laws/readers.rs"]
mod readers;
#[path = "laws/restore.rs"]
mod restore;
#[path = "laws/tokenizer.rs"]
mod tokenizer;
#[path = "laws/verification.rs"]
mod verification;

use std::fs;
use std::path::Path;

use proptest::prelude::*;

type Check = fn(&[u8]);

/// Checks every input that once broke a law. Each file is named after its content.
#[test]
fn inputs_that_fuzzing_found_keep_the_laws() {
    let checks: [(&str, Check); 5] = [
        ("readers", readers::check),
        ("tokenizer", tokenizer::check),
        ("verification", verification::check),
        ("detector", detector::check),
        ("restore", restore::check),
    ];
    for (law, check) in checks {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/fuzz").join(law);
        let mut count = 0;
        for entry in fs::read_dir(folder).unwrap() {
            check(&fs::read(entry.unwrap().path()).unwrap());
            count += 1;
        }
        assert!(count > 0, "{law}: nothing to check");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn readers_keep_their_laws(how in any::<[u8; 4]>(), content in "[\\[\\]{},:\"\\\\ \n\rtexid0-9\u{e9}]{0,60}") {
        readers::check(&[&how[..], content.as_bytes()].concat());
    }

    #[test]
    fn readers_of_web_archives_keep_their_laws(
        how in any::<[u8; 3]>(),
        pieces in prop::collection::vec(
            prop_oneof![
                Just("WARC/1.0\r\n"), Just("WARC-Type: response\r\n"), Just("WARC-Type: conversion\n"),
                Just("WARC-Type: request\r\n"), Just("Content-Type: application/http\r\n"),
                Just("Content-Type: text/html\r\n"), Just("Content-Length: 2\r\n"), Just("Content-Length: 30\r\n"),
                Just("\r\n"), Just("\n"), Just("ab"), Just("HTTP/1.1 200 OK\r\n"), Just("<p>"), Just("\r"),
                Just("Transfer-Encoding: chunked\r\n"), Just("1\r\nx\r\n0\r\n\r\n"),
            ],
            0..24,
        ),
    ) {
        const WARC: u8 = 8;
        readers::check(&[&[WARC], &how[..], pieces.concat().as_bytes()].concat());
    }

    #[test]
    fn readers_keep_their_laws_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        readers::check(&bytes);
    }

    #[test]
    fn the_tokenizer_keeps_its_laws(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        tokenizer::check(&bytes);
    }

    #[test]
    fn verification_keeps_its_laws(
        how in any::<[u8; 4]>(),
        words in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        verification::check(&[&how[..], &words].concat());
    }

    #[test]
    fn the_detector_keeps_its_laws(
        how in any::<[u8; 2]>(),
        articles in prop::collection::vec(prop::collection::vec(0..250_u8, 1..12), 1..10),
    ) {
        detector::check(&[how.to_vec(), articles.join(&0xff)].concat());
    }
}
