//! Damaged files cause errors: each byte changed, each length cut off.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::super::{FileEntry, Folder};
use super::folder;
use crate::error::{ArchiveProblem, Error};

/// The content of the blocks of the test file, with their sections. The first one is compressed.
fn blocks() -> [(u8, Vec<u8>, bool); 3] {
    [(1, b"rain ".repeat(40), true), (1, b"short".to_vec(), false), (7, b"other section".to_vec(), true)]
}

/// Writes the test file.
fn write(folder: &Folder) -> FileEntry {
    let mut writer = folder.writer("a.wcy").unwrap();
    for (section, bytes, compress) in blocks() {
        writer.block(section, &bytes, compress).unwrap();
    }
    writer.finish().unwrap()
}

/// Writes a manifest without files.
fn write_manifest(folder: &Folder) {
    let lock = folder.lock().unwrap();
    folder.commit(&lock, b"content of the manifest", &BTreeSet::new()).unwrap();
}

/// Calls `check` after each change of one byte of the file, with the position of the byte. Restores the file.
fn for_each_change(path: &Path, mut check: impl FnMut(usize)) {
    let bytes = fs::read(path).unwrap();
    for at in 0..bytes.len() {
        for change in [0x01, 0x80, 0xFF] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            fs::write(path, changed).unwrap();
            check(at);
        }
    }
    fs::write(path, bytes).unwrap();
}

fn is_damage(error: &Error) -> bool {
    let Error::Archive { problem, .. } = error else { return false };
    matches!(problem, ArchiveProblem::Damaged { .. })
}

#[test]
fn each_changed_byte_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let entry = write(&folder);
    let before = folder.open(&entry).unwrap();
    for_each_change(&dir.path().join("a.wcy"), |at| {
        let found = folder.open(&entry).and_then(|file| file.check());
        assert!(is_damage(&found.unwrap_err()), "byte {at}");
        // The file was opened before the change.
        assert!(is_damage(&before.check().unwrap_err()), "byte {at}");
        let expected = blocks();
        for (section, index, block) in [(1, 0, 0), (1, 1, 1), (7, 0, 2)] {
            match before.block(section, index) {
                Ok(bytes) => assert_eq!(bytes, expected[block].1, "byte {at}"),
                Err(error) => assert!(is_damage(&error), "byte {at}"),
            }
        }
    });
    before.check().unwrap();
}

#[test]
fn each_other_length_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let entry = write(&folder);
    let path = dir.path().join("a.wcy");
    let bytes = fs::read(&path).unwrap();
    for length in (0..bytes.len()).chain([bytes.len() + 1]) {
        let before = folder.open(&entry).unwrap();
        fs::write(&path, [&bytes[..], b"\n"].concat().get(..length).unwrap()).unwrap();
        let error = folder.open(&entry).unwrap_err();
        assert!(is_damage(&error), "{error}");
        // The length is checked, whatever the entry says.
        for checksum in [0, entry.checksum] {
            let entry = FileEntry { bytes: length as u64, checksum, ..entry.clone() };
            assert!(is_damage(&folder.open(&entry).unwrap_err()), "{length} bytes");
        }
        before.check().unwrap_err();
        let _ = before.block(7, 0);
        fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn another_file_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let entry = write(&folder);
    fs::remove_file(dir.path().join("a.wcy")).unwrap();
    let error = folder.open(&entry).unwrap_err().to_string();
    let expected = format!(
        "{}: a.wcy is missing; copy the archive from a backup, or build it again from the articles",
        dir.path().display()
    );
    assert_eq!(error, expected);
    let mut writer = folder.writer("a.wcy").unwrap();
    for (section, bytes, compress) in blocks() {
        writer.block(section, &bytes.iter().rev().copied().collect::<Vec<_>>(), compress).unwrap();
    }
    writer.finish().unwrap();
    assert!(is_damage(&folder.open(&entry).unwrap_err()));
    let outside = FileEntry { name: "../a.wcy".to_owned(), ..entry };
    assert!(is_damage(&folder.open(&outside).unwrap_err()));
}

#[test]
fn each_change_of_the_manifest_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    write_manifest(&folder);
    let path = dir.path().join("manifest");
    for_each_change(&path, |at| {
        folder.read_manifest().unwrap_err();
        assert_eq!(Folder::is_archive(dir.path()), at >= 8, "byte {at}");
    });
    let bytes = fs::read(&path).unwrap();
    for length in 0..bytes.len() {
        fs::write(&path, &bytes[..length]).unwrap();
        folder.read_manifest().unwrap_err();
    }
    // With files of blocks beside it, a manifest that does not begin as one is damaged.
    fs::write(&path, b"something else").unwrap();
    assert!(!is_damage(&folder.read_manifest().unwrap_err()));
    write(&folder);
    assert!(is_damage(&folder.read_manifest().unwrap_err()));
}

#[test]
fn a_later_format_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    write_manifest(&folder);
    let path = dir.path().join("manifest");
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len() - 8;
    bytes[8] = 2;
    let checksum = xxhash_rust::xxh3::xxh3_64(&bytes[..end]);
    bytes[end..].copy_from_slice(&checksum.to_le_bytes());
    fs::write(&path, bytes).unwrap();
    let expected = format!(
        "{}: manifest has format 2, and this version reads format 1; use a newer version",
        dir.path().display()
    );
    assert_eq!(folder.read_manifest().unwrap_err().to_string(), expected);
    assert!(Folder::is_archive(dir.path()));
}
