//! Measures every candidate once, so that it can be judged at any threshold.

use rayon::prelude::*;

use crate::article::ArticleId;
use crate::cluster::ClustersByThreshold;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::detect::{Counts, Detector, Prepared, for_each_stretch};
use crate::error::Error;
use crate::index::Pair;
use crate::progress::{Progress, Stage, check_cancelled};
use crate::read::SourceSummary;
use crate::settings::Settings;
use crate::verify::{JudgeRule, Measure, Score, Verifier};

/// The scores that a threshold may apply to.
pub(super) const SCORES: [Score; 3] = [Score::Coverage, Score::Resemblance, Score::Containment];

/// The measured pairs of a collection.
#[derive(Debug)]
pub struct Survey {
    pub(super) prepared: Prepared,
    /// Sorted by the smaller article, then the greater one.
    measures: Vec<Measure>,
}

impl Detector {
    /// Measures what the articles share, so that it can be judged at any threshold from `lowest_score` on.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    pub fn survey(self, lowest_score: f64, progress: &dyn Progress) -> Result<Survey, Error> {
        Survey::new(self.prepare(lowest_score, progress)?, progress)
    }
}

impl Survey {
    fn new(prepared: Prepared, progress: &dyn Progress) -> Result<Self, Error> {
        progress.stage(Stage::Verifying, Some(prepared.pairs.len() as u64));
        let (lowest, partial_words) = (prepared.lowest_score, prepared.settings.partial_words);
        let verifier =
            Verifier::new(&prepared.corpus, prepared.settings.align_rule(), prepared.settings.judge_rule());
        let of_pair = |verifier: &mut Verifier<'_>, a, b| {
            let measure = verifier.measure(a, b)?;
            let greatest = SCORES
                .map(|by| measure.scores(by))
                .into_iter()
                .fold(0.0, |greatest, (a, b)| f64::max(greatest, a.max(b)));
            (greatest >= lowest || measure.longest() >= partial_words).then_some(measure)
        };
        let measures = for_each_stretch(
            &prepared.corpus,
            &verifier,
            prepared.pairs.clone(),
            progress,
            |verifier, pairs| {
                pairs.iter().filter_map(|&(a, b)| of_pair(verifier, a, b)).collect::<Vec<Measure>>()
            },
        );
        check_cancelled(progress)?;
        let mut measures: Vec<Measure> = measures.into_iter().flatten().collect();
        measures.par_sort_unstable_by_key(Measure::articles);
        Ok(Self { prepared, measures })
    }

    /// Surveys the same articles with shingles of another size, without reading them again.
    ///
    /// # Errors
    /// [`Error::Storage`] if what does not fit into memory cannot be stored.
    ///
    /// # Panics
    /// If the size is out of its range.
    pub fn with_shingle_size(self, shingle_size: usize, progress: &dyn Progress) -> Result<Self, Error> {
        let settings = Settings { shingle_size, ..self.prepared.settings.clone() };
        assert!(settings.check().is_ok(), "a shingle size of {shingle_size} is out of its range");
        Self::new(self.prepared.again(settings, progress)?, progress)
    }

    /// Returns the settings of the run.
    pub fn settings(&self) -> &Settings {
        &self.prepared.settings
    }

    /// Returns the articles.
    pub fn corpus(&self) -> &Corpus {
        &self.prepared.corpus
    }

    /// Returns the sets of identical articles.
    pub fn identical(&self) -> &IdenticalArticles {
        &self.prepared.identical
    }

    /// Returns the candidates: pairs of leaders, by their smaller article.
    pub fn candidates(&self) -> &[Pair] {
        &self.prepared.pairs
    }

    /// Returns the measures of those candidates that match at some threshold, by their smaller article.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Returns the figures of the run; the measured pairs are counted as matches.
    pub fn counts(&self) -> Counts {
        let prepared = &self.prepared;
        let (candidates, measured) = (prepared.pairs.len(), self.measures.len());
        Counts::new(
            &prepared.settings,
            &prepared.corpus,
            &prepared.identical,
            prepared.masked,
            candidates,
            measured,
        )
    }

    /// Returns the inputs that were read, in reading order.
    pub fn sources(&self) -> &[SourceSummary] {
        &self.prepared.sources
    }

    /// Returns the rule of the settings with another score.
    pub fn rule(&self, by: Score) -> JudgeRule {
        JudgeRule { by, ..self.settings().judge_rule() }
    }

    /// Creates a verifier of the articles.
    pub fn verifier(&self) -> Verifier<'_> {
        Verifier::new(self.corpus(), self.settings().align_rule(), self.settings().judge_rule())
    }

    /// Returns what clusters the measured pairs at one threshold after the other.
    pub fn clusters_by_threshold(&self, by: Score) -> ClustersByThreshold<'_> {
        let settings = self.settings();
        let verifier = self.verifier().with_rule(self.rule(by));
        let preference = settings.preference.clone();
        ClustersByThreshold::new(
            self.corpus(),
            self.identical(),
            &self.measures,
            verifier,
            settings.cluster_rule(),
            preference,
        )
    }

    /// Returns the measure of two leaders, which is computed if it was not measured; nothing if they share nothing.
    pub fn measure(&self, verifier: &mut Verifier<'_>, one: ArticleId, other: ArticleId) -> Option<Measure> {
        let articles = (one.min(other), one.max(other));
        match self.measures.binary_search_by_key(&articles, Measure::articles) {
            Ok(place) => Some(self.measures[place].clone()),
            Err(_) => verifier.measure(one, other),
        }
    }

    /// Returns whether two articles are a candidate, by their leaders, or identical.
    pub fn is_candidate(&self, one: ArticleId, other: ArticleId) -> bool {
        self.is_among(&self.prepared.pairs, one, other)
    }

    /// Returns whether two articles are identical, or one of these pairs of leaders, which ascend.
    pub(super) fn is_among(&self, pairs: &[Pair], one: ArticleId, other: ArticleId) -> bool {
        let [one, other] = [one, other].map(|id| self.identical().leader(id));
        one == other || pairs.binary_search(&Pair::new(one, other)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::tests::{BUDGETS, detector, is_filed_as_allowed};

    #[test]
    fn measures_the_same_with_any_budget() {
        let found = BUDGETS.map(|memory| {
            let survey = detector(memory).survey(0.1, &()).unwrap();
            let first = format!("{:?} {:?}", survey.candidates(), survey.measures());
            let settings = Settings { shingle_size: 4, ..survey.settings().clone() };
            let survey = Survey::new(survey.prepared.again(settings, &()).unwrap(), &()).unwrap();
            assert!(is_filed_as_allowed(survey.corpus(), memory));
            format!("{first} {:?} {:?}", survey.candidates(), survey.measures())
        });
        assert!(found.iter().all(|shown| *shown == found[0]));
    }
}
