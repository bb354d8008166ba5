//! Chooses pairs that a person may look at: pairs with scores next to a threshold, and pairs that a threshold judges
//! differently from their labels.

use super::labels::LabeledSet;
use super::method::Method;
use super::scorer::Scorer;
use super::survey::Survey;
use crate::article::ArticleId;
use crate::evaluate::Truth;
use crate::verify::{Measure, Score};

/// A pair that a person may look at.
#[derive(Clone, Debug)]
pub struct Example {
    /// The articles.
    pub articles: [ArticleId; 2],
    /// Why it was chosen.
    pub verdict: Verdict,
    /// The greatest threshold at which it is called a copy.
    pub score: f64,
    /// The measure of the leaders of the articles; `None` if they share nothing, or if they are identical.
    pub measure: Option<Measure>,
    /// The grade in the labels, if they give one.
    pub grade: Option<f64>,
    /// The kind of pair, if labels name one.
    pub kind: Option<Box<str>>,
}

/// Why a pair was chosen as an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is called a copy, and is not labeled as one.
    FalsePositive,
    /// It is labeled a copy, and is not called one.
    Miss,
    /// Its score is the threshold or slightly above it.
    Above,
    /// Its score is slightly below the threshold.
    Below,
}

impl Verdict {
    /// Returns its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::FalsePositive => "false positive",
            Self::Miss => "miss",
            Self::Above => "above",
            Self::Below => "below",
        }
    }
}

impl Survey {
    /// Returns the pairs with the scores next to a threshold: up to `count` at or above it, and as many below it; the
    /// nearest first. Each article occurs once on each side, so that one story does not fill the list.
    pub fn nearest(&self, score: Score, threshold: f64, count: usize) -> Vec<Example> {
        if count == 0 {
            return Vec::new();
        }
        let rule = self.rule(score);
        let mut pairs: Vec<(f64, &Measure)> =
            self.measures().iter().map(|measure| (measure.copy_threshold(&rule), measure)).collect();
        pairs.retain(|&(score, _)| score > 0.0);
        pairs.sort_by(|one, other| {
            let distance = |score: f64| (score - threshold).abs();
            distance(one.0).total_cmp(&distance(other.0)).then(one.1.articles().cmp(&other.1.articles()))
        });
        let (above, below): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|&(score, _)| score >= threshold);
        let mut out = first_of_each_article(&above, count, Verdict::Above);
        out.extend(first_of_each_article(&below, count, Verdict::Below));
        out
    }

    /// Returns the labeled pairs that a threshold judges differently from their labels, by a score: false positives
    /// first, then misses; those with scores furthest from the threshold first.
    pub fn wrong(&self, truth: &Truth, score: Score, threshold: f64) -> Vec<Example> {
        let set = LabeledSet::new(self, truth);
        let mut scorer = Scorer::new(self, None);
        let scored = set.scored(&mut scorer, Method::score(score));
        let wrong = scored.into_iter().enumerate().filter_map(|(index, (pair, articles))| {
            let verdict = match (pair.positive, pair.score >= threshold) {
                (true, false) => Verdict::Miss,
                (false, true) => Verdict::FalsePositive,
                _ => return None,
            };
            let kind = set.kind_of(index, articles).map(Into::into);
            let (score, grade) = (pair.score, set.grade_of(index));
            Some(Example { articles, verdict, score, measure: None, grade, kind })
        });
        let mut wrong: Vec<Example> = wrong.collect();
        wrong.sort_by(|one, other| {
            let distance = |pair: &Example| (pair.score - threshold).abs();
            let far_first = distance(other).total_cmp(&distance(one));
            one.verdict.cmp(&other.verdict).then(far_first).then(one.articles.cmp(&other.articles))
        });
        wrong
    }

    /// Measures what the articles of examples share.
    pub fn measure_examples(&self, examples: &mut [Example]) {
        let mut verifier = self.verifier();
        for example in examples {
            let [one, other] = example.articles.map(|id| self.identical().leader(id));
            example.measure = self.measure(&mut verifier, one, other);
        }
    }
}

/// Returns up to `count` pairs of different articles, the first ones of those given.
fn first_of_each_article(pairs: &[(f64, &Measure)], count: usize, verdict: Verdict) -> Vec<Example> {
    let mut seen: Vec<ArticleId> = Vec::new();
    let mut out = Vec::new();
    for &(score, measure) in pairs {
        let (a, b) = measure.articles();
        if out.len() < count && !seen.contains(&a) && !seen.contains(&b) {
            seen.extend([a, b]);
            let measure = Some(measure.clone());
            out.push(Example { articles: [a, b], verdict, score, measure, grade: None, kind: None });
        }
    }
    out
}
