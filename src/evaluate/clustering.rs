//! Clusters and true groups in, how good the clusters are out.

use std::collections::BTreeMap;

use super::bcubed::{BCubed, Cover};
use super::bootstrap::{Interval, Resampling};
use super::confusion::Confusion;
use super::curve::pair_weight;
use super::partition::adjusted_rand_index;

/// How good clusters are, against groups that are right.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterQuality {
    /// Of all pairs of articles: together in a cluster, together in a group.
    pub pairs: Confusion,
    /// Extended B-cubed precision, recall and F.
    pub bcubed: [f64; 3],
    /// The adjusted Rand index, each article taken to be in the cluster that covers it best and in its first group.
    pub adjusted_rand_index: f64,
    /// Clusters whose members have no group in common.
    pub glued: usize,
    /// The members of the largest of these; 0 where there is none.
    pub largest_wrong: usize,
    /// The pieces of which a group of two or more is, on average; 1 where none is torn. A piece is a cluster with two
    /// of its articles or more (unless these are there for another group, which has more in it), or an article of it
    /// that is in none of those.
    pub fragmentation: f64,
    /// Where resamples put the F1 of pairs and the F of B-cubed; nothing without resamples.
    pub intervals: Option<[Interval; 2]>,
}

/// True groups of articles, and what clusters are compared with them.
#[derive(Clone, Debug)]
pub struct Grouping {
    groups: Cover,
    /// For each article the first of its groups: the unit that is resampled.
    units: Vec<u32>,
    unit_count: usize,
    /// Pairs that are together in a group, by their units.
    together: BTreeMap<[u32; 2], f64>,
}

impl Grouping {
    /// Takes for each article its groups, the main one first. Articles are numbered from 0; each is in a group.
    pub fn new(groups_of: &[Vec<u32>]) -> Self {
        let group_count = groups_of.iter().flatten().max().map_or(0, |&last| last as usize + 1);
        let mut sets = vec![Vec::new(); group_count];
        for (article, groups) in (0..).zip(groups_of) {
            for &group in groups {
                sets[group as usize].push(article);
            }
        }
        let groups = Cover::new(groups_of.len(), &sets);
        let units: Vec<u32> = (0..groups_of.len())
            .map(|article| groups_of[article].first().copied().unwrap_or_default())
            .collect();
        let mut grouping = Self { groups, units, unit_count: group_count, together: BTreeMap::new() };
        for pair in grouping.pairs(&grouping.groups) {
            *grouping.together.entry(grouping.units_of(pair)).or_default() += 1.0;
        }
        grouping
    }

    /// Tells how many units there are to resample.
    pub fn units(&self) -> usize {
        self.unit_count
    }

    /// Gives the units of two articles.
    pub fn units_of(&self, [one, other]: [u32; 2]) -> [u32; 2] {
        let (left, right) = (self.units[one as usize], self.units[other as usize]);
        [left.min(right), left.max(right)]
    }

    /// Tells whether two articles are together in a group.
    pub fn are_together(&self, [one, other]: [u32; 2]) -> bool {
        self.groups.shared(one, other) > 0
    }

    /// Lists the pairs of articles that are together in a group, the smaller number first, ascending.
    pub fn pairs_together(&self) -> impl Iterator<Item = [u32; 2]> {
        self.pairs(&self.groups)
    }

    /// Counts all pairs of articles.
    pub fn all_pairs(&self) -> f64 {
        let articles = self.units.len() as f64;
        articles * (articles - 1.0) / 2.0
    }

    fn pairs<'c>(&self, cover: &'c Cover) -> impl Iterator<Item = [u32; 2]> + 'c {
        let articles = 0..self.units.len() as u32;
        articles.flat_map(|one| {
            let together = cover.together_with(one).into_iter();
            together.map(move |(other, _)| [one, other]).filter(|[one, other]| one < other)
        })
    }

    /// Compares clusters with the groups. A cluster lists its articles, each with the share of it that stands in the
    /// cluster; articles without a cluster are each for itself.
    pub fn quality(&self, clusters: &[Vec<(u32, f64)>], resampling: Resampling) -> ClusterQuality {
        let sets: Vec<Vec<u32>> =
            clusters.iter().map(|cluster| cluster.iter().map(|&(article, _)| article).collect()).collect();
        let cover = Cover::new(self.units.len(), &sets);
        let mut cells: BTreeMap<[u32; 2], [f64; 2]> = BTreeMap::new();
        for pair in self.pairs(&cover) {
            cells.entry(self.units_of(pair)).or_default()[usize::from(!self.are_together(pair))] += 1.0;
        }
        let confusion = |weights: Option<&[f64]>| {
            let weight = |units| weights.map_or(1.0, |weights| pair_weight(weights, units));
            let called = |label: usize| -> f64 {
                cells.iter().map(|(&units, counts)| weight(units) * counts[label]).sum()
            };
            let together: f64 = self.together.iter().map(|(&units, count)| weight(units) * count).sum();
            let (right, wrong) = (called(0), called(1));
            Confusion {
                true_positives: right,
                false_positives: wrong,
                false_negatives: together - right,
                true_negatives: self.all_pairs() - together - wrong,
            }
        };
        let bcubed = BCubed::new(&cover, &self.groups);
        let resamples = resampling.each(self.unit_count, |weights| {
            let [.., f] = bcubed.means(|article| weights[self.units[article] as usize]);
            (confusion(Some(weights)).f1(), f)
        });
        let (f1s, fs): (Vec<f64>, Vec<f64>) = resamples.into_iter().unzip();
        let glued: Vec<usize> = sets.iter().filter(|set| self.is_glued(set)).map(Vec::len).collect();
        ClusterQuality {
            pairs: confusion(None),
            bcubed: bcubed.means(|_| 1.0),
            adjusted_rand_index: adjusted_rand_index(&self.best_covered(clusters), &self.units),
            glued: glued.len(),
            largest_wrong: glued.into_iter().max().unwrap_or(0),
            fragmentation: self.fragmentation(&cover),
            intervals: Interval::new(f1s).zip(Interval::new(fs)).map(|(f1, f)| [f1, f]),
        }
    }

    /// Tells whether articles of a cluster have no group in common.
    fn is_glued(&self, set: &[u32]) -> bool {
        let Some((&first, others)) = set.split_first() else {
            return false;
        };
        let in_group =
            |group: &u32, article: &u32| self.groups.sets_of(*article).binary_search(group).is_ok();
        !self.groups.sets_of(first).iter().any(|group| others.iter().all(|other| in_group(group, other)))
    }

    /// Gives for each article the number of the cluster that covers it best, the first of equals, or one of its own.
    fn best_covered(&self, clusters: &[Vec<(u32, f64)>]) -> Vec<u32> {
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

    fn fragmentation(&self, clusters: &Cover) -> f64 {
        let mut pieces_of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (number, members) in (0..).zip(clusters.members()) {
            for group in self.carried(members) {
                pieces_of.entry(group).or_default().push(number);
            }
        }
        let groups = (0..).zip(self.groups.members()).filter(|(_, group)| group.len() > 1);
        let pieces = |(number, group): (u32, &Vec<u32>)| {
            let pieces = pieces_of.get(&number).map_or(&[][..], Vec::as_slice);
            let in_piece = |set: &u32| pieces.binary_search(set).is_ok();
            let alone =
                group.iter().filter(|&&article| !clusters.sets_of(article).iter().any(in_piece)).count();
            pieces.len() + alone
        };
        let counts: Vec<usize> = groups.map(pieces).collect();
        super::confusion::ratio(counts.iter().sum::<usize>() as f64, counts.len() as f64)
    }

    /// Gives the groups of which a cluster is a piece: those with two of its articles or more, unless these are only
    /// part of what another group has in it. Two pages with the same two stories are in the cluster of each story, and
    /// make none of them a piece of the other.
    fn carried(&self, members: &[u32]) -> Vec<u32> {
        let mut of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &article in members {
            for &group in self.groups.sets_of(article) {
                of.entry(group).or_default().push(article);
            }
        }
        let is_part = |part: &[u32], whole: &[u32]| {
            part.len() < whole.len() && part.iter().all(|article| whole.binary_search(article).is_ok())
        };
        let is_piece =
            |articles: &[u32]| articles.len() > 1 && !of.values().any(|other| is_part(articles, other));
        of.iter().filter(|(_, articles)| is_piece(articles)).map(|(&group, _)| group).collect()
    }
}
