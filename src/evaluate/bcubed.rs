//! Computes extended B-cubed precision and recall of clusters against true groups.
//!
//! Clusters and groups may overlap: a page with two stories is in two of each. The precision of an article is the
//! mean, over all articles e' that share a cluster with it, of min(c, g) / c, where c is the number of clusters and
//! g the number of groups that the two share. Its recall is the mean, over all articles that share a group with it,
//! of min(c, g) / g. An article is also compared with itself. If no sets overlap, this is the original B-cubed.
//!
//! Cost: the sum of the squares of the sizes of clusters and groups.
//! Source: Bagga and Baldwin, "Algorithms for scoring coreference chains", 1998; extended to overlapping sets by
//! Amigó, Gonzalo, Artiles and Verdejo, "A comparison of extrinsic clustering evaluation metrics based on formal
//! constraints", 2009, section 5.

use super::confusion_matrix::{harmonic_mean, ratio};
use super::cover::Cover;

/// The B-cubed precision and recall of each article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BCubed {
    /// The precision of each article.
    pub precision: Vec<f64>,
    /// The recall of each article.
    pub recall: Vec<f64>,
}

impl BCubed {
    /// Compares clusters with the true groups of the same articles.
    pub fn new(clusters: &Cover, truth: &Cover) -> Self {
        let articles = 0..clusters.articles() as u32;
        Self {
            precision: articles.clone().map(|article| confirmed_share(clusters, truth, article)).collect(),
            recall: articles.map(|article| confirmed_share(truth, clusters, article)).collect(),
        }
    }

    /// Returns the mean precision, the mean recall and the harmonic mean of the two, with the articles weighted by
    /// `weight`. They are 0 if all weights are 0.
    pub fn means(&self, weight: impl Fn(usize) -> f64) -> [f64; 3] {
        let (precision, recall) = (mean(&self.precision, &weight), mean(&self.recall, &weight));
        [precision, recall, harmonic_mean(precision, recall)]
    }
}

/// Returns the mean, over the articles that share sets of `one` with `article`, of the share of these sets that is
/// matched by sets of `other`.
fn confirmed_share(one: &Cover, other: &Cover, article: u32) -> f64 {
    let together = one.together_with(article);
    let shares = together
        .iter()
        .map(|&(partner, times)| f64::from(times.min(other.shared(article, partner))) / f64::from(times));
    shares.sum::<f64>() / together.len() as f64
}

fn mean(values: &[f64], weight: impl Fn(usize) -> f64) -> f64 {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (article, value) in values.iter().enumerate() {
        sum += weight(article) * value;
        weights += weight(article);
    }
    ratio(sum, weights)
}
