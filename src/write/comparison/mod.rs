//! Two articles in, how they relate out: a sentence, the numbers, and both texts with what they share marked.

mod anchor;
mod columns;
mod flow;
mod numbers;
mod segment;

pub(super) use self::anchor::anchors;
pub(super) use self::segment::{TextPiece, segments};

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::option_names::OptionNames;
use super::record::PairRecord;
use super::screen::Screen;
use super::span::Offsets;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::{AlignRule, JudgeRule, Match, Region, Relation, Score, Verifier};

/// Two articles and whatever they share, be it enough for a match or not.
#[derive(Debug)]
pub struct Comparison<'a> {
    corpus: &'a Corpus,
    judge: JudgeRule,
    relation: Option<Relation>,
    /// What they share, the first article as `a`.
    shared: Match,
    /// Whether the second article is the excerpt.
    b_is_excerpt: bool,
    names: OptionNames,
}

impl<'a> Comparison<'a> {
    /// Compares two articles of a corpus.
    pub fn new(corpus: &'a Corpus, a: ArticleId, b: ArticleId, align: AlignRule, judge: JudgeRule) -> Self {
        let matched = Verifier::new(corpus, align, judge).verify(a, b);
        // Whoever shares a shingle reaches nothing at all.
        let lenient = JudgeRule { by: Score::Resemblance, threshold: 0.0, ..judge };
        let shared = matched.clone().or_else(|| Verifier::new(corpus, align, lenient).verify(a, b));
        Self {
            corpus,
            judge,
            relation: matched.as_ref().map(|found| found.relation),
            b_is_excerpt: matched.is_some_and(|found| found.relation == Relation::Excerpt && found.a == b),
            shared: shared.map_or_else(|| nothing(corpus, a, b), |found| found.seen_from(a)),
            names: OptionNames::default(),
        }
    }

    /// Uses these names for the options that the comparison mentions.
    #[must_use]
    pub fn with_option_names(self, names: OptionNames) -> Self {
        Self { names, ..self }
    }

    /// Tells how they relate, if they do.
    pub fn relation(&self) -> Option<Relation> {
        self.relation
    }

    /// Gives the record of the pair; an excerpt comes first.
    pub fn record(&self, offsets: Offsets) -> PairRecord<'a> {
        let from = if self.b_is_excerpt { self.shared.b } else { self.shared.a };
        let record = PairRecord::new(self.corpus, &self.shared.seen_from(from), offsets);
        let kind = record.kind.filter(|_| self.relation.is_some());
        PairRecord { relation: self.relation.map(Relation::name), kind, ..record }
    }

    /// Writes how they relate, the numbers, and both texts, beside each other where there is room. Only texts that were
    /// kept (the setting `keep_texts`) are shown.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(&self, screen: Screen, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}\n", screen.paint(self.style().bold(), &self.sentence()))?;
        numbers::write(self, screen, out)?;
        columns::write(self, screen, out)
    }

    fn style(&self) -> Style {
        match self.relation {
            Some(Relation::Exact | Relation::NearDuplicate) => AnsiColor::Green.on_default(),
            Some(Relation::Excerpt) => AnsiColor::Yellow.on_default(),
            Some(Relation::Partial) => AnsiColor::Magenta.on_default(),
            None => Style::new(),
        }
    }

    /// Says the relation in a sentence, with the numbers that decided.
    fn sentence(&self) -> String {
        let found = &self.shared;
        let (a, b) = match self.judge.by {
            Score::Containment => (found.containment_a(), found.containment_b()),
            Score::Coverage | Score::Resemblance => (found.coverage_a(), found.coverage_b()),
        };
        let [a, b] = [a, b].map(super::percent);
        let threshold = self.judge.threshold;
        let threshold_option = self.names.threshold.unwrap_or("the threshold");
        match self.relation {
            Some(Relation::Exact)
                if [found.a, found.b].iter().all(|&id| self.corpus.seams(id).is_empty()) =>
            {
                "Exact: A and B are the same, word for word.".to_owned()
            }
            Some(Relation::Exact) => {
                "Exact: A and B are the same, word for word, but for what their sites repeat.".to_owned()
            }
            Some(Relation::NearDuplicate) if self.judge.by == Score::Resemblance => {
                format!("Near-duplicates: their resemblance is {:.2}.", found.resemblance())
            }
            Some(Relation::NearDuplicate) => {
                format!("Near-duplicates: {a} of A stands in B, and {b} of B in A.")
            }
            Some(Relation::Excerpt) if self.b_is_excerpt => {
                format!("Excerpt: B is one of A; {b} of B stands in A, and {a} of A in B.")
            }
            Some(Relation::Excerpt) => {
                format!("Excerpt: A is one of B; {a} of A stands in B, and {b} of B in A.")
            }
            Some(Relation::Partial) => format!(
                "Partial: they share a passage of {} words, but neither stands in the other ({a} of A, {b} of B).",
                found.longest
            ),
            None if self.judge.by == Score::Resemblance => format!(
                "Unrelated: their resemblance is {:.2}; {threshold_option} asks for {threshold}.",
                found.resemblance()
            ),
            None if self.judge.by == Score::Containment => format!(
                "Unrelated: {a} of A stands in B, {b} of B in A; {threshold_option} asks for {threshold}."
            ),
            None if found.coverage_a().max(found.coverage_b()) >= threshold => {
                "Unrelated: one form filled in twice; most of the numbers differ.".to_owned()
            }
            None if found.passages.is_empty() => "Unrelated: they share no passage.".to_owned(),
            None => format!(
                "Unrelated: {a} of A stands in B, {b} of B in A, and their longest passage has {} words; \
                 {threshold_option} asks for {threshold}, {} for {}.",
                found.longest,
                self.names.partial_words.unwrap_or("a partial match"),
                self.judge.partial_words
            ),
        }
    }
}

/// Makes what articles have in common that share nothing.
fn nothing(corpus: &Corpus, a: ArticleId, b: ArticleId) -> Match {
    Match {
        a,
        b,
        relation: Relation::Partial,
        passages: Vec::new(),
        shingles: [0; 3],
        region_a: Region::default(),
        region_b: Region::default(),
        words: [a, b].map(|id| corpus.words(id) as u32),
        longest: 0,
    }
}
