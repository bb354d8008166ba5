//! The same articles under budgets of any size in, the same findings out.

use std::io::Cursor;

use super::*;
use crate::read::{Input, ReadOptions};
use crate::verify::Match;

/// Articles on many sites, with boilerplate on them.
const ARTICLES: &str = include_str!("../../fixtures/articles.jsonl");

/// The default, with which all of it is held, and budgets of which nearly nothing is, some, and most.
const BUDGETS: [u64; 4] = [2 << 30, 300, 50_000, 500_000];

/// Takes the articles in with less memory than settings may ask for.
fn detector(memory: u64) -> Detector {
    let mut detector = Detector::new(Settings { keep_texts: true, ..Settings::default() }).unwrap();
    detector.settings.memory = memory;
    let input = Input::reader("articles.jsonl", Cursor::new(ARTICLES));
    detector.read(Reader::new(vec![input], ReadOptions::default()), &(), Err).unwrap();
    detector
}

fn show_articles(corpus: &Corpus) -> String {
    let article = |id| (corpus.header(id), corpus.masked(id), corpus.spans(id), corpus.text(id));
    corpus.ids().map(|id| format!("{:?}\n", article(id))).collect()
}

/// Tells whether a corpus stands in files just where the budget is less than what it takes.
fn is_filed_as_allowed(corpus: &Corpus, memory: u64) -> bool {
    (corpus.filed() > 0) == (memory != BUDGETS[0])
}

#[test]
fn finds_the_same_with_any_budget() {
    let found = BUDGETS.map(|memory| {
        let findings = detector(memory).finish(&()).unwrap();
        let (corpus, counts) = (findings.corpus(), findings.counts());
        assert!(is_filed_as_allowed(corpus, memory), "{} bytes of {memory}", corpus.filed());
        assert!(counts.masked > 0 && counts.matches > 0, "there is something to be found");
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

#[test]
fn measures_the_same_with_any_budget() {
    let found = BUDGETS.map(|memory| {
        let survey = detector(memory).survey(0.1, &()).unwrap();
        let first = format!("{:?} {:?}", survey.candidates(), survey.measures());
        let settings = Settings { shingle_size: 4, ..survey.settings().clone() };
        let survey = Survey::new(survey.pile.again(settings).unwrap(), &());
        assert!(is_filed_as_allowed(survey.corpus(), memory));
        format!("{first} {:?} {:?}", survey.candidates(), survey.measures())
    });
    assert!(found.iter().all(|shown| *shown == found[0]));
}
