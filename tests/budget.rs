//! Checks that the memory budget of a run decides only where articles are stored, and changes no byte of the
//! report.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use wirecopy::cluster::ListedClusters;
use wirecopy::report::{Listed, Offsets};
use wirecopy::write::{JsonLines, ReportFormat as _};
use wirecopy::{Detector, Findings, Input, ReadOptions, Reader, Settings};

const STORIES: usize = 200;
const SITES: usize = 24;
const SMALLEST_BUDGET: u64 = 64 << 20;

/// Generates the same pseudo-random numbers each time.
struct Numbers(u64);

impl Numbers {
    /// Returns the next number, below `end`.
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

/// Returns records of stories, each on one to four sites with the footer of the site. Some copies are truncated,
/// have other words, or follow another story.
fn collection() -> String {
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
                    for index in (7..words.len()).step_by(40) {
                        words[index] = numbers.words(1).concat();
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
    let settings = Settings::with(|settings| {
        settings.memory = memory;
        settings.keep_texts = true;
        settings.temp_dir = Some(folder.to_owned());
    });
    let mut detector = Detector::new(settings).unwrap();
    let input = Input::reader("made.jsonl", Cursor::new(records.as_bytes().to_vec()));
    detector.read(Reader::new(vec![input], ReadOptions::default()), &(), Err).unwrap();
    detector.finish(&()).unwrap()
}

/// Returns all findings as JSON Lines: clusters, then pairs.
fn report(findings: &Findings) -> String {
    let corpus = findings.corpus();
    let format = JsonLines { offsets: Offsets::Bytes, boilerplate: true };
    let clusters = ListedClusters::all(findings.clusters());
    let mut pairs = findings.pairs(Listed::All);
    let mut out = Vec::new();
    format.clusters(corpus, &clusters, &mut out).unwrap();
    format.pairs(corpus, &mut pairs, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_smallest_budget_has_the_same_report() {
    let folder = tempfile::tempdir().unwrap();
    let records = collection();
    let [in_memory, in_files] =
        [8 << 30, SMALLEST_BUDGET].map(|memory| findings(&records, memory, folder.path()));
    let bytes = [&in_memory, &in_files].map(|findings| findings.corpus().filed());
    assert!(bytes[0] < bytes[1], "of {} bytes of records, {bytes:?} are in files", records.len());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "temporary files have no names");
    assert!(in_memory.counts().masked > STORIES / 2 && in_memory.clusters().len() > STORIES / 2);
    assert_eq!(in_memory.counts(), in_files.counts());
    assert!(report(&in_memory) == report(&in_files), "the reports are equal");
}
