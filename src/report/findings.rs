//! The records of a whole run.

use super::cluster::ClusterRecord;
use super::listed_pairs::Listed;
use super::offsets::Offsets;
use super::pair::PairRecord;
use crate::detect::Findings;

impl Findings {
    /// Returns the record of each cluster, in the order of [`Findings::clusters`]: members with their keys, relations,
    /// and the spans of the shared passage in their texts.
    pub fn cluster_records(&self, offsets: Offsets) -> impl Iterator<Item = ClusterRecord<'_>> {
        self.clusters().iter().map(move |cluster| ClusterRecord::new(self.corpus(), cluster, offsets))
    }

    /// Returns the record of each pair of [`Findings::pairs`]: keys, relation, scores, and the spans of the shared
    /// passages in both texts.
    pub fn pair_records(&self, listed: Listed, offsets: Offsets) -> impl Iterator<Item = PairRecord<'_>> {
        self.pairs(listed).map(move |found| PairRecord::new(self.corpus(), &found, offsets))
    }
}
