//! Scores pairs of articles by any method.

use super::method::Method;
use super::survey::Survey;
use super::whole_pages::WholePages;
use crate::article::ArticleId;
use crate::verify::{Score, Verifier};

/// Scores pairs of articles. Each thread needs one of its own.
#[derive(Clone)]
pub(super) struct Scorer<'s> {
    survey: &'s Survey,
    /// Needed by the methods that compare whole pages; without it their scores are 0.
    pages: Option<&'s WholePages>,
    verifier: Verifier<'s>,
}

/// The source of the score that a method gives a pair of leaders.
enum Source<'s> {
    Cores(Score),
    Pages(&'s WholePages, fn(&WholePages, ArticleId, ArticleId) -> f64),
    Nothing,
}

impl<'s> Scorer<'s> {
    pub(super) fn new(survey: &'s Survey, pages: Option<&'s WholePages>) -> Self {
        Self { survey, pages, verifier: survey.verifier() }
    }

    /// Returns the threshold of the settings.
    pub(super) fn threshold(&self) -> f64 {
        self.survey.settings().threshold
    }

    fn source(&self, method: Method) -> Source<'s> {
        let pages = |score| self.pages.map_or(Source::Nothing, |pages| Source::Pages(pages, score));
        match method {
            Method::Coverage => Source::Cores(Score::Coverage),
            Method::Resemblance => Source::Cores(Score::Resemblance),
            Method::Containment => Source::Cores(Score::Containment),
            Method::WholePageJaccard => pages(WholePages::resemblance),
            Method::WholePageMinHash => pages(WholePages::estimate),
        }
    }

    /// Returns the greatest threshold at which a method calls two articles copies: 1 for identical articles, 0 if it
    /// calls them copies at no threshold.
    pub(super) fn score(&mut self, method: Method, one: ArticleId, other: ArticleId) -> f64 {
        let identical = self.survey.identical();
        let (one, other) = (identical.leader(one), identical.leader(other));
        if one == other {
            return 1.0;
        }
        match self.source(method) {
            Source::Cores(score) => {
                let measure = self.survey.measure(&mut self.verifier, one, other);
                measure.map_or(0.0, |measure| measure.copy_threshold(&self.survey.rule(score)))
            }
            Source::Pages(pages, score) => score(pages, one, other),
            Source::Nothing => 0.0,
        }
    }

    /// Returns the pairs of leaders that a method compares and scores above 0, with their scores.
    pub(super) fn all(&self, method: Method) -> Vec<(f64, ArticleId, ArticleId)> {
        let mut scores: Vec<(f64, ArticleId, ArticleId)> = match self.source(method) {
            Source::Cores(score) => {
                let rule = self.survey.rule(score);
                let of_measure = |measure: &crate::verify::Measure| {
                    let (a, b) = measure.articles();
                    (measure.copy_threshold(&rule), a, b)
                };
                self.survey.measures().iter().map(of_measure).collect()
            }
            Source::Pages(pages, score) => {
                pages.pairs.iter().map(|pair| (score(pages, pair.a, pair.b), pair.a, pair.b)).collect()
            }
            Source::Nothing => Vec::new(),
        };
        scores.retain(|&(score, ..)| score > 0.0);
        scores
    }
}
