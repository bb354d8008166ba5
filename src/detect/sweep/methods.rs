//! Two articles and a method in, the score by which the method calls them copies out.

use crate::article::ArticleId;
use crate::detect::baseline::Baseline;
use crate::detect::survey::Survey;
use crate::verify::{Score, Verifier};

/// By what pairs are called copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Coverage, of cores.
    Coverage,
    /// The exact Jaccard coefficient of cores.
    Resemblance,
    /// Containment, of cores.
    Containment,
    /// The exact Jaccard coefficient of whole pages.
    WholePageJaccard,
    /// The Jaccard coefficient of whole pages as their MinHash signatures estimate it.
    WholePageMinHash,
}

impl Method {
    /// Gives the method that a score is.
    pub fn score(by: Score) -> Self {
        match by {
            Score::Coverage => Self::Coverage,
            Score::Resemblance => Self::Resemblance,
            Score::Containment => Self::Containment,
        }
    }

    /// Gives its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Resemblance => "resemblance",
            Self::Containment => "containment",
            Self::WholePageJaccard => "whole-page-jaccard",
            Self::WholePageMinHash => "whole-page-minhash",
        }
    }
}

/// Scores pairs of articles by any method.
#[derive(Clone)]
pub(super) struct Scorer<'s> {
    survey: &'s Survey,
    baseline: Option<&'s Baseline>,
    verifier: Verifier<'s>,
}

impl<'s> Scorer<'s> {
    pub(super) fn new(survey: &'s Survey, baseline: Option<&'s Baseline>) -> Self {
        Self { survey, baseline, verifier: survey.verifier() }
    }

    /// Gives the threshold of the settings.
    pub(super) fn threshold(&self) -> f64 {
        self.survey.settings().threshold
    }

    /// Gives the greatest threshold at which two articles are called copies; 1 for identical ones, 0 where that is at
    /// none.
    pub(super) fn score(&mut self, method: Method, one: ArticleId, other: ArticleId) -> f64 {
        let copies = self.survey.copies();
        let (one, other) = (copies.leader(one), copies.leader(other));
        if one == other {
            return 1.0;
        }
        let by = match method {
            Method::Coverage => Score::Coverage,
            Method::Resemblance => Score::Resemblance,
            Method::Containment => Score::Containment,
            Method::WholePageJaccard => {
                return self.baseline.map_or(0.0, |baseline| baseline.resemblance(one, other));
            }
            Method::WholePageMinHash => {
                return self.baseline.map_or(0.0, |baseline| baseline.estimate(one, other));
            }
        };
        let measure = self.survey.measure(&mut self.verifier, one, other);
        measure.map_or(0.0, |measure| measure.reach(&self.survey.rule(by)))
    }

    /// Gives the pairs of leaders that the method looks at, with their scores above 0.
    pub(super) fn all(&self, method: Method) -> Vec<(f64, ArticleId, ArticleId)> {
        let mut scores: Vec<(f64, ArticleId, ArticleId)> = match (method, self.baseline) {
            (Method::Coverage | Method::Resemblance | Method::Containment, _) => {
                let by = match method {
                    Method::Resemblance => Score::Resemblance,
                    Method::Containment => Score::Containment,
                    _ => Score::Coverage,
                };
                let rule = self.survey.rule(by);
                let measures = self.survey.measures().iter();
                measures
                    .map(|measure| {
                        let (a, b) = measure.articles();
                        (measure.reach(&rule), a, b)
                    })
                    .collect()
            }
            (_, None) => Vec::new(),
            (Method::WholePageJaccard, Some(baseline)) => baseline
                .pairs
                .iter()
                .map(|pair| (baseline.resemblance(pair.a, pair.b), pair.a, pair.b))
                .collect(),
            (Method::WholePageMinHash, Some(baseline)) => baseline
                .pairs
                .iter()
                .map(|pair| (baseline.estimate(pair.a, pair.b), pair.a, pair.b))
                .collect(),
        };
        scores.retain(|&(score, ..)| score > 0.0);
        scores
    }
}
