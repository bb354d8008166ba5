//! Runs a sweep: judges the measured pairs of a survey at every threshold.
//!
//! Cost: a threshold costs a judgment of each pair, and the clusters that change.

use super::cluster_series::ClusterSeries;
use super::index_recall::IndexRecall;
use super::labels::LabeledSet;
use super::method::Method;
use super::options::{Labeled, SweepOptions};
use super::pair_series::PairSeries;
use super::predicted::Predicted;
use super::scorer::Scorer;
use super::survey::{SCORES, Survey};
use super::whole_pages::WholePages;
use crate::detect::Counts;
use crate::error::Error;
use crate::evaluate::{LabelCounts, histogram};
use crate::progress::{Progress, Stage};
use crate::settings::Settings;

/// The results of a sweep.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The settings of the run.
    pub settings: Settings,
    /// The figures of the run.
    pub counts: Counts,
    /// The thresholds.
    pub thresholds: Vec<f64>,
    /// For each score the number of measured pairs by the larger of their two scores, in equally wide bins from 0 to 1.
    pub distributions: Vec<(Method, Vec<usize>)>,
    /// The quality of labeled pairs by each method; empty without labels.
    pub pairs: Vec<PairSeries>,
    /// The clusters by each method.
    pub clusters: Vec<ClusterSeries>,
    /// The results of other tools, compared with the labels.
    pub predicted: Vec<Predicted>,
    /// The recall of the index with the settings of the run, then with others; empty if it was not asked for.
    pub index: Vec<IndexRecall>,
    /// The number of positive labeled pairs that are candidates, and the number of all positive labeled pairs;
    /// nothing without labels.
    pub labels_in_index: Option<(usize, usize)>,
    /// The number of positive and of negative labeled pairs; nothing without labels.
    pub labeled_pairs: Option<(f64, f64)>,
    /// The number of labels that were used, and the number that were not, by reason.
    pub labels: LabelCounts,
}

/// The number of bins of a distribution.
const BINS: usize = 20;
/// The methods of other tools that are clustered by single linkage.
const LINKED: [Method; 3] = [Method::Resemblance, Method::WholePageJaccard, Method::WholePageMinHash];

impl Survey {
    /// Judges the measured pairs at every threshold.
    ///
    /// # Errors
    /// [`Error::Storage`](crate::Error::Storage) if what other settings of the index need does not fit into memory and
    /// cannot be stored.
    pub fn sweep(
        &self,
        options: &SweepOptions,
        labeled: &Labeled,
        progress: &dyn Progress,
    ) -> Result<Sweep, Error> {
        progress.stage(Stage::Clustering, None);
        let pages = options.baselines.then(|| WholePages::new(self));
        let set = labeled.truth.as_ref().map(|truth| LabeledSet::new(self, truth));
        let scorer = Scorer::new(self, pages.as_ref());
        let predicted = labeled.predicted.iter();
        let predicted = predicted.map(|prediction| Predicted::new(self, prediction, options, set.as_ref()));
        Ok(Sweep {
            settings: self.settings().clone(),
            counts: self.counts(),
            thresholds: options.thresholds.clone(),
            distributions: self.distributions(),
            pairs: set.as_ref().map_or_else(Vec::new, |set| pair_series(set, &scorer, options)),
            clusters: self.cluster_series(&scorer, options, set.as_ref()),
            predicted: predicted.collect(),
            index: self.index_recall(options, set.as_ref())?,
            labels_in_index: set.as_ref().map(|set| set.in_index(&|a, b| self.is_candidate(a, b))),
            labeled_pairs: set.as_ref().map(LabeledSet::totals),
            labels: labeled.counts,
        })
    }

    fn distributions(&self) -> Vec<(Method, Vec<usize>)> {
        let distribution = |score| {
            let scores = self.measures().iter().map(|measure| measure.scores(score));
            (Method::score(score), histogram(scores.map(|(a, b)| a.max(b)), BINS))
        };
        SCORES.map(distribution).to_vec()
    }

    fn cluster_series(
        &self,
        scorer: &Scorer<'_>,
        options: &SweepOptions,
        set: Option<&LabeledSet<'_>>,
    ) -> Vec<ClusterSeries> {
        let mut series = vec![ClusterSeries::of_thresholds(self, self.settings().by, options, set)];
        if options.baselines {
            series.extend(LINKED.map(|method| ClusterSeries::linked(self, scorer, method, options, set)));
        }
        series
    }

    fn index_recall(
        &self,
        options: &SweepOptions,
        set: Option<&LabeledSet<'_>>,
    ) -> Result<Vec<IndexRecall>, Error> {
        if options.index_sample == 0 {
            return Ok(Vec::new());
        }
        IndexRecall::all(self, &options.index, options.index_sample, options.resampling.seed, set)
    }
}

fn pair_series(set: &LabeledSet<'_>, scorer: &Scorer<'_>, options: &SweepOptions) -> Vec<PairSeries> {
    let mut methods = SCORES.map(Method::score).to_vec();
    if options.baselines {
        methods.extend([Method::WholePageJaccard, Method::WholePageMinHash]);
    }
    methods.iter().map(|&method| PairSeries::new(set, &mut scorer.clone(), method, options)).collect()
}
