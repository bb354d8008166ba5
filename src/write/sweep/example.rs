//! Pairs of a survey in, examples that a person can judge out: their scores, how both articles begin, what they share.

use std::io::{self, Write};

use serde::Serialize;

use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::report::rounded;
use crate::sweep::{Example, Verdict};
use crate::verify::{Match, Measure};
use crate::write::html::{ToLabel, write_labeling};
use crate::write::option_names::OptionNames;
use crate::write::screen::one_line;

/// Characters of an article's begin, and of a passage, that are shown.
const SHOWN: usize = 300;

/// A pair to be looked at.
#[derive(Clone, Debug, Serialize)]
pub struct ExampleRecord {
    /// The key of the first article.
    pub a: String,
    /// The key of the second article.
    pub b: String,
    /// Where the first was read.
    pub at_a: String,
    /// Where the second was read.
    pub at_b: String,
    /// `above` or `below` the threshold; `false positive` or `miss` of labels.
    pub verdict: &'static str,
    /// The greatest threshold at which they are called copies.
    pub score: f64,
    /// The share of `a` that stands in shared passages.
    pub coverage_a: f64,
    /// The share of `b` that stands in shared passages.
    pub coverage_b: f64,
    /// The exact Jaccard coefficient.
    pub resemblance: f64,
    /// The words of `a` that stand in shared passages.
    pub words: u32,
    /// How `a` begins, on one line; empty where texts were not kept.
    pub begin_a: String,
    /// How `b` begins.
    pub begin_b: String,
    /// How the longest shared passage begins, as `a` has it.
    pub passage: String,
    /// What labels say it is an example of.
    pub kind: Option<String>,
    /// The grade that labels give it; for a person to fill in where nothing stands.
    pub label: Option<f64>,
}

impl ExampleRecord {
    /// Creates the record of an example. Texts are shown if they are kept (the setting `keep_texts`).
    pub fn new(corpus: &Corpus, example: &Example) -> Self {
        let articles = example.articles;
        let [a, b] = articles.map(|id| corpus.header(id));
        // A measure has the article with the smaller number first.
        let shared = example.measure.as_ref().map(Measure::shared);
        let flip = articles[0] > articles[1];
        let (mut coverage_a, mut coverage_b) =
            shared.map_or((0.0, 0.0), |found| (found.coverage_a(), found.coverage_b()));
        let mut words = shared.map_or(0, |found| found.region_a.len());
        let mut range = shared.and_then(|found| {
            let longest = found.passages.iter().max_by_key(|passage| passage.words())?;
            Some((longest.a(), longest.b()))
        });
        if flip {
            (coverage_a, coverage_b) = (coverage_b, coverage_a);
            words = shared.map_or(0, |found| found.region_b.len());
            range = range.map(|(a, b)| (b, a));
        }
        let passage = range.and_then(|(range, _)| {
            let spans = corpus.spans(articles[0]);
            let begin = spans.get(range.start as usize)?.0 as usize;
            let end = spans.get(range.end as usize - 1)?.1 as usize;
            corpus.text(articles[0])?.get(begin..end)
        });
        let begin = |id: ArticleId| opening(corpus.text(id).unwrap_or_default());
        let is_copy = match example.verdict {
            Verdict::Miss => Some(1.0),
            Verdict::FalsePositive => Some(0.0),
            Verdict::Above | Verdict::Below => None,
        };
        Self {
            a: a.key.to_string(),
            b: b.key.to_string(),
            at_a: a.place.to_string(),
            at_b: b.place.to_string(),
            verdict: example.verdict.name(),
            score: rounded(example.score),
            coverage_a: rounded(coverage_a),
            coverage_b: rounded(coverage_b),
            resemblance: rounded(shared.map_or(0.0, Match::resemblance)),
            words,
            begin_a: begin(articles[0]),
            begin_b: begin(articles[1]),
            passage: opening(passage.unwrap_or_default()),
            kind: example.kind.as_deref().map(str::to_owned),
            label: example.grade.or(is_copy),
        }
    }
}

/// Writes a page on which a person labels pairs, and from which the labels are downloaded as a file that can be read as
/// labels. Texts must be kept (the setting `keep_texts`). Pairs that share nothing are left out. `names` are the names of
/// the options that the page mentions.
///
/// # Errors
/// What the writer returns.
pub fn write_labeling_html(
    corpus: &Corpus,
    examples: &[Example],
    names: OptionNames,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pairs = examples.iter().filter_map(|example| {
        let found = example.measure.as_ref()?.shared();
        Some(ToLabel { found, verdict: example.verdict.name(), score: rounded(example.score) })
    });
    write_labeling(corpus, pairs.collect(), names, out)
}

fn opening(text: &str) -> String {
    one_line(&text.chars().take(SHOWN).collect::<String>())
}
