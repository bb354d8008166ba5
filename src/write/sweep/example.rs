//! Pairs of a survey in, examples that a person can judge out: their scores, how both articles begin, what they share.

use std::io::{self, Write};

use serde::Serialize;

use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::detect::{Survey, WrongPair};
use crate::verify::{Match, Measure, Score};
use crate::write::html::{ToLabel, write_labeling};
use crate::write::option_names::OptionNames;
use crate::write::record::rounded;
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

/// A measured pair next to a threshold.
#[derive(Clone, Copy, Debug)]
pub struct Near<'s> {
    measure: &'s Measure,
    is_above: bool,
    score: f64,
}

impl Near<'_> {
    fn verdict(&self) -> &'static str {
        if self.is_above { "above" } else { "below" }
    }
}

/// Finds the pairs with the scores next to a threshold: up to `count` at or above it, and as many below; the nearest
/// first, each article once, so that one story does not fill the list.
pub fn nearest(survey: &Survey, by: Score, threshold: f64, count: usize) -> Vec<Near<'_>> {
    if count == 0 {
        return Vec::new();
    }
    let rule = survey.rule(by);
    let mut pairs: Vec<(f64, &Measure)> =
        survey.measures().iter().map(|measure| (measure.reach(&rule), measure)).collect();
    pairs.retain(|&(score, _)| score > 0.0);
    pairs.sort_by(|one, other| {
        let distance = |score: f64| (score - threshold).abs();
        distance(one.0).total_cmp(&distance(other.0)).then(one.1.articles().cmp(&other.1.articles()))
    });
    let mut out = Vec::new();
    for is_above in [true, false] {
        let mut seen: Vec<ArticleId> = Vec::new();
        let side = pairs.iter().filter(|&&(score, _)| (score >= threshold) == is_above);
        for &(score, measure) in side {
            let (a, b) = measure.articles();
            if seen.len() / 2 < count && !seen.contains(&a) && !seen.contains(&b) {
                seen.extend([a, b]);
                out.push(Near { measure, is_above, score });
            }
        }
    }
    out
}

/// Shows pairs next to a threshold.
pub fn near_examples(survey: &Survey, near: &[Near<'_>]) -> Vec<ExampleRecord> {
    let example = |pair: &Near<'_>| {
        let (a, b) = pair.measure.articles();
        example(survey.corpus(), [a, b], Some(pair.measure), pair.verdict(), pair.score)
    };
    near.iter().map(example).collect()
}

/// Writes a page on which a person labels pairs, and from which the labels are downloaded as a file that can be read as
/// labels. The texts must have been kept. `names` are those of the options that the page mentions.
///
/// # Errors
/// What the writer says.
pub fn write_labeling_html(
    survey: &Survey,
    near: &[Near<'_>],
    names: OptionNames,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut pairs = Vec::new();
    for pair in near {
        let (found, score) = (pair.measure.shared(), rounded(pair.score));
        pairs.push(ToLabel { found, verdict: pair.verdict(), score });
    }
    write_labeling(survey.corpus(), pairs, names, out)
}

/// Shows pairs that a threshold calls wrongly.
pub fn examples(survey: &Survey, wrong: &[WrongPair]) -> Vec<ExampleRecord> {
    let mut verifier = survey.verifier();
    let example = |pair: &WrongPair| {
        let leaders = pair.articles.map(|id| survey.copies().leader(id));
        let measure = survey.measure(&mut verifier, leaders[0], leaders[1]);
        let verdict = if pair.positive { "miss" } else { "false positive" };
        let mut record = example(survey.corpus(), pair.articles, measure.as_ref(), verdict, pair.score);
        record.kind = pair.kind.as_deref().map(str::to_owned);
        record.label = pair.grade.or(Some(f64::from(u8::from(pair.positive))));
        record
    };
    wrong.iter().map(example).collect()
}

fn example(
    corpus: &Corpus,
    articles: [ArticleId; 2],
    measure: Option<&Measure>,
    verdict: &'static str,
    score: f64,
) -> ExampleRecord {
    let [a, b] = articles.map(|id| corpus.header(id));
    // A measure has the article with the smaller number first.
    let shared = measure.map(Measure::shared);
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
    ExampleRecord {
        a: a.key.to_string(),
        b: b.key.to_string(),
        at_a: a.place.to_string(),
        at_b: b.place.to_string(),
        verdict,
        score: rounded(score),
        coverage_a: rounded(coverage_a),
        coverage_b: rounded(coverage_b),
        resemblance: rounded(shared.map_or(0.0, Match::resemblance)),
        words,
        begin_a: begin(articles[0]),
        begin_b: begin(articles[1]),
        passage: opening(passage.unwrap_or_default()),
        kind: None,
        label: None,
    }
}

fn opening(text: &str) -> String {
    one_line(&text.chars().take(SHOWN).collect::<String>())
}
