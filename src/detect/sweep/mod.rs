//! A survey and what labels say in, what every threshold makes of the articles out.
//!
//! Everything is measured once; a threshold costs a judgment of each pair and the clusters that change.

mod clusters;
mod kinds;
mod methods;
mod pairs;

use std::collections::BTreeMap;

pub use self::clusters::{ClusterPoint, ClusterSeries};
pub use self::kinds::{KindPoint, KindSeries};
pub use self::methods::Method;
use self::methods::Scorer;
pub(super) use self::pairs::LabeledSet;
pub use self::pairs::{PairSeries, WrongPair};
use super::Counts;
use super::baseline::Baseline;
use super::index_share::{IndexSetting, IndexShare};
use super::survey::{SCORES, Survey};
use crate::article::ArticleId;
use crate::cluster::Group;
use crate::error::Error;
use crate::evaluate::{Confusion, Grouping, LabelCounts, LabeledArticle, Resampling, Truth, histogram};
use crate::progress::{Progress, Stage};
use crate::settings::Settings;
use crate::verify::Score;

/// What to sweep over, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepOptions {
    /// The thresholds, ascending, above 0 and up to 1.
    pub thresholds: Vec<f64>,
    /// How intervals are drawn.
    pub resampling: Resampling,
    /// Whether plain MinHash and plain Jaccard with linkage are compared.
    pub baselines: bool,
    /// How many articles are compared each with each to see what the index finds; 0 leaves that out.
    pub index_sample: usize,
    /// Other settings of the index to be seen beside those of the run.
    pub index: Vec<IndexSetting>,
}

impl Default for SweepOptions {
    /// Fifty thresholds, a thousand resamples, no baselines, no look at the index.
    fn default() -> Self {
        Self {
            thresholds: (1..=50).map(|step| f64::from(step * 2) / 100.0).collect(),
            resampling: Resampling::default(),
            baselines: false,
            index_sample: 0,
            index: Vec::new(),
        }
    }
}

/// What labels say, and what another tool found, if that is to be compared.
#[derive(Clone, Debug, Default)]
pub struct Labeled {
    /// What labels say.
    pub truth: Option<Truth>,
    /// How many of the labels were used.
    pub counts: LabelCounts,
    /// What other tools found, by the name to show.
    pub predicted: Vec<(String, Truth)>,
}

/// What every threshold makes of the articles.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The settings of the run.
    pub settings: Settings,
    /// How much of what was seen.
    pub counts: Counts,
    /// The thresholds.
    pub thresholds: Vec<f64>,
    /// For each score how many measured pairs have it (the larger of the two), in equally wide bins from 0 to 1.
    pub distributions: Vec<(Method, Vec<usize>)>,
    /// What pairs come to; empty without labels.
    pub pairs: Vec<PairSeries>,
    /// What clusters come to.
    pub clusters: Vec<ClusterSeries>,
    /// What other tools found, against the labels.
    pub predicted: Vec<(String, ClusterPoint)>,
    /// What the index finds, where that was asked for: by the settings of the run, then by others.
    pub index: Vec<IndexShare>,
    /// Positive labeled pairs that are candidates, and all of them; nothing without labels.
    pub labels_in_index: Option<(usize, usize)>,
    /// Labeled pairs that are positive, and that are not; nothing without labels.
    pub labeled_pairs: Option<(f64, f64)>,
    /// How many labels were used.
    pub labels: LabelCounts,
}

/// The bins of a distribution.
const BINS: usize = 20;

impl Survey {
    /// Sweeps over thresholds.
    ///
    /// # Errors
    /// An [`Error::Storage`] where what other settings of the index need does not fit into memory and cannot be kept.
    pub fn sweep(
        &self,
        options: &SweepOptions,
        labeled: &Labeled,
        progress: &dyn Progress,
    ) -> Result<Sweep, Error> {
        progress.stage(Stage::Clustering, None);
        let baseline = options.baselines.then(|| Baseline::new(self));
        let by = self.settings().by;
        let mut methods = SCORES.map(Method::score).to_vec();
        if options.baselines {
            methods.extend([Method::WholePageJaccard, Method::WholePageMinHash]);
        }
        let set = labeled.truth.as_ref().map(|truth| LabeledSet::new(self, truth));
        let scorer = Scorer::new(self, baseline.as_ref());
        let pairs = set.as_ref().map_or_else(Vec::new, |set| {
            methods.iter().map(|&method| set.series(&mut scorer.clone(), method, options)).collect()
        });
        let mut clusters = vec![ClusterSeries::of_ladder(self, by, options, set.as_ref())];
        if options.baselines {
            let linked = [Method::Resemblance, Method::WholePageJaccard, Method::WholePageMinHash];
            clusters.extend(
                linked.map(|method| ClusterSeries::linked(self, &scorer, method, options, set.as_ref())),
            );
        }
        let predicted = labeled.predicted.iter().map(|(name, found)| {
            (name.clone(), ClusterPoint::of_predicted(self, found, options, set.as_ref()))
        });
        let distribution = |by| {
            let scores = self.measures().iter().map(|measure| measure.scores(by));
            (Method::score(by), histogram(scores.map(|(a, b)| a.max(b)), BINS))
        };
        let index = if options.index_sample > 0 {
            let seed = options.resampling.seed;
            IndexShare::all(self, &options.index, options.index_sample, seed, set.as_ref())?
        } else {
            Vec::new()
        };
        Ok(Sweep {
            settings: self.settings().clone(),
            counts: self.counts(),
            thresholds: options.thresholds.clone(),
            distributions: SCORES.map(distribution).to_vec(),
            pairs,
            clusters,
            predicted: predicted.collect(),
            index,
            labels_in_index: set.as_ref().map(|set| set.in_index(&|a, b| self.is_candidate(a, b))),
            labeled_pairs: set.as_ref().map(LabeledSet::totals),
            labels: labeled.counts,
        })
    }

    /// Lists the labeled pairs that a threshold calls wrongly by a score: false positives first, then misses, the
    /// furthest from the threshold first.
    pub fn wrong_pairs(&self, truth: &Truth, by: Score, threshold: f64) -> Vec<WrongPair> {
        let set = LabeledSet::new(self, truth);
        set.wrong(&mut Scorer::new(self, None), Method::score(by), threshold)
    }
}

/// Compares clusters with groups, or with labeled pairs.
fn compared(set: Option<&LabeledSet<'_>>, groups: &[Group], resampling: Resampling) -> clusters::Compared {
    match set {
        None => clusters::Compared::default(),
        Some(set) => set.compare(groups, resampling),
    }
}

/// The labeled articles by number, as `evaluate` counts them.
pub(super) struct Items<'s> {
    number_of: BTreeMap<ArticleId, u32>,
    ids: Vec<ArticleId>,
    kinds: Vec<Option<&'s str>>,
    grouping: Grouping,
}

impl<'s> Items<'s> {
    fn new(articles: &'s [LabeledArticle]) -> Self {
        let ids: Vec<ArticleId> = articles.iter().map(|article| article.id).collect();
        let groups: Vec<Vec<u32>> = articles.iter().map(|article| article.groups.clone()).collect();
        let number_of = (0..).zip(&ids).map(|(number, &id)| (id, number)).collect();
        let kinds = articles.iter().map(|article| article.kind.as_deref()).collect();
        Self { number_of, ids, kinds, grouping: Grouping::new(&groups) }
    }

    /// Gives the kind of an article, where labels name one.
    fn kind(&self, id: ArticleId) -> Option<&'s str> {
        self.kinds[*self.number_of.get(&id)? as usize]
    }

    /// Gives the labeled articles of a cluster, by number.
    fn of_group(&self, group: &Group) -> Vec<(u32, f64)> {
        let number = |&(id, share): &(ArticleId, f64)| Some((*self.number_of.get(&id)?, share));
        group.members.iter().filter_map(number).collect()
    }
}

/// Counts labeled pairs as a clustering calls them.
fn confusion_of(called: impl Iterator<Item = (bool, bool)>) -> Confusion {
    let mut confusion = Confusion::default();
    for (positive, called) in called {
        confusion.count(positive, called, 1.0);
    }
    confusion
}
