//! Who may read and change an archive, and where one may be created.

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::super::FileEntry;
use super::folder;
use crate::error::Error;

fn write(folder: &super::Folder, name: &str) -> (FileEntry, BTreeSet<String>) {
    let mut writer = folder.writer(name).unwrap();
    writer.block(1, name.as_bytes(), false).unwrap();
    (writer.finish().unwrap(), BTreeSet::from([name.to_owned()]))
}

fn without_folder(error: &Error) -> String {
    let text = error.to_string();
    text.split_once(": ").map_or(text.clone(), |(_, text)| text.to_owned())
}

#[test]
fn there_is_one_writer() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let lock = folder.lock().unwrap();
    let error = folder.clone().lock().unwrap_err();
    assert_eq!(without_folder(&error), "is being changed by another process; run again when that has ended");
    drop(lock);
    folder.lock().unwrap();
}

#[test]
fn a_reader_keeps_what_it_opened() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let lock = folder.lock().unwrap();
    let (entry, named) = write(&folder, "a.wcy");
    folder.commit(&lock, b"a", &named).unwrap();
    let reader = folder.open(&entry).unwrap();
    let (_, named) = write(&folder, "b.wcy");
    folder.commit(&lock, b"b", &named).unwrap();
    assert_eq!(folder.read_manifest().unwrap(), b"b");
    if cfg!(unix) {
        assert!(!dir.path().join("a.wcy").exists());
        reader.check().unwrap();
        assert_eq!(reader.block(1, 0).unwrap(), b"a.wcy");
    }
}

#[test]
fn a_reader_starts_again_if_the_manifest_was_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let lock = folder.lock().unwrap();
    let (a, named) = write(&folder, "a.wcy");
    folder.commit(&lock, b"a", &named).unwrap();
    let (b, named) = write(&folder, "b.wcy");
    let mut seen = Vec::new();
    let file = folder.read(|manifest| {
        seen.push(manifest.to_vec());
        if manifest == b"a" {
            folder.commit(&lock, b"b", &named).unwrap();
            folder.open(&a)
        } else {
            folder.open(&b)
        }
    });
    assert_eq!(file.unwrap().block(1, 0).unwrap(), b"b.wcy");
    assert_eq!(seen, [b"a", b"b"]);
    // A file that is missing for good is an error.
    fs::remove_file(dir.path().join("b.wcy")).unwrap();
    assert_eq!(
        without_folder(&folder.read(|_| folder.open(&b)).unwrap_err()),
        "b.wcy is missing; copy the archive from a backup, or build it again from the articles"
    );
}

#[test]
fn readers_see_whole_states_while_a_writer_commits() {
    const COMMITS: usize = 60;
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let lock = folder.lock().unwrap();
    let commit = |number: usize| {
        let (entry, named) = write(&folder, &format!("{number}.wcy"));
        folder.commit(&lock, &serde_json::to_vec(&entry).unwrap(), &named).unwrap();
    };
    commit(0);
    let is_done = AtomicBool::new(false);
    let read = || {
        let mut last = 0;
        while !is_done.load(Ordering::Relaxed) {
            let (number, file) = folder
                .read(|manifest| {
                    let entry: FileEntry = serde_json::from_slice(manifest).unwrap();
                    Ok((entry.name.clone(), folder.open(&entry)?))
                })
                .unwrap();
            assert_eq!(file.block(1, 0).unwrap(), number.as_bytes());
            let number = number.trim_end_matches(".wcy").parse().unwrap();
            assert!(last <= number, "{number} after {last}");
            last = number;
        }
    };
    thread::scope(|scope| {
        let readers: Vec<_> = (0..3).map(|_| scope.spawn(read)).collect();
        (1..COMMITS).for_each(commit);
        is_done.store(true, Ordering::Relaxed);
        readers.into_iter().for_each(|reader| reader.join().unwrap());
    });
}

#[test]
fn reading_writes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let (entry, named) = write(&folder, "a.wcy");
    folder.commit(&folder.lock().unwrap(), b"a", &named).unwrap();
    fs::remove_file(dir.path().join("lock")).unwrap();
    let set_readonly = |readonly| {
        let mut permissions = dir.path().metadata().unwrap().permissions();
        permissions.set_readonly(readonly);
        fs::set_permissions(dir.path(), permissions).unwrap();
    };
    set_readonly(true);
    assert_eq!(folder.read(|_| folder.open(&entry)).unwrap().block(1, 0).unwrap(), b"a.wcy");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "the manifest and a.wcy");
    set_readonly(false);
}

#[test]
fn an_archive_is_created_only_where_nothing_else_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("archive");
    let folder = folder(&path);
    assert_eq!(
        without_folder(&folder.read_manifest().unwrap_err()),
        "is no archive; name the folder of an archive, or create one"
    );
    folder.create().unwrap();
    folder.create().unwrap();
    let lock = folder.lock().unwrap();
    fs::write(path.join("manifest.new"), b"of a process that died").unwrap();
    let _ = write(&folder, "s.wcy");
    folder.create().unwrap();
    folder.remove_orphans(&lock, &BTreeSet::new()).unwrap();
    assert!(!path.join("s.wcy").exists() && path.join("creating").exists());
    fs::write(path.join("news.jsonl"), b"").unwrap();
    assert_eq!(
        without_folder(&folder.create().unwrap_err()),
        "is no archive, and contains other files; name a folder that is empty or does not exist"
    );
    folder.commit(&lock, b"", &BTreeSet::new()).unwrap();
    folder.create().unwrap();
    assert!(path.join("news.jsonl").exists(), "only files of archives are removed");
    // A process that died after the first commit may have left this file, which must not stay.
    fs::write(path.join("creating"), b"").unwrap();
    folder.remove_orphans(&lock, &BTreeSet::new()).unwrap();
    assert!(!path.join("creating").exists());
    // Nothing is removed from an archive that lost its manifest.
    let (_, named) = write(&folder, "a.wcy");
    folder.commit(&lock, b"a", &named).unwrap();
    fs::remove_file(path.join("manifest")).unwrap();
    let expected = "manifest is missing; copy the archive from a backup, or build it again from the articles";
    assert_eq!(without_folder(&folder.create().unwrap_err()), expected);
    assert_eq!(without_folder(&folder.read_manifest().unwrap_err()), expected);
}

#[test]
fn a_folder_that_cannot_be_created_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, b"").unwrap();
    for path in [dir.path().join("no/archive"), file.join("archive")] {
        let error = folder(&path).create().unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}: the folder cannot be written: ", path.display())), "{error}");
    }
    folder(&file).create().unwrap_err();
    folder(&file).read_manifest().unwrap_err();
}
