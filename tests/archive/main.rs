//! Tests of the archive: what it finds is what one run finds, and nothing that was committed is lost.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod changes;
mod equality;
mod format;
mod killed;
mod removal;
mod stories;
mod templates;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use wirecopy::archive::{Archive, Purpose, Remembered};
use wirecopy::{Article, Detector, Findings, Settings};

/// A story: the keys of its articles.
type Keys = BTreeSet<String>;

/// Adds articles to an archive at a time, and returns what changed and what was found.
fn add(archive: &Archive, articles: &[Article<'static>], seen: i64) -> (Remembered, Findings) {
    add_with(archive, articles, Settings::default(), seen)
}

/// Adds articles to an archive at a time by settings.
fn add_with(
    archive: &Archive,
    articles: &[Article<'static>],
    settings: Settings,
    seen: i64,
) -> (Remembered, Findings) {
    let mut detector = Detector::new(settings).unwrap();
    articles.iter().for_each(|article| detector.add(article.clone()).unwrap());
    let mut writer = archive.write().unwrap();
    let (findings, plan) = writer.find(detector, Purpose::Stories, seen, &()).unwrap();
    (writer.remember(&findings, &plan, &BTreeSet::new()).unwrap(), findings)
}

/// Returns the stories of findings, by id.
fn stories(findings: &Findings) -> BTreeMap<String, Keys> {
    let mut stories: BTreeMap<String, Keys> = BTreeMap::new();
    for cluster in findings.clusters() {
        let keys = cluster.members.iter().map(|member| findings.key(member.id).to_owned());
        stories.entry(cluster.story_id.to_string()).or_default().extend(keys);
    }
    stories
}

/// Returns the clusters of findings, each with its representative and all that is said about its members.
fn clusters(findings: &Findings) -> BTreeSet<String> {
    let shown = |cluster: wirecopy::cluster::Cluster| {
        let member = |member: &wirecopy::cluster::Member| {
            format!(
                "{} {:?} {:?} {:?}",
                findings.key(member.id),
                member.relation,
                cluster.passages_of(member),
                member.coverage
            )
        };
        let mut members: Vec<String> = cluster.members.iter().map(member).collect();
        members[1..].sort_unstable();
        members.join("\n")
    };
    findings.clusters().iter().map(shown).collect()
}

fn new_archive(path: &Path) -> Archive {
    Archive::create(path, &Settings::default(), false).unwrap()
}

/// Returns a text of the paragraphs with these numbers, of 40 words each. Two different paragraphs share no word.
fn text(paragraphs: &[u32]) -> String {
    let word = |number: u32| -> String {
        (0..4).map(|digit| char::from(b'b' + (number / 20_u32.pow(digit) % 20) as u8)).collect()
    };
    let words = paragraphs.iter().flat_map(|paragraph| (0..40).map(move |index| paragraph * 40 + index));
    words.map(word).collect::<Vec<_>>().join(" ")
}

/// Returns an article with these paragraphs.
fn article(key: &str, paragraphs: &[u32]) -> Article<'static> {
    Article::new(key, text(paragraphs))
}

/// Returns of each article of an archive its key and the ids of its stories.
fn story_ids(archive: &Archive) -> BTreeMap<String, Vec<String>> {
    let mut out = BTreeMap::new();
    let visit = |article: &wirecopy::archive::ArchivedArticle<'_>| {
        let ids = article.story_ids.iter().map(ToString::to_string).collect();
        assert_eq!(out.insert(article.key.to_owned(), ids), None, "{} is there twice", article.key);
        Ok::<(), wirecopy::Error>(())
    };
    archive.snapshot().for_each_article(visit).unwrap();
    out
}
