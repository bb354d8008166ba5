//! The memory that a run may take changes where articles are kept, and not a byte of what is said of them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use wirecopy::report::{Listed, Offsets};
use wirecopy::write::{JsonLines, ReportFormat as _};
use wirecopy::{Detector, Findings, Input, ReadOptions, Reader, Settings};

const STORIES: usize = 200;
const SITES: usize = 24;
const LEAST: u64 = 64 << 20;

/// Gives one number after another, the same each time.
struct Numbers(u64);

impl Numbers {
    /// Gives the next, below `end`.
    fn next(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn words(&mut self, count: usize) -> Vec<String> {
        let syllables = ["ba", "é", "li", "mó", "nu", "ri", "şa", "to", "vu", "ze"];
        let mut word = || (0..4).map(|_| syllables[self.next(syllables.len())]).collect::<String>();
        (0..count).map(|_| word()).collect()
    }
}

/// Writes records: stories on one to four sites, each with the site's footer; copies have lost their end, some words
/// are others, or they stand behind another story.
fn pile() -> String {
    let mut numbers = Numbers(1);
    let footers: Vec<String> = (0..SITES).map(|_| numbers.words(25).join(" ")).collect();
    let mut out = String::new();
    let mut before = numbers.words(400);
    for story in 0..STORIES {
        let length = 250 + numbers.next(250);
        let words = numbers.words(length);
        for copy in 0..1 + numbers.next(4) {
            let mut words = words.clone();
            match numbers.next(4) {
                0 if copy > 0 => words.truncate(words.len() / 2),
                1 if copy > 0 => words = [before.as_slice(), &words].concat(),
                2 if copy > 0 => {
                    for place in (7..words.len()).step_by(40) {
                        words[place] = numbers.words(1).concat();
                    }
                }
                _ => {}
            }
            let site = numbers.next(SITES);
            let (text, footer) = (words.join(" "), &footers[site]);
            let day = 1 + numbers.next(28);
            writeln!(
                out,
                r#"{{"id": "{story}-{copy}", "site": "site{site}.example", "date": "2031-03-{day:02}", "title": "Story {story}", "text": "{text} {footer}"}}"#
            )
            .unwrap();
        }
        before = words;
    }
    out
}

fn findings(records: &str, memory: u64, folder: &Path) -> Findings {
    let settings =
        Settings { memory, keep_texts: true, temp_dir: Some(folder.to_owned()), ..Settings::default() };
    let mut detector = Detector::new(settings).unwrap();
    let input = Input::reader("pile.jsonl", Cursor::new(records.as_bytes().to_vec()));
    detector.read(Reader::new(vec![input], ReadOptions::default()), &(), Err).unwrap();
    detector.finish(&()).unwrap()
}

/// Writes all that is found as JSON Lines: clusters, then pairs.
fn report(findings: &Findings) -> String {
    let corpus = findings.corpus();
    let format = JsonLines { offsets: Offsets::Bytes, boilerplate: true };
    let clusters: Vec<_> = findings.clusters().iter().collect();
    let mut pairs = findings.pairs(Listed::All);
    let mut out = Vec::new();
    format.clusters(corpus, &clusters, &mut out).unwrap();
    format.pairs(corpus, &mut pairs, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_least_memory_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let records = pile();
    let [held, filed] = [8 << 30, LEAST].map(|memory| findings(&records, memory, folder.path()));
    let bytes = [&held, &filed].map(|findings| findings.corpus().filed());
    assert!(bytes[0] < bytes[1], "of {} bytes of records {bytes:?} are filed", records.len());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "files have no name");
    assert!(held.counts().masked > STORIES / 2 && held.clusters().len() > STORIES / 2);
    assert_eq!(held.counts(), filed.counts());
    assert!(report(&held) == report(&filed), "the reports are equal");
}
