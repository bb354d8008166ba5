//! Describes a pair of a survey so that a person can judge it: its scores, how both articles begin, and how the
//! longest shared passage begins.

use serde::Serialize;

use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::report::rounded;
use crate::sweep::{Example, Verdict};
use crate::verify::{Match, Measure};
use crate::write::terminal_text::one_line;

/// The number of characters of an article, and of a passage, that are shown.
const OPENING_CHARS: usize = 300;

/// A pair for a person to judge.
#[derive(Clone, Debug, Serialize)]
pub struct ExampleRecord {
    /// The key of the first article.
    pub a: String,
    /// The key of the second article.
    pub b: String,
    /// The location of the first article.
    pub location_a: String,
    /// The location of the second article.
    pub location_b: String,
    /// Why the pair was chosen: `above` or `below` the threshold; or, compared with labels, `false positive` or
    /// `miss`.
    pub verdict: &'static str,
    /// The largest threshold at which they are called copies.
    pub score: f64,
    /// The share of the words of `a` that are in shared passages.
    pub coverage_a: f64,
    /// The share of the words of `b` that are in shared passages.
    pub coverage_b: f64,
    /// The exact Jaccard coefficient.
    pub resemblance: f64,
    /// The number of words of `a` that are in shared passages.
    pub shared_words: u32,
    /// The beginning of `a` on one line; empty if texts were not kept.
    pub begin_a: String,
    /// The beginning of `b`.
    pub begin_b: String,
    /// The beginning of the longest shared passage, as in `a`.
    pub passage: String,
    /// The kind of pair that labels name.
    pub kind: Option<String>,
    /// The grade in the labels; a person fills it in if there is none.
    pub label: Option<f64>,
}

impl ExampleRecord {
    /// Creates the record of an example. It contains text only if texts were kept (the setting
    /// `keep_texts`).
    pub fn new(corpus: &Corpus, example: &Example) -> Self {
        let articles = example.articles;
        let [a, b] = articles.map(|id| corpus.header(id));
        let shared = example.measure.as_ref().map(Measure::shared);
        // In a measure, the article with the smaller number is first.
        let is_reversed = articles[0] > articles[1];
        let (mut coverage_a, mut coverage_b) =
            shared.map_or((0.0, 0.0), |found| (found.coverage_a(), found.coverage_b()));
        let mut words = shared.map_or(0, |found| found.region_a.len());
        let mut range = shared.and_then(|found| {
            let longest = found.passages.iter().max_by_key(|passage| passage.words())?;
            Some((longest.a(), longest.b()))
        });
        if is_reversed {
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
            location_a: a.location.to_string(),
            location_b: b.location.to_string(),
            verdict: example.verdict.name(),
            score: rounded(example.score),
            coverage_a: rounded(coverage_a),
            coverage_b: rounded(coverage_b),
            resemblance: rounded(shared.map_or(0.0, Match::resemblance)),
            shared_words: words,
            begin_a: begin(articles[0]),
            begin_b: begin(articles[1]),
            passage: opening(passage.unwrap_or_default()),
            kind: example.kind.as_deref().map(str::to_owned),
            label: example.grade.or(is_copy),
        }
    }
}

/// Returns the beginning of a text as one line.
fn opening(text: &str) -> String {
    one_line(&text.chars().take(OPENING_CHARS).collect::<String>())
}
