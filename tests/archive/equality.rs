//! What an archive finds is what one run finds.

use wirecopy::read::{ReadOptions, Reader};
use wirecopy::{Article, Detector, Settings, find_copies, find_inputs};

use crate::{add, clusters, new_archive, stories};

/// The articles of the fixtures, each key once, in an order that mixes stories and sites.
fn fixture_articles() -> Vec<Article<'static>> {
    let inputs = find_inputs(&["fixtures/articles.jsonl".into()]).unwrap();
    let mut reader = Reader::new(inputs, ReadOptions::default());
    let mut articles = Vec::new();
    while let Some(batch) = reader.next_batch().unwrap() {
        articles.extend((0..batch.len()).map(|index| batch.article(index).unwrap().into_owned()));
    }
    articles.sort_by(|one, other| one.key.cmp(&other.key));
    articles.dedup_by(|one, other| one.key == other.key);
    articles.sort_by_key(|article| article.text.len() % 7);
    articles
}

#[test]
fn a_compacted_archive_has_the_clusters_of_one_run() {
    let articles = fixture_articles();
    let whole = find_copies(articles.clone(), Settings::default()).unwrap();
    for batches in [1, 2, 5, articles.len()] {
        let folder = tempfile::tempdir().unwrap();
        let archive = new_archive(&folder.path().join("archive"));
        for (day, batch) in (1..).zip(articles.chunks(articles.len().div_ceil(batches))) {
            let (changed, _) = add(&archive, batch, day);
            assert_eq!((changed.added, changed.same), (batch.len(), 0));
        }
        let before = archive.snapshot().stories(Settings::default(), &()).unwrap();
        assert_eq!(clusters(&before), clusters(&whole), "{batches} batches");
        archive.write().unwrap().compact(Settings::default(), 100, &()).unwrap();
        archive.snapshot().check().unwrap();
        let after = archive.snapshot().stories(Settings::default(), &()).unwrap();
        assert_eq!(clusters(&after), clusters(&whole), "{batches} batches");
        assert_eq!(stories(&before), stories(&after));
    }
}

#[test]
fn an_archive_has_the_templates_of_one_run() {
    let articles = fixture_articles();
    let written = |found: wirecopy::detect::SiteTemplates| -> Vec<String> {
        found.records().map(|record| serde_json::to_string(&record).unwrap()).collect()
    };
    let mut detector = Detector::new(Settings::default()).unwrap();
    articles.iter().for_each(|article| detector.add(article.clone()).unwrap());
    let expected = written(detector.templates(&()).unwrap());
    assert!(expected.len() > 2);
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    for (day, batch) in (1..).zip(articles.chunks(20)) {
        add(&archive, batch, day);
    }
    let found = archive.snapshot().templates(Settings::default(), &()).unwrap();
    assert_eq!(written(found), expected);
}

#[test]
fn a_batch_that_comes_again_changes_nothing() {
    let articles = fixture_articles();
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    let (first, second) = articles.split_at(articles.len() / 2);
    let (_, found) = add(&archive, first, 1);
    let (_, found_second) = add(&archive, second, 2);
    let events = archive.snapshot().events().unwrap();
    for (batch, found) in [(second, found_second), (first, found)] {
        let (changed, again) = add(&archive, batch, 3);
        assert_eq!((changed.added, changed.same, changed.revised), (0, batch.len(), 0));
        if batch == second {
            assert_eq!(stories(&again), stories(&found));
        }
        assert_eq!(archive.snapshot().events().unwrap(), events);
    }
}

#[test]
fn articles_of_the_archive_are_found_without_remembering_new_ones() {
    let articles = fixture_articles();
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    let (old, new) = articles.split_at(articles.len() / 2);
    add(&archive, old, 1);
    let mut detector = Detector::new(Settings::default()).unwrap();
    let mut by_file = Detector::new(Settings::default()).unwrap();
    for article in new {
        detector.add(article.clone()).unwrap();
        by_file.add(article.clone()).unwrap();
    }
    old.iter().for_each(|article| by_file.add_reference(article.clone()).unwrap());
    let found = archive.snapshot().find(detector, &()).unwrap();
    assert_eq!(clusters(&found), clusters(&by_file.finish(&()).unwrap()));
    assert_eq!(archive.snapshot().len(), old.len());
}

/// A site that prints a story of others on many pages repeats it around different stories. It is hidden by that neither when it
/// comes nor when an article is looked up.
#[test]
fn a_story_that_a_site_repeats_is_found_by_the_article() {
    let on = |site: &str, key: &str, paragraphs: &[u32]| {
        let mut article = crate::article(key, paragraphs);
        article.site = Some(site.to_owned());
        article
    };
    let story = [1, 2, 3, 4];
    let pages = (0..8).map(|page| {
        let own: Vec<u32> = (0..4).map(|index| 100 + 10 * page + index).collect();
        on("copies.example", &format!("page {page}"), &[&story[..], &own].concat())
    });
    let others = (0..8).map(|page| on("other.example", &format!("other {page}"), &[500 + page, 600 + page]));
    let old: Vec<Article<'static>> = pages.chain(others).collect();
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    add(&archive, &old, 1);
    for site in ["origin.example", "copies.example"] {
        let new = on(site, "new", &story);
        let mut detector = Detector::new(Settings::default()).unwrap();
        detector.add(new.clone()).unwrap();
        let mut by_file = Detector::new(Settings::default()).unwrap();
        by_file.add(new).unwrap();
        old.iter().for_each(|article| by_file.add_reference(article.clone()).unwrap());
        let found = archive.snapshot().find(detector, &()).unwrap();
        assert_eq!(clusters(&found), clusters(&by_file.finish(&()).unwrap()), "{site}");
        assert_eq!(found.clusters().len(), usize::from(site == "origin.example"), "{site}");
    }
}
