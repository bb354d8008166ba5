//! Blocks are read as they were written.

use std::sync::Arc;
use std::thread;

use proptest::prelude::*;

use super::super::BlockFile;
use super::folder;

/// Compares the blocks of a file with those that were written.
fn check(file: &BlockFile, blocks: &[(u8, Vec<u8>, bool)]) {
    for section in 0..=u8::MAX {
        let expected: Vec<&Vec<u8>> =
            blocks.iter().filter(|block| block.0 == section).map(|(_, bytes, _)| bytes).collect();
        assert_eq!(file.count(section), expected.len());
        for (index, bytes) in expected.iter().enumerate() {
            assert_eq!(&&file.block(section, index).unwrap(), bytes);
        }
        let error = file.block(section, expected.len()).unwrap_err().to_string();
        assert!(error.contains(&format!("block {} of section {section} ", expected.len())), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_are_read_as_they_were_written(
        mut blocks in prop::collection::vec(
            (0..5_u8, prop::collection::vec(0..4_u8, 0..600), any::<bool>()),
            0..20,
        ),
    ) {
        blocks.sort_by_key(|block| block.0);
        let dir = tempfile::tempdir().unwrap();
        let folder = folder(dir.path());
        let mut writer = folder.writer("a.wcy").unwrap();
        for (section, bytes, compress) in &blocks {
            writer.block(*section, bytes, *compress).unwrap();
        }
        let entry = writer.finish().unwrap();
        assert_eq!(entry.bytes, dir.path().join("a.wcy").metadata().unwrap().len());
        let file = folder.open(&entry).unwrap();
        file.check().unwrap();
        check(&file, &blocks);
        let sections = (0..=u8::MAX).map(|section| file.bytes_of(section)).sum::<u64>();
        let others = 12 + 18 * blocks.len() as u64 + 24;
        assert_eq!(sections + others, entry.bytes, "the header, an entry for each block, and the footer");
    }
}

#[test]
fn compression_is_kept_only_if_it_saves_much() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let repeated = b"The ferry stayed in harbor. ".repeat(100);
    let mut state = 1_u32;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(5000)
    .collect();
    let mut writer = folder.writer("a.wcy").unwrap();
    writer.block(1, &repeated, true).unwrap();
    writer.block(2, &repeated, false).unwrap();
    writer.block(3, &random, true).unwrap();
    writer.block(4, b"", true).unwrap();
    let file = folder.open(&writer.finish().unwrap()).unwrap();
    assert!(file.bytes_of(1) < 100);
    assert_eq!([2, 3, 4].map(|section| file.bytes_of(section)), [2800, 5000, 0]);
}

#[test]
fn threads_read_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let mut writer = folder.writer("a.wcy").unwrap();
    let content = |index: usize| format!("block {index} ").repeat(index % 50 + 1).into_bytes();
    for index in 0..200 {
        writer.block(1, &content(index), index % 3 > 0).unwrap();
    }
    let file = Arc::new(folder.open(&writer.finish().unwrap()).unwrap());
    thread::scope(|scope| {
        for begin in 0..4 {
            let file = Arc::clone(&file);
            scope.spawn(move || {
                for index in (0..200).map(|step| (step * 7 + begin) % 200) {
                    assert_eq!(file.block(1, index).unwrap(), content(index));
                }
            });
        }
    });
}

#[test]
fn a_file_that_is_not_finished_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let mut writer = folder.writer("a.wcy").unwrap();
    writer.block(1, b"block", false).unwrap();
    assert!(folder.writer("a.wcy").unwrap_err().to_string().contains("a.wcy cannot be written"));
    drop(writer);
    assert!(!dir.path().join("a.wcy").exists());
}
