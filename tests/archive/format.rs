//! An archive of format 1, as it was written first, is read and goes on.
//!
//! `fixtures/archive-1` was made by these commands, from the first 60 and the other articles of `fixtures/articles.jsonl`:
//!
//!     wirecopy cluster --archive archive-1 --keep-texts --seen 2031-03-01 first.jsonl
//!     wirecopy dedup --archive archive-1 --seen 2031-03-02 -o kept.jsonl others.jsonl
//!     wirecopy archive remove archive-1 de-sunday-swiss

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use wirecopy::archive::{Archive, EventKind};
use wirecopy::{Article, Detector, Input, ReadOptions, Reader, Settings};

use super::{Keys, add, stories};

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Copies the archive, so that the test may change it.
fn copied(folder: &tempfile::TempDir) -> Archive {
    for file in fs::read_dir(fixtures().join("archive-1")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    Archive::open(folder.path()).unwrap()
}

#[test]
fn the_first_archive_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let archive = copied(&folder);
    let snapshot = archive.snapshot();
    snapshot.check().unwrap();
    assert!(snapshot.keeps_texts());
    let removed: Vec<String> = snapshot
        .events()
        .unwrap()
        .into_iter()
        .filter_map(|event| match event.what {
            EventKind::Removed { key } => Some(key),
            _ => None,
        })
        .collect();
    assert_eq!(removed.len(), 1);
    let mut texts = 0;
    let visit = |article: &wirecopy::archive::ArchivedArticle<'_>| {
        assert!(!removed.iter().any(|key| key == article.key));
        texts += usize::from(article.text.is_some());
        Ok::<(), wirecopy::Error>(())
    };
    snapshot.for_each_article(visit).unwrap();
    assert_eq!((texts, snapshot.len()), (100, 100));

    // The stories are those of one run over the articles that are left.
    let mut detector = Detector::new(Settings::default()).unwrap();
    let input = Input::file(fixtures().join("articles.jsonl"));
    detector.read(Reader::new(vec![input], ReadOptions::default()), &(), Err).unwrap();
    let whole = stories(&detector.finish(&()).unwrap());
    let without_removed = |mut keys: Keys| {
        keys.retain(|key| !removed.contains(key));
        keys
    };
    let expected: BTreeSet<Keys> =
        whole.into_values().map(without_removed).filter(|keys| keys.len() > 1).collect();
    let found = stories(&snapshot.stories(snapshot.settings(), &()).unwrap());
    assert_eq!(found.into_values().collect::<BTreeSet<Keys>>(), expected);
}

#[test]
fn the_first_archive_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let archive = copied(&folder);
    let mut copied = None;
    let visit = |article: &wirecopy::archive::ArchivedArticle<'_>| {
        if copied.is_none() && article.words > 100 {
            copied = article.text.map(|text| (article.key.to_owned(), text.to_owned()));
        }
        Ok::<(), wirecopy::Error>(())
    };
    archive.snapshot().for_each_article(visit).unwrap();
    let (key, text) = copied.unwrap();
    let (changed, found) = add(&archive, &[Article::new("a copy", text)], 1_930_000_000);
    assert_eq!((changed.added, archive.snapshot().len()), (1, 101));
    assert!(stories(&found).values().any(|keys| keys.contains(&key) && keys.contains("a copy")), "{key}");
    archive.write().unwrap().compact(archive.snapshot().settings(), 1_930_000_001, &()).unwrap();
    archive.snapshot().check().unwrap();
    assert_eq!(archive.snapshot().len(), 101);
}
