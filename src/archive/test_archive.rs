//! Makes up small archives for tests.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::archive::Archive;
use super::purpose::Purpose;
use super::snapshot::Snapshot;
use crate::article::Article;
use crate::detect::Detector;
use crate::settings::Settings;

/// The number of words of a paragraph.
const WORDS: u32 = 30;
/// The number of different sites.
const SITES: usize = 6;

/// Returns a text of the paragraphs with these numbers. Two different paragraphs share no word.
pub(super) fn text(paragraphs: &[u32]) -> String {
    let word = |number: u32| -> String {
        (0..4).map(|digit| char::from(b'b' + (number / 20_u32.pow(digit) % 20) as u8)).collect()
    };
    let words =
        paragraphs.iter().flat_map(|paragraph| (0..WORDS).map(move |index| paragraph * WORDS + index));
    words.map(word).collect::<Vec<_>>().join(" ")
}

/// Creates an archive of the articles that have these paragraphs, with their numbers as keys, on several sites; in batches
/// of a few. The folder lives as long as the first value.
pub(super) fn archive(articles: &[Vec<u32>]) -> (tempfile::TempDir, Arc<Snapshot>) {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::create(&folder.path().join("archive"), &Settings::default(), false).unwrap();
    let numbered: Vec<(usize, &Vec<u32>)> = articles.iter().enumerate().collect();
    for batch in numbered.chunks(5) {
        let mut detector = Detector::new(Settings::default()).unwrap();
        for (number, paragraphs) in batch {
            let mut article = Article::new(number.to_string(), text(paragraphs));
            article.site = Some(format!("site{}.example", number % SITES));
            detector.add(article).unwrap();
        }
        let mut writer = archive.write().unwrap();
        let (findings, plan) = writer.find(detector, Purpose::Stories, 1, &()).unwrap();
        writer.remember(&findings, &plan, &BTreeSet::new()).unwrap();
    }
    (folder, archive.snapshot())
}
