//! Measures how well clusters agree with the true groups of labeled articles.

use std::collections::BTreeMap;

use super::adjusted_rand_index::adjusted_rand_index;
use super::bcubed::BCubed;
use super::bootstrap::{Interval, Resampling, pair_weight};
use super::confusion_matrix::ConfusionMatrix;
use super::cover::Cover;
use super::fragmentation::fragmentation;
use super::grouping::Grouping;

/// The agreement of clusters with true groups.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterQuality {
    /// The confusion matrix of all pairs of articles: called copies are those that are together in a cluster,
    /// copies those that are together in a group.
    pub pairs: ConfusionMatrix,
    /// Extended B-cubed precision, recall and F.
    pub bcubed: [f64; 3],
    /// The adjusted Rand index of two partitions: each article in the cluster that covers most of it, and each
    /// article in its first group.
    pub adjusted_rand_index: f64,
    /// The number of clusters whose members have no group in common.
    pub glued: usize,
    /// The number of members of the largest of these clusters; 0 if there are none.
    pub largest_wrong: usize,
    /// The mean number of pieces of a group of two articles or more; 1 if no group is divided. A piece is a cluster
    /// with two of its articles or more (unless these are there for another group, which has more in it), or an
    /// article of it that is in none of those.
    pub fragmentation: f64,
    /// The intervals of the F1 of pairs and of the B-cubed F; `None` without resamples.
    pub intervals: Option<[Interval; 2]>,
}

/// The numbers of pairs that are together in a cluster, by the units of the two articles: pairs that are together
/// in a group, and pairs that are not.
type CalledPairs = BTreeMap<[u32; 2], [f64; 2]>;

impl Grouping {
    /// Compares clusters with the groups. A cluster contains its articles, each with the share of it that the
    /// cluster covers. An article without a cluster is in a cluster of its own.
    pub fn quality(&self, clusters: &[Vec<(u32, f64)>], resampling: Resampling) -> ClusterQuality {
        let sets: Vec<Vec<u32>> =
            clusters.iter().map(|cluster| cluster.iter().map(|&(article, _)| article).collect()).collect();
        let cover = Cover::new(self.units.len(), &sets);
        let called = self.called_pairs(&cover);
        let bcubed = BCubed::new(&cover, &self.groups);
        let resamples = resampling.each(self.units(), |weights| {
            let f1 = self.confusion(&called, |units| pair_weight(weights, units)).f1();
            let [.., f] = bcubed.means(|article| weights[self.units[article] as usize]);
            (f1, f)
        });
        let (f1s, fs): (Vec<f64>, Vec<f64>) = resamples.into_iter().unzip();
        let glued: Vec<usize> = sets.iter().filter(|set| self.is_glued(set)).map(Vec::len).collect();
        ClusterQuality {
            pairs: self.confusion(&called, |_| 1.0),
            bcubed: bcubed.means(|_| 1.0),
            adjusted_rand_index: adjusted_rand_index(&self.best_clusters(clusters), &self.units),
            glued: glued.len(),
            largest_wrong: glued.into_iter().max().unwrap_or(0),
            fragmentation: fragmentation(&self.groups, &cover),
            intervals: Interval::new(f1s).zip(Interval::new(fs)).map(|(f1, f)| [f1, f]),
        }
    }

    fn called_pairs(&self, clusters: &Cover) -> CalledPairs {
        let mut called = CalledPairs::new();
        for pair in clusters.pairs() {
            called.entry(self.units_of(pair)).or_default()[usize::from(!self.are_together(pair))] += 1.0;
        }
        called
    }

    /// Returns the confusion matrix of all pairs of articles, with the pairs of two units weighted by `weight`.
    fn confusion(&self, called: &CalledPairs, weight: impl Fn([u32; 2]) -> f64) -> ConfusionMatrix {
        let sum = |label: usize| called.iter().map(|(&units, counts)| weight(units) * counts[label]).sum();
        let (right, wrong): (f64, f64) = (sum(0), sum(1));
        let together: f64 = self.together.iter().map(|(&units, count)| weight(units) * count).sum();
        ConfusionMatrix {
            true_positives: right,
            false_positives: wrong,
            false_negatives: together - right,
            // All pairs are counted without weights. That is wrong for a resample, of which only F1 is used.
            true_negatives: self.all_pairs() - together - wrong,
        }
    }

    /// Returns whether the articles of a cluster have no group in common.
    fn is_glued(&self, cluster: &[u32]) -> bool {
        let Some((&first, others)) = cluster.split_first() else {
            return false;
        };
        let contains =
            |group: &u32, article: &u32| self.groups.sets_of(*article).binary_search(group).is_ok();
        !self.groups.sets_of(first).iter().any(|group| others.iter().all(|other| contains(group, other)))
    }

    /// Returns for each article the number of the cluster that covers most of it, the first of equal ones. An
    /// article without a cluster gets a number of its own.
    fn best_clusters(&self, clusters: &[Vec<(u32, f64)>]) -> Vec<u32> {
        let mut best: Vec<(f64, u32)> = (0..self.units.len())
            .map(|article| (f64::NEG_INFINITY, (clusters.len() + article) as u32))
            .collect();
        for (number, cluster) in (0..).zip(clusters) {
            for &(article, share) in cluster {
                if share > best[article as usize].0 {
                    best[article as usize] = (share, number);
                }
            }
        }
        best.into_iter().map(|(_, number)| number).collect()
    }
}
