//! The same articles have the same findings with any memory budget.

use std::io::Cursor;

use super::Detector;
use crate::corpus::Corpus;
use crate::read::{Input, ReadOptions, Reader};
use crate::settings::Settings;
use crate::verify::Match;

/// Articles on many sites, with boilerplate on them.
const ARTICLES: &str = include_str!("../../fixtures/articles.jsonl");

/// Budgets with which all columns are in memory, nearly none, some, and most.
pub(crate) const BUDGETS: [u64; 4] = [2 << 30, 300, 50_000, 500_000];

/// Takes the articles in, with less memory than settings allow.
pub(crate) fn detector(memory: u64) -> Detector {
    let mut detector = Detector::new(Settings { keep_texts: true, ..Settings::default() }).unwrap();
    detector.intake.settings.memory = memory;
    let input = Input::reader("articles.jsonl", Cursor::new(ARTICLES));
    detector.read(Reader::new(vec![input], ReadOptions::default()), &(), Err).unwrap();
    detector
}

fn show_articles(corpus: &Corpus) -> String {
    let article = |id| (corpus.header(id), corpus.masked(id), corpus.spans(id), corpus.text(id));
    corpus.ids().map(|id| format!("{:?}\n", article(id))).collect()
}

/// Returns whether columns of a corpus are in files just if the budget is smaller than the corpus.
pub(crate) fn is_filed_as_allowed(corpus: &Corpus, memory: u64) -> bool {
    (corpus.filed() > 0) == (memory != BUDGETS[0])
}

#[test]
fn finds_the_same_with_any_budget() {
    let found = BUDGETS.map(|memory| {
        let findings = detector(memory).finish(&()).unwrap();
        let (corpus, counts) = (findings.corpus(), findings.counts());
        assert!(is_filed_as_allowed(corpus, memory), "{} bytes of {memory}", corpus.filed());
        assert!(counts.masked > 0 && counts.matches > 0, "the articles contain boilerplate and copies");
        let matches: Vec<Match> = findings.matches().iter().collect();
        let shown = (matches, findings.clusters(), findings.removals());
        format!("{counts:?} {shown:?} {}", show_articles(corpus))
    });
    assert!(found.iter().all(|shown| *shown == found[0]));
}

#[test]
fn masks_the_same_with_any_budget() {
    let found = BUDGETS.map(|memory| {
        let corpus = detector(memory).mask(&()).unwrap();
        assert!(is_filed_as_allowed(&corpus, memory), "{} bytes of {memory}", corpus.filed());
        show_articles(&corpus)
    });
    assert!(found.iter().all(|shown| *shown == found[0]));
}
