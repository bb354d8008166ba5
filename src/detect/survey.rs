//! Articles in, all that any threshold could ask about their pairs out: aligned once, judged as often as wanted.

use rayon::prelude::*;

use super::Counts;
use super::pile::Pile;
use super::verification::for_each_stretch;
use crate::article::ArticleId;
use crate::cluster::Ladder;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::error::Error;
use crate::index::Pair;
use crate::progress::{Progress, Stage};
use crate::read::SourceSummary;
use crate::settings::Settings;
use crate::verify::{JudgeRule, Measure, Score, Verifier};

/// The scores that can be asked to reach a threshold.
pub(super) const SCORES: [Score; 3] = [Score::Coverage, Score::Resemblance, Score::Containment];

/// The measured pairs of a pile of articles.
#[derive(Debug)]
pub struct Survey {
    pub(super) pile: Pile,
    /// By the smaller article, then the greater.
    measures: Vec<Measure>,
}

impl Survey {
    pub(super) fn new(pile: Pile, progress: &dyn Progress) -> Self {
        progress.stage(Stage::Verifying, Some(pile.pairs.len() as u64));
        let (lowest, partial_words) = (pile.lowest, pile.settings.partial_words);
        let verifier = Verifier::new(&pile.corpus, pile.settings.align_rule(), pile.settings.judge_rule());
        let of_pair = |verifier: &mut Verifier<'_>, a, b| {
            let measure = verifier.measure(a, b)?;
            let greatest = SCORES
                .map(|by| measure.scores(by))
                .into_iter()
                .fold(0.0, |greatest, (a, b)| f64::max(greatest, a.max(b)));
            (greatest >= lowest || measure.longest() >= partial_words).then_some(measure)
        };
        let measures =
            for_each_stretch(&pile.corpus, &verifier, pile.pairs.clone(), progress, |verifier, pairs| {
                pairs.iter().filter_map(|&(a, b)| of_pair(verifier, a, b)).collect::<Vec<Measure>>()
            });
        let mut measures: Vec<Measure> = measures.into_iter().flatten().collect();
        measures.par_sort_unstable_by_key(Measure::articles);
        Self { pile, measures }
    }

    /// Surveys the same articles with shingles of another size, without reading them again.
    ///
    /// # Errors
    /// An [`Error::Storage`] where what does not fit into memory cannot be kept.
    ///
    /// # Panics
    /// Where the size is out of its range.
    pub fn with_shingle_size(self, shingle_size: usize, progress: &dyn Progress) -> Result<Self, Error> {
        progress.stage(Stage::Indexing, None);
        let settings = Settings { shingle_size, ..self.pile.settings.clone() };
        assert!(settings.check().is_ok(), "a shingle size of {shingle_size} is out of its range");
        Ok(Self::new(self.pile.again(settings)?, progress))
    }

    /// Gives the settings of the run.
    pub fn settings(&self) -> &Settings {
        &self.pile.settings
    }

    /// Gives the articles.
    pub fn corpus(&self) -> &Corpus {
        &self.pile.corpus
    }

    /// Tells which articles are identical.
    pub fn copies(&self) -> &IdenticalArticles {
        &self.pile.copies
    }

    /// Gives the pairs of leaders that were looked at, by their smaller article.
    pub fn candidates(&self) -> &[Pair] {
        &self.pile.pairs
    }

    /// Gives what those of them share that some threshold takes for a match, by their smaller article.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Tells how much of what was seen; what counts as matches are the measured pairs.
    pub fn counts(&self) -> Counts {
        let pile = &self.pile;
        let (candidates, measured) = (pile.pairs.len(), self.measures.len());
        Counts::new(&pile.settings, &pile.corpus, &pile.copies, pile.masked, candidates, measured)
    }

    /// Tells what was read, in reading order.
    pub fn sources(&self) -> &[SourceSummary] {
        &self.pile.sources
    }

    /// Gives the rule of the settings, judging by another score.
    pub fn rule(&self, by: Score) -> JudgeRule {
        JudgeRule { by, ..self.settings().judge_rule() }
    }

    /// Makes a verifier of the articles.
    pub fn verifier(&self) -> Verifier<'_> {
        Verifier::new(self.corpus(), self.settings().align_rule(), self.settings().judge_rule())
    }

    /// Gives what makes clusters of the measured pairs at one threshold after another.
    pub fn ladder(&self, by: Score) -> Ladder<'_> {
        let settings = self.settings();
        let verifier = self.verifier().judging(self.rule(by));
        let preference = settings.preference.clone();
        Ladder::new(
            self.corpus(),
            self.copies(),
            &self.measures,
            verifier,
            settings.cluster_rule(),
            preference,
        )
    }

    /// Gives what two leaders share, measured now where it was not; nothing where that is nothing.
    pub fn measure(&self, verifier: &mut Verifier<'_>, one: ArticleId, other: ArticleId) -> Option<Measure> {
        let articles = (one.min(other), one.max(other));
        match self.measures.binary_search_by_key(&articles, Measure::articles) {
            Ok(place) => Some(self.measures[place].clone()),
            Err(_) => verifier.measure(one, other),
        }
    }

    /// Tells whether two articles were looked at: as a pair of leaders, or because they are identical.
    pub fn is_candidate(&self, one: ArticleId, other: ArticleId) -> bool {
        self.is_among(&self.pile.pairs, one, other)
    }

    /// Tells whether two articles are a pair of these leaders, which ascend, or identical.
    pub(super) fn is_among(&self, pairs: &[Pair], one: ArticleId, other: ArticleId) -> bool {
        let [one, other] = [one, other].map(|id| self.copies().leader(id));
        one == other || pairs.binary_search(&Pair::new(one, other)).is_ok()
    }
}
