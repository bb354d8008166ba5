//! The law of restoring, for any removed records and any kept bytes: no panic, and what is restored has the size of the
//! original input.

use std::io::{Cursor, Write as _};
use std::path::Path;

use wirecopy::Input;
use wirecopy::read::Compression;
use wirecopy::rewrite::{RemovedReader, restore};

/// The most bytes of a removed record.
const MAX_RECORD: usize = 1 << 16;

/// Checks the law. The first two bytes are the length of the removed records, which follow; the others are kept.
pub(crate) fn check(bytes: &[u8]) {
    let [low, high, content @ ..] = bytes else { return };
    let length = usize::from(u16::from_le_bytes([*low, *high])).min(content.len());
    let (removed, kept) = content.split_at(length);
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be created");
    file.write_all(removed).expect("a temporary file can be written");
    let Ok(mut removed) = RemovedReader::open(&[file.path()], MAX_RECORD) else { return };
    while let Ok(Some(original)) = removed.next_input() {
        let input = Input::reader("kept", Cursor::new(kept.to_vec()));
        let mut out = Vec::new();
        let restored =
            restore(Some(input), &mut removed, &original, Path::new("out"), Compression::Plain, &mut out);
        if restored.is_err() {
            return;
        }
        assert_eq!(out.len() as u64, original.bytes, "the size of the original input");
    }
}
