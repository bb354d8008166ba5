//! Represents the true groups of labeled articles, and their pairs.

use std::collections::BTreeMap;

use super::cover::Cover;

/// The true groups of labeled articles, with which clusters are compared.
#[derive(Clone, Debug)]
pub struct Grouping {
    pub(super) groups: Cover,
    /// For each article its first group: the unit that is resampled.
    pub(super) units: Vec<u32>,
    unit_count: usize,
    /// The number of pairs that are together in a group, by the units of the two articles.
    pub(super) together: BTreeMap<[u32; 2], f64>,
}

impl Grouping {
    /// Creates a grouping from the groups of each article, the main one first. Articles are numbered from 0, and
    /// each is in one group at least.
    pub fn new(groups_of: &[Vec<u32>]) -> Self {
        let group_count = groups_of.iter().flatten().max().map_or(0, |&last| last as usize + 1);
        let mut sets = vec![Vec::new(); group_count];
        for (article, groups) in (0..).zip(groups_of) {
            for &group in groups {
                sets[group as usize].push(article);
            }
        }
        let groups = Cover::new(groups_of.len(), &sets);
        let units: Vec<u32> =
            groups_of.iter().map(|groups| groups.first().copied().unwrap_or_default()).collect();
        let mut grouping = Self { groups, units, unit_count: group_count, together: BTreeMap::new() };
        for pair in grouping.groups.pairs() {
            *grouping.together.entry(grouping.units_of(pair)).or_default() += 1.0;
        }
        grouping
    }

    /// Returns the number of units that are resampled.
    pub fn units(&self) -> usize {
        self.unit_count
    }

    /// Returns the units of two articles, the smaller number first.
    pub fn units_of(&self, [one, other]: [u32; 2]) -> [u32; 2] {
        let (left, right) = (self.units[one as usize], self.units[other as usize]);
        [left.min(right), left.max(right)]
    }

    /// Returns whether two articles are together in a group.
    pub fn are_together(&self, [one, other]: [u32; 2]) -> bool {
        self.groups.shared(one, other) > 0
    }

    /// Returns the pairs of articles that are together in a group, ascending, the smaller number of each pair
    /// first.
    pub fn pairs_together(&self) -> impl Iterator<Item = [u32; 2]> {
        self.groups.pairs()
    }

    /// Returns the number of all pairs of articles.
    pub fn all_pairs(&self) -> f64 {
        let articles = self.units.len() as f64;
        articles * (articles - 1.0) / 2.0
    }
}
