//! The law of the files of an archive, for fuzzing and for tests: any bytes cause an error or are read, without a panic.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::block_file::BlockFile;
use super::directory::{Directory, ENTRY_BYTES, push_footer};
use super::file_entry::FileEntry;
use super::manifest::{decode_manifest, encode_manifest};
use super::postings::Postings;

/// The most sections that are tried as postings: pairs of them are.
const SECTIONS: u8 = 4;
/// The longest content of a compressed block, whatever the bytes say: fuzzing limits the memory.
const LONGEST_CONTENT: u32 = 1 << 20;

/// Reads bytes as a manifest and as a file. The first two bytes are the number of entries of the directory of the file;
/// the entries follow, and then the blocks. Checksums are made to match, so that what is behind them is reached.
///
/// # Panics
/// Panics if the law is broken.
pub fn read_any_bytes(bytes: &[u8]) {
    let nowhere = Path::new("archive");
    let _ = decode_manifest(nowhere, bytes);
    assert_eq!(decode_manifest(nowhere, &encode_manifest(bytes)).expect("it is a manifest"), bytes);

    let Some((count, rest)) = bytes.split_first_chunk() else { return };
    let length = (usize::from(u16::from_le_bytes(*count)) * ENTRY_BYTES).min(rest.len());
    let (entries, blocks) = rest.split_at(length);
    let mut directory = entries.to_vec();
    match_checksums(&mut directory, blocks);
    let checksum = push_footer(&mut directory);
    let file = [&Directory::header(), blocks, &directory].concat();
    let folder = tempfile::tempdir().expect("a folder is created");
    fs::write(folder.path().join("a.wcy"), &file).expect("a file is written");
    let entry = FileEntry { name: "a.wcy".to_owned(), bytes: file.len() as u64, checksum };
    let Ok(file) = BlockFile::open(folder.path(), &entry).map(Arc::new) else { return };
    let _ = file.check();
    for sections in (0..SECTIONS).flat_map(|first| (0..SECTIONS).map(move |second| [first, second])) {
        if let Ok(postings) = Postings::open(Arc::clone(&file), sections) {
            read_postings(&postings);
        }
    }
}

/// Makes entries of a directory say the checksums that the blocks have.
fn match_checksums(entries: &mut [u8], mut blocks: &[u8]) {
    for entry in entries.as_chunks_mut::<ENTRY_BYTES>().0 {
        let [_, _, stored_0, stored_1, stored_2, stored_3, content @ .., _, _, _, _, _, _, _, _] = entry;
        let stored = u32::from_le_bytes([*stored_0, *stored_1, *stored_2, *stored_3]) as usize;
        let length = u32::from_le_bytes(*content).min(LONGEST_CONTENT.max(stored as u32));
        *content = length.to_le_bytes();
        let Some((block, rest)) = blocks.split_at_checked(stored) else { return };
        entry[ENTRY_BYTES - 8..].copy_from_slice(&xxh3_64(block).to_le_bytes());
        blocks = rest;
    }
}

/// Reads all postings, and the lists of some values.
fn read_postings(postings: &Postings) {
    let mut values = vec![0, 7, u32::MAX];
    let mut cursor = postings.cursor();
    while let Ok(Some((value, _))) = cursor.next() {
        values.push(value);
    }
    values.sort_unstable();
    values.dedup();
    let _ = postings.for_each_list(&values, |_, _| {});
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns an entry of the directory.
    fn entry(section: u8, codec: u8, stored: u32, content: u32) -> Vec<u8> {
        [&[section, codec][..], &stored.to_le_bytes(), &content.to_le_bytes(), &[0; 8]].concat()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_cause_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            read_any_bytes(&bytes);
        }

        #[test]
        fn any_blocks_cause_no_panic(
            blocks in prop::collection::vec((0..4_u8, 0..2_u8, prop::collection::vec(0..9_u8, 0..40), any::<bool>()), 0..6),
            end in prop::collection::vec(any::<u8>(), 0..2),
        ) {
            let mut bytes = (blocks.len() as u16).to_le_bytes().to_vec();
            for (section, codec, block, is_longer) in &blocks {
                let content = if *is_longer { u32::MAX } else { block.len() as u32 };
                bytes.extend(entry(*section, *codec, block.len() as u32, content));
            }
            blocks.iter().for_each(|(_, _, block, _)| bytes.extend(block));
            bytes.extend(end);
            read_any_bytes(&bytes);
        }

        #[test]
        fn any_postings_cause_no_panic(
            blocks in prop::collection::vec((1..5_u16, 0..34_u8, 0..34_u8, any::<u32>(), 0..3_u32, any::<u8>()), 0..5),
            count in 0..9_u64,
        ) {
            let mut index = count.to_le_bytes().to_vec();
            let mut directory = ((blocks.len() + 1) as u16).to_le_bytes().to_vec();
            let mut content = Vec::new();
            for &(count, step_bits, row_bits, least_row, first_value, filler) in &blocks {
                index.extend(first_value.to_le_bytes());
                let begin = content.len();
                content.extend(count.to_le_bytes());
                content.extend([step_bits, row_bits]);
                content.extend(least_row.to_le_bytes());
                let packed = (usize::from(count) * usize::from(step_bits + row_bits)).div_ceil(8) + 8;
                content.resize(content.len() + packed, filler);
                let length = (content.len() - begin) as u32;
                directory.extend(entry(0, 0, length, length));
            }
            directory.extend(entry(1, 0, index.len() as u32, index.len() as u32));
            read_any_bytes(&[directory, content, index].concat());
        }
    }
}
