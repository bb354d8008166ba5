//! Duplicates are removed because of articles that were kept, and only of these.

use std::collections::BTreeSet;

use wirecopy::archive::{Archive, Purpose};
use wirecopy::{Article, Detector, Settings};

use crate::{add, article, new_archive};

/// Removes the duplicates of a batch. Returns the keys of the articles that stay.
fn dedup(archive: &Archive, articles: &[Article<'static>], seen: i64) -> Vec<String> {
    let mut detector = Detector::new(Settings::default()).unwrap();
    articles.iter().for_each(|article| detector.add(article.clone()).unwrap());
    let mut writer = archive.write().unwrap();
    let (findings, plan) = writer.find(detector, Purpose::Removal, seen, &()).unwrap();
    let removed: BTreeSet<_> = findings.removals().iter().map(|removal| removal.id).collect();
    writer.remember(&findings, &plan, &removed).unwrap();
    let corpus = findings.corpus();
    let kept = corpus.ids().filter(|&id| !corpus.is_reference(id) && !removed.contains(&id));
    kept.map(|id| findings.key(id).to_owned()).collect()
}

#[test]
fn a_later_copy_of_an_article_that_was_kept_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    assert_eq!(dedup(&archive, &[article("a", &[1, 2]), article("b", &[5])], 1), ["a", "b"]);
    assert_eq!(
        dedup(&archive, &[article("c", &[2, 3]), article("d", &[1]), article("e", &[6])], 2),
        ["c", "e"]
    );
    assert_eq!(archive.snapshot().info().not_kept, 1);
    // The article of which it is a copy is there, so that it stays away.
    assert_eq!(dedup(&archive, &[article("f", &[1])], 3), [""; 0]);
}

#[test]
fn an_article_that_was_removed_is_no_reason_to_remove_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    dedup(&archive, &[article("a", &[1, 2])], 1);
    assert_eq!(dedup(&archive, &[article("b", &[1])], 2), [""; 0]);
    archive.write().unwrap().remove(&["a"], 3).unwrap();
    assert_eq!(dedup(&archive, &[article("c", &[1])], 4), ["c"]);
    assert_eq!(dedup(&archive, &[article("d", &[1])], 5), [""; 0]);
    archive.write().unwrap().compact(Settings::default(), 6, &()).unwrap();
    assert_eq!(archive.snapshot().info().not_kept, 2);
    archive.write().unwrap().remove(&["c"], 7).unwrap();
    assert_eq!(dedup(&archive, &[article("e", &[1])], 8), ["e"]);
}

#[test]
fn a_second_run_of_a_batch_keeps_what_the_first_kept() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    dedup(&archive, &[article("old", &[1, 2, 3])], 1);
    let batch = [
        article("a", &[1, 2]),
        article("b", &[4, 5]),
        article("c", &[4, 5]),
        article("d", &[4, 5, 6]),
        article("e", &[7]),
    ];
    let kept = dedup(&archive, &batch, 2);
    assert_eq!(kept, ["d", "e"]);
    let info = archive.snapshot().info();
    for day in 3..5 {
        assert_eq!(dedup(&archive, &batch, day), kept);
        assert_eq!(archive.snapshot().info(), info);
    }
    // A part of it, in another order.
    let (part, others) = ([batch[4].clone(), batch[3].clone(), batch[1].clone()], ["d", "e"]);
    assert_eq!(dedup(&archive, &part, 6), others);
    // An article that is revised is judged anew.
    assert_eq!(dedup(&archive, &[article("c", &[8, 9])], 7), ["c"]);
    assert_eq!(archive.snapshot().info().not_kept, info.not_kept - 1);
}

#[test]
fn only_dedup_decides_what_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    let batch = [article("a", &[1, 2]), article("b", &[1]), article("c", &[3])];
    add(&archive, &batch, 1);
    assert_eq!(dedup(&archive, &batch, 2), ["a", "c"]);
    let info = archive.snapshot().info();
    assert_eq!(info.not_kept, 1);
    // Finding stories decides nothing about what was removed, and nothing about what stays.
    add(&archive, &batch, 3);
    assert_eq!(archive.snapshot().info(), info);
    assert_eq!(dedup(&archive, &batch, 4), ["a", "c"]);
}
