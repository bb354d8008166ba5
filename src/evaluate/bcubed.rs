//! For each article its clusters and its true groups in, extended B-cubed precision and recall out.
//!
//! Clusters and groups may overlap: a page with two stories is in two of each. Of two articles it is asked in how many
//! clusters they are together, and in how many groups; an article is compared with itself, too.
//! Cost: the sum of the squares of the sizes of clusters and groups.
//! Source: Amigó, Gonzalo, Artiles and Verdejo, "A comparison of extrinsic clustering evaluation metrics based on
//! formal constraints", 2009, section 5.

use super::confusion::harmonic_mean;

/// Which articles are together: for each article the numbers of the sets it is in, ascending.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    sets_of: Vec<Vec<u32>>,
    members: Vec<Vec<u32>>,
}

impl Cover {
    /// Makes a cover of so many articles from sets of them. An article that is in none gets one of its own, behind
    /// the others.
    pub fn new(articles: usize, sets: &[Vec<u32>]) -> Self {
        let mut sets_of = vec![Vec::new(); articles];
        let mut members: Vec<Vec<u32>> = sets.to_vec();
        for (number, set) in (0..).zip(&mut members) {
            set.sort_unstable();
            set.dedup();
            for &article in &*set {
                sets_of[article as usize].push(number);
            }
        }
        for (article, sets) in (0..).zip(&mut sets_of) {
            if sets.is_empty() {
                sets.push(members.len() as u32);
                members.push(vec![article]);
            }
        }
        Self { sets_of, members }
    }

    /// Gives the sets of an article, ascending.
    pub fn sets_of(&self, article: u32) -> &[u32] {
        &self.sets_of[article as usize]
    }

    /// Gives the members of each set, ascending.
    pub fn members(&self) -> &[Vec<u32>] {
        &self.members
    }

    /// Gives the articles that are together with one, itself among them, ascending, and in how many sets they are.
    pub fn together_with(&self, article: u32) -> Vec<(u32, u32)> {
        let sets = self.sets_of(article).iter();
        let mut others: Vec<u32> = sets.flat_map(|&set| self.members[set as usize].iter().copied()).collect();
        others.sort_unstable();
        others.chunk_by(|one, other| one == other).map(|run| (run[0], run.len() as u32)).collect()
    }

    /// Counts the sets that two articles are in together.
    pub fn shared(&self, one: u32, other: u32) -> u32 {
        let (left, right) = (self.sets_of(one), self.sets_of(other));
        left.iter().filter(|set| right.binary_search(set).is_ok()).count() as u32
    }
}

/// The precision and the recall of each article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BCubed {
    /// For each article, how far those that it is in clusters with belong with it.
    pub precision: Vec<f64>,
    /// For each article, how far those that belong with it are in clusters with it.
    pub recall: Vec<f64>,
}

impl BCubed {
    /// Compares clusters with the groups that are right.
    pub fn new(clusters: &Cover, truth: &Cover) -> Self {
        // Of those together with an article in `one`, the mean share of these times that `other` confirms.
        let confirmed = |one: &Cover, other: &Cover, article: u32| {
            let together = one.together_with(article);
            let confirmed = |&(partner, times): &(u32, u32)| {
                f64::from(times.min(other.shared(article, partner))) / f64::from(times)
            };
            together.iter().map(confirmed).sum::<f64>() / together.len() as f64
        };
        let articles = 0..clusters.sets_of.len() as u32;
        Self {
            precision: articles.clone().map(|article| confirmed(clusters, truth, article)).collect(),
            recall: articles.map(|article| confirmed(truth, clusters, article)).collect(),
        }
    }

    /// Gives mean precision, mean recall and their harmonic mean, over articles that count as often as `weight` says;
    /// 0 where none counts.
    pub fn means(&self, weight: impl Fn(usize) -> f64) -> [f64; 3] {
        let mean = |values: &[f64]| {
            let (mut sum, mut weights) = (0.0, 0.0);
            for (article, value) in values.iter().enumerate() {
                sum += weight(article) * value;
                weights += weight(article);
            }
            super::confusion::ratio(sum, weights)
        };
        let (precision, recall) = (mean(&self.precision), mean(&self.recall));
        [precision, recall, harmonic_mean(precision, recall)]
    }
}
