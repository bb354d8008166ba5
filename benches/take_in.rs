//! Measures the stages of reading stories of the fixtures: records to articles, tokens by script, shingles,
//! signatures, fingerprints, and all of these together.
//!
//!     cargo bench --bench take_in
//!
//! Each stage processes a megabyte, and its result is checked.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark may panic, and has no public documentation"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wirecopy::shingle::shingle;
use wirecopy::sketch::{MinHasher, Winnower};
use wirecopy::text::{Tokens, tokenize};
use wirecopy::{Input, ReadOptions, Reader};

const BYTES: usize = 1 << 20;
const SHINGLE: usize = 5;
const WINDOW: usize = 8;
const VALUES: usize = 128;

const STORIES: [(&str, &str); 12] = [
    ("English", include_str!("../fixtures/stories/tunnel.txt")),
    ("German", include_str!("../fixtures/stories/de-sunday.txt")),
    ("Vietnamese", include_str!("../fixtures/stories/vi-market.txt")),
    ("Russian", include_str!("../fixtures/stories/ru-observatory.txt")),
    ("Greek", include_str!("../fixtures/stories/el-doctor.txt")),
    ("Arabic", include_str!("../fixtures/stories/ar-library.txt")),
    ("Persian", include_str!("../fixtures/stories/fa-bridge.txt")),
    ("Hindi", include_str!("../fixtures/stories/hi-canal.txt")),
    ("Korean", include_str!("../fixtures/stories/ko-ferry.txt")),
    ("Chinese", include_str!("../fixtures/stories/zh-bridge.txt")),
    ("Japanese", include_str!("../fixtures/stories/ja-bathhouse.txt")),
    ("Thai", include_str!("../fixtures/stories/th-market.txt")),
];

fn tokens_of(text: &str) -> Tokens {
    let mut tokens = Tokens::new();
    tokenize(text, &mut tokens);
    tokens
}

/// Repeats a story to about a megabyte. Returns the text and the number of repetitions.
fn repeated(story: &str) -> (String, usize) {
    let count = BYTES.div_ceil(story.len() + 1);
    (format!("{story}\n").repeat(count), count)
}

/// Returns about a megabyte of JSON Lines, in which each record is the story.
fn records_of(story: &str) -> String {
    let (mut lines, text) = (String::new(), serde_json::to_string(story).unwrap());
    for number in 0..BYTES.div_ceil(story.len()) {
        writeln!(lines, "{{\"id\": {number}, \"url\": \"https://a.example/{number}\", \"text\": {text}}}")
            .unwrap();
    }
    lines
}

/// Reads records and calls `visit` with the text of each. Returns their number.
fn read(lines: &str, mut visit: impl FnMut(&str)) -> usize {
    let input = Input::reader("made.jsonl", std::io::Cursor::new(lines.as_bytes().to_vec()));
    let mut reader = Reader::new(vec![input], ReadOptions::default());
    let mut count = 0;
    while let Some(batch) = reader.next_batch().unwrap() {
        for index in 0..batch.len() {
            visit(&batch.article(index).unwrap().text);
            count += 1;
        }
    }
    count
}

fn parse(criterion: &mut Criterion) {
    let lines = records_of(STORIES[0].1);
    let parsed = |lines: &str| read(lines, |text| assert_eq!(black_box(text).len(), STORIES[0].1.len()));
    assert_eq!(parsed(&lines), lines.lines().count());
    let mut group = criterion.benchmark_group("parse");
    group.throughput(Throughput::Bytes(lines.len() as u64));
    group.bench_function("JSON Lines", |bencher| bencher.iter(|| parsed(black_box(&lines))));
    group.finish();
}

/// Measures all stages, from records to their signatures and fingerprints.
fn all(criterion: &mut Criterion) {
    let hasher = MinHasher::new(VALUES);
    let (mut tokens, mut shingles, mut signature, mut chosen) =
        (Tokens::new(), Vec::new(), Vec::new(), Vec::new());
    let mut winnower = Winnower::default();
    let mut group = criterion.benchmark_group("JSON Lines to signatures and fingerprints");
    for (script, story) in STORIES {
        let lines = records_of(story);
        let mut sketch = |lines: &str| {
            chosen.clear();
            read(lines, |text| {
                tokenize(text, &mut tokens);
                shingle(tokens.tokens(), SHINGLE, &mut shingles);
                hasher.sign(&shingles, &mut signature);
                winnower.winnow(&shingles, WINDOW, |position| chosen.push(shingles[position]));
                black_box((&signature, &chosen));
            })
        };
        assert_eq!(sketch(&lines), lines.lines().count(), "{script}");
        group.throughput(Throughput::Bytes(lines.len() as u64));
        group.bench_function(script, |bencher| bencher.iter(|| sketch(black_box(&lines))));
    }
    group.finish();
}

fn tokens(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("tokenize");
    for (script, story) in STORIES {
        let (text, count) = repeated(story);
        assert_eq!(tokens_of(&text).tokens(), tokens_of(story).tokens().repeat(count), "{script}");
        group.throughput(Throughput::Bytes(text.len() as u64));
        let mut tokens = Tokens::new();
        group.bench_function(script, |bencher| bencher.iter(|| tokenize(black_box(&text), &mut tokens)));
    }
    group.finish();
}

fn sketches(criterion: &mut Criterion) {
    let (text, count) = repeated(STORIES[0].1);
    let (all, one) = (tokens_of(&text), tokens_of(STORIES[0].1));
    let mut group = criterion.benchmark_group("sketch");
    group.throughput(Throughput::Bytes(text.len() as u64));

    let mut shingles = Vec::new();
    shingle(all.tokens(), SHINGLE, &mut shingles);
    assert_eq!(shingles.len(), one.tokens().len() * count + 1 - SHINGLE);
    assert_eq!(shingles[0], shingles[one.tokens().len()]);
    let mut out = Vec::new();
    group.bench_function("shingle", |bencher| {
        bencher.iter(|| shingle(black_box(all.tokens()), SHINGLE, &mut out));
    });

    let hasher = MinHasher::new(VALUES);
    let (mut signature, mut once) = (Vec::new(), Vec::new());
    hasher.sign(&shingles, &mut signature);
    hasher.sign(&shingles[..one.tokens().len()], &mut once);
    assert_eq!(signature, once, "repetition adds no shingle");
    group
        .bench_function("sign", |bencher| bencher.iter(|| hasher.sign(black_box(&shingles), &mut signature)));

    let (mut chosen, mut winnower) = (Vec::new(), Winnower::default());
    winnower.winnow(&shingles, WINDOW, |position| chosen.push(position));
    assert!(chosen.windows(2).all(|pair| pair[0] < pair[1] && pair[1] - pair[0] <= WINDOW));
    group.bench_function("winnow", |bencher| {
        bencher.iter(|| {
            chosen.clear();
            winnower.winnow(black_box(&shingles), WINDOW, |position| chosen.push(position));
        });
    });
    group.finish();
}

criterion_group!(stages, parse, tokens, sketches, all);
criterion_main!(stages);
