//! Measures a whole run on a made-up corpus, and each stage of it.
//!
//!     cargo bench --bench whole
//!
//! Before anything is measured, the result is compared with the truth of the corpus. A stage is timed within whole
//! runs, so the caches are in the state in which the stages before it leave them.

// A benchmark is not part of the library, and stops at the first error.
#![allow(clippy::unwrap_used, reason = "a benchmark may panic")]

#[allow(unused, reason = "the tests of the generator run with it, not here")]
#[path = "generate/corpus/mod.rs"]
mod corpus;

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput};
use rayon::ThreadPoolBuilder;
use wirecopy::progress::{Progress, Stage};
use wirecopy::{Detector, Findings, ReadOptions, Reader, Settings, find_inputs};

/// About 20 MB.
const ARTICLES: u64 = 5500;
const SEED: u64 = 1;

const STAGES: [(&str, Stage); 5] = [
    ("reading", Stage::Reading),
    ("masking", Stage::Masking),
    ("indexing", Stage::Indexing),
    ("verifying", Stage::Verifying),
    ("clustering", Stage::Clustering),
];

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corpus.jsonl");
    corpus::write(ARTICLES, SEED, &mut BufWriter::new(File::create(&path).unwrap())).unwrap();
    check(&path, &run(&path, &()));

    let mut criterion = Criterion::default().configure_from_args();
    let bytes = fs::metadata(&path).unwrap().len();
    let all = ThreadPoolBuilder::new().build().unwrap();
    let one = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    for (unit, throughput) in
        [("bytes", Throughput::Bytes(bytes)), ("articles", Throughput::Elements(ARTICLES))]
    {
        let mut group = criterion.benchmark_group(format!("whole run, {unit}"));
        group.sample_size(10).sampling_mode(SamplingMode::Flat).throughput(throughput);
        group.bench_function("one thread", |bencher| one.install(|| bencher.iter(|| run(&path, &()))));
        group.bench_function("a thread a core", |bencher| all.install(|| bencher.iter(|| run(&path, &()))));
    }
    let mut group = criterion.benchmark_group("stage, one thread");
    group.sample_size(10).sampling_mode(SamplingMode::Flat).throughput(Throughput::Bytes(bytes));
    for (name, stage) in STAGES {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|runs| {
                let mut time = Duration::ZERO;
                for _ in 0..runs {
                    let progress = Stopwatch::default();
                    one.install(|| run(&path, &progress));
                    time += progress.time(stage);
                }
                time
            });
        });
    }
    group.finish();
    criterion.final_summary();
}

/// Finds the clusters of a file.
fn run(path: &Path, progress: &impl Progress) -> Findings {
    let inputs = find_inputs(&[PathBuf::from(path)]).unwrap();
    let mut detector = Detector::new(Settings::default()).unwrap();
    detector.read(Reader::new(inputs, ReadOptions::default()), progress, Err).unwrap();
    let findings = detector.finish(progress).expect("there is disk space for temporary files");
    // The end of the last stage.
    progress.stage(Stage::Reading, None);
    findings
}

/// Compares the clusters with the truth in the records.
fn check(path: &Path, findings: &Findings) {
    let mut copies: HashMap<u64, Vec<String>> = HashMap::new();
    let mut stories: HashMap<String, BTreeSet<u64>> = HashMap::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let key = record["id"].as_str().unwrap().to_owned();
        for story in record["stories"].as_array().unwrap() {
            let story = story.as_u64().unwrap();
            copies.entry(story).or_default().push(key.clone());
            stories.entry(key.clone()).or_default().insert(story);
        }
    }
    assert_eq!(findings.counts().articles as u64, ARTICLES);
    let (mut clustered, mut merged): (HashMap<u64, BTreeSet<String>>, usize) = Default::default();
    for cluster in findings.clusters() {
        let keys =
            || cluster.members.iter().map(|member| findings.corpus().header(member.id).key.to_string());
        let common = keys().map(|key| stories[&key].clone()).reduce(|left, right| &left & &right).unwrap();
        merged += usize::from(common.is_empty());
        for story in common {
            clustered.entry(story).or_default().extend(keys());
        }
    }
    // Two days of one form may share a cluster if their site has hardly any other page: most of their text is then
    // the menu and the footer of the site.
    assert!(
        merged * 100 <= findings.clusters().len(),
        "the members of {merged} clusters have no common story"
    );
    copies.retain(|_, keys| keys.len() > 1);
    let all: usize = copies.values().map(Vec::len).sum();
    let found: usize = clustered.values().map(BTreeSet::len).sum();
    assert!(found * 100 >= all * 98, "{found} of {all} copies are in a cluster of their story");
}

/// Records the time at which each stage begins.
#[derive(Default)]
struct Stopwatch(Mutex<Vec<(Stage, Instant)>>);

impl Progress for Stopwatch {
    fn stage(&self, stage: Stage, _: Option<u64>) {
        self.0.lock().unwrap().push((stage, Instant::now()));
    }

    fn advance(&self, _: u64) {}
}

impl Stopwatch {
    fn time(&self, stage: Stage) -> Duration {
        let marks = self.0.lock().unwrap();
        marks.windows(2).filter(|pair| pair[0].0 == stage).map(|pair| pair[1].1 - pair[0].1).sum()
    }
}
