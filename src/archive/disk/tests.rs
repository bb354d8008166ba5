//! Tests of the files of an archive as a whole: what is read back, damage, failures, several processes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

fn folder(path: &Path) -> Folder {
    Folder::new(path, Arc::new(RealFileSystem))
}

/// Writes postings into a file of a new folder, and opens them.
fn postings(list: &BTreeSet<(u32, u32)>) -> (TempDir, Postings) {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let mut file = folder.writer("a.wcy").unwrap();
    let mut writer = PostingsWriter::new(&mut file, [3, 4]);
    for &(value, row) in list {
        writer.push(value, row).unwrap();
        writer.push(value, row).unwrap();
    }
    writer.finish().unwrap();
    let entry = file.finish().unwrap();
    let postings = Postings::open(Arc::new(folder.open(&entry).unwrap()), [3, 4]).unwrap();
    (dir, postings)
}

/// Compares postings with a set of pairs.
fn check_postings(list: &BTreeSet<(u32, u32)>, wanted: &BTreeSet<u32>) {
    let (_dir, postings) = postings(list);
    assert_eq!(postings.len(), list.len() as u64);
    let mut all = Vec::new();
    postings.for_each(|value, row| all.push((value, row))).unwrap();
    assert!(all.iter().eq(list));

    let mut expected: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &(value, row) in list.iter().filter(|(value, _)| wanted.contains(value)) {
        expected.entry(value).or_default().push(row);
    }
    let mut found = Vec::new();
    let wanted: Vec<u32> = wanted.iter().copied().collect();
    postings.for_each_list(&wanted, |value, rows| found.push((value, rows.to_vec()))).unwrap();
    assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn postings_are_those_of_a_set(
        bits in 1..33_u32,
        rows in 1..33_u32,
        list in prop::collection::vec(any::<(u32, u32)>(), 0..6000),
        wanted in prop::collection::vec(any::<u32>(), 0..300),
        every in 1..2000_usize,
    ) {
        let list: BTreeSet<(u32, u32)> =
            list.into_iter().map(|(value, row)| (value >> (32 - bits), row >> (32 - rows))).collect();
        let mut wanted: BTreeSet<u32> = wanted.into_iter().map(|value| value >> (32 - bits)).collect();
        wanted.extend(list.iter().step_by(every).map(|&(value, _)| value));
        check_postings(&list, &wanted);
    }
}

#[test]
fn lists_continue_in_the_next_block() {
    let mut list: BTreeSet<(u32, u32)> = (0..200_000).map(|row| (7, row * 3)).collect();
    list.extend((0..1000).map(|row| (6, row)));
    list.extend((0..100_000).map(|value| (8 + value, u32::MAX - value)));
    list.extend([(0, 0), (u32::MAX, 0), (u32::MAX, u32::MAX)]);
    check_postings(&list, &BTreeSet::from([7]));
    check_postings(&list, &BTreeSet::from([5, 6, 7, 8, 60_000, u32::MAX]));
    check_postings(&list, &list.iter().map(|&(value, _)| value).collect());
    check_postings(&BTreeSet::new(), &BTreeSet::from([7]));
}
