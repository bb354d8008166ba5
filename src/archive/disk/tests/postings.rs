//! Postings against sets of pairs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use tempfile::TempDir;

use super::super::{Postings, PostingsWriter};
use super::folder;

/// Writes postings, each twice, into a file of a new folder, and opens them.
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
fn check(list: &BTreeSet<(u32, u32)>, wanted: &BTreeSet<u32>) {
    let (_dir, postings) = postings(list);
    let mut cursor = postings.cursor();
    let mut expected = list.iter().copied();
    while let Some(posting) = cursor.next().unwrap() {
        assert_eq!(Some(posting), expected.next());
    }
    assert_eq!((expected.next(), cursor.next().unwrap()), (None, None));

    let mut expected: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &(value, row) in list.iter().filter(|(value, _)| wanted.contains(value)) {
        expected.entry(value).or_default().push(row);
    }
    let mut found = Vec::new();
    let wanted: Vec<u32> = wanted.iter().copied().collect();
    postings.for_each_list(&wanted, |value, rows| found.push((value, rows.to_vec()))).unwrap();
    assert_eq!(found, expected.clone().into_iter().collect::<Vec<_>>());
    let is_wanted = |row: u32| row % 3 != 1;
    for most in [1, 2, 300, 1000] {
        let mut found = Vec::new();
        let visit = |value, rows: &[u32]| found.push((value, rows.to_vec()));
        postings.for_each_list_of_some(&wanted, is_wanted, most, visit).unwrap();
        let first = |rows: &Vec<u32>| rows.iter().copied().filter(|&row| is_wanted(row)).take(most).collect();
        let some = expected.iter().map(|(&value, rows)| (value, first(rows)));
        assert_eq!(found, some.filter(|(_, rows): &(u32, Vec<u32>)| !rows.is_empty()).collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

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
        check(&list, &wanted);
    }
}

#[test]
fn lists_continue_in_the_next_blocks() {
    let mut list: BTreeSet<(u32, u32)> = (0..100_000).map(|row| (7, row * 3)).collect();
    list.extend((0..1000).map(|row| (6, row)));
    list.extend((0..100_000).map(|value| (8 + value, u32::MAX - value)));
    list.extend([(0, 0), (u32::MAX, 0), (u32::MAX, u32::MAX)]);
    check(&list, &BTreeSet::from([7]));
    check(&list, &BTreeSet::from([5, 6, 7, 8, 60_000, u32::MAX]));
    check(&list, &list.iter().map(|&(value, _)| value).collect());
    check(&list, &(0..200_000).step_by(700).collect());
}

#[test]
fn no_postings_are_postings() {
    check(&BTreeSet::new(), &BTreeSet::from([7]));
    check(&BTreeSet::from([(0, 0)]), &BTreeSet::new());
    check(&BTreeSet::from([(u32::MAX, u32::MAX)]), &BTreeSet::from([0, u32::MAX]));
}

#[test]
fn sections_without_postings_are_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder(dir.path());
    let mut file = folder.writer("a.wcy").unwrap();
    file.block(1, b"no postings", false).unwrap();
    file.block(2, &1_u64.to_le_bytes(), false).unwrap();
    file.block(3, b"no postings", false).unwrap();
    file.block(4, &[1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0], false).unwrap();
    let file = Arc::new(folder.open(&file.finish().unwrap()).unwrap());
    for sections in [[0, 2], [1, 2], [2, 1], [1, 9]] {
        let error = Postings::open(Arc::clone(&file), sections).unwrap_err().to_string();
        assert!(error.contains(&format!("a.wcy is damaged: block 0 of section {} ", sections[1])), "{error}");
    }
    let postings = Postings::open(file, [3, 4]).unwrap();
    let error = postings.for_each_list(&[7], |_, _| {}).unwrap_err().to_string();
    assert!(error.contains("a.wcy is damaged: block 0 of section 3 "), "{error}");
    assert_eq!(postings.cursor().next().unwrap_err().to_string(), error);
}
