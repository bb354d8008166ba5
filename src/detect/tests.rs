//! The same articles have the same findings with any memory budget, and from memory as from files; a run that is cancelled
//! ends.

use std::io::Cursor;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Detector, find_copies};
use crate::article::Article;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::progress::{Progress, Stage};
use crate::read::{Input, ReadOptions, Reader, Records};
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

/// A progress that ends the run at the beginning of a stage.
struct EndAt(Stage, AtomicBool);

impl Progress for EndAt {
    fn stage(&self, stage: Stage, _: Option<u64>) {
        if stage == self.0 {
            self.1.store(true, Ordering::Relaxed);
        }
    }

    fn advance(&self, _: u64) {}

    fn is_cancelled(&self) -> bool {
        self.1.load(Ordering::Relaxed)
    }
}

#[test]
fn ends_when_it_is_cancelled() {
    for stage in [Stage::Reading, Stage::Indexing, Stage::Verifying] {
        let progress = EndAt(stage, AtomicBool::new(false));
        let input = Input::reader("articles.jsonl", Cursor::new(ARTICLES));
        let mut detector = Detector::new(Settings::default()).unwrap();
        let read = detector.read(Reader::new(vec![input], ReadOptions::default()), &progress, Err);
        let ended = read.and_then(|()| detector.finish(&progress).map(|_| ()));
        assert!(matches!(ended, Err(Error::Cancelled)), "{stage:?}: {ended:?}");
    }
}

/// Texts that the caller has in memory, one of which cannot be read.
struct Texts<'t>(&'t [(&'t str, &'t str)]);

impl Records for Texts<'_> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn bytes(&self) -> usize {
        self.0.iter().map(|(_, text)| text.len()).sum()
    }

    fn article(&self, index: usize) -> Result<Article<'_>, Error> {
        let (key, text) = self.0[index];
        if text.is_empty() { Err(Error::Cancelled) } else { Ok(Article::new(key, text)) }
    }
}

#[test]
fn takes_records_in_memory_as_if_they_were_added() {
    let story = "The ferry to Lund stayed in harbor on Monday after its second engine failed in the storm.";
    let longer = format!("{story} Nobody was hurt, and the passengers were taken ashore by bus.");
    let texts = [("a", story), ("b", ""), ("c", longer.as_str())];
    let mut detector = Detector::new(Settings::default()).unwrap();
    let mut invalid = 0;
    let on_invalid = |_| {
        invalid += 1;
        Ok(())
    };
    detector.add_records(&Texts(&texts), &(), on_invalid).unwrap();
    let findings = detector.finish(&()).unwrap();
    let added =
        find_copies([Article::new("a", story), Article::new("c", longer.as_str())], Settings::default());
    assert_eq!(format!("{:?}", findings.clusters()), format!("{:?}", added.unwrap().clusters()));
    assert_eq!((findings.clusters().len(), invalid), (1, 1));
    assert_eq!(findings.records().iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
}
