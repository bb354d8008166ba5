//! An article and others that may stay in, the proof that it may go out: which of them hold what it says.

use std::collections::BTreeMap;

use super::novelty::News;
use super::{DedupRule, Support};
use crate::article::ArticleId;
use crate::cluster::Component;
use crate::verify::{Match, Region, Relation, Verifier};

/// Articles that share no list with an article, and so were never compared with it, that are verified for it. More
/// would find a proof for few, and cost for all that have none.
const VERIFIED: usize = 16;

/// Looks for proofs among the articles of one component.
pub(super) struct Prover<'a> {
    news: News<'a>,
    verifier: Verifier<'a>,
    matches_of: BTreeMap<ArticleId, Vec<&'a Match>>,
}

impl<'a> Prover<'a> {
    pub(super) fn new(news: News<'a>, verifier: Verifier<'a>, component: &Component<'a>) -> Self {
        let mut matches_of: BTreeMap<ArticleId, Vec<&Match>> = BTreeMap::new();
        for &found in &component.matches {
            for id in [found.a, found.b] {
                matches_of.entry(id).or_default().push(found);
            }
        }
        Self { news, verifier, matches_of }
    }

    /// Names the articles that match an article.
    pub(super) fn neighbors(&self, id: ArticleId) -> impl Iterator<Item = ArticleId> {
        self.matches_of.get(&id).into_iter().flatten().map(move |found| other(found, id))
    }

    /// Proves that what an article says stands in others: those it matches, else also those of `further` that align
    /// with it. `stays` tells which of them may be leaned on, and their place in the order of preference.
    pub(super) fn prove(
        &mut self,
        id: ArticleId,
        stays: &dyn Fn(ArticleId) -> Option<usize>,
        further: impl FnOnce() -> Vec<ArticleId>,
    ) -> Option<Vec<Support>> {
        let matches = self.matches_of.get(&id).into_iter().flatten();
        let known = matches.filter(|found| stays(other(found, id)).is_some());
        let mut supports: Vec<Support> =
            known.filter_map(|found| support(found, id, self.news.rule)).collect();
        if let Some(proof) = self.enough(id, &mut supports, stays) {
            return Some(proof);
        }
        let neighbors: Vec<ArticleId> = self.neighbors(id).collect();
        let mut others: Vec<(usize, ArticleId)> = further()
            .into_iter()
            .filter(|other| *other != id && !neighbors.contains(other))
            .filter_map(|other| Some((stays(other)?, other)))
            .collect();
        others.sort_unstable();
        others.dedup();
        let found = others.iter().take(VERIFIED).filter_map(|&(_, other)| self.verifier.verify(id, other));
        let found: Vec<Support> = found.filter_map(|found| support(&found, id, self.news.rule)).collect();
        if found.is_empty() {
            return None;
        }
        supports.extend(found);
        self.enough(id, &mut supports, stays)
    }

    /// Chooses as few supports as will do: the most preferred that is enough alone, else those that hold most, each
    /// with a story of its own.
    fn enough(
        &self,
        id: ArticleId,
        supports: &mut [Support],
        stays: &dyn Fn(ArticleId) -> Option<usize>,
    ) -> Option<Vec<Support>> {
        supports.sort_by_cached_key(|support| {
            let alone = self.news.is_held(id, &support.region, &[support]);
            let held = if alone { 0 } else { support.region.len() };
            (!alone, std::cmp::Reverse(held), stays(support.id))
        });
        let mut region = Region::default();
        let mut chosen: Vec<&Support> = Vec::new();
        for support in supports.iter() {
            if chosen.is_empty() || self.news.adds_story(id, &region, &support.region) {
                region = region.union(&support.region);
                chosen.push(support);
                if self.news.is_held(id, &region, &chosen) {
                    break;
                }
            }
        }
        if !self.news.is_held(id, &region, &chosen) {
            return None;
        }
        // What later ones hold as well an earlier one was chosen for in vain.
        let mut cover = Cover::new(&region);
        chosen.iter().for_each(|support| cover.add(&support.region));
        for index in (0..chosen.len()).rev() {
            let support = chosen.remove(index);
            cover.remove(&support.region);
            if !self.news.is_held(id, &cover.region(), &chosen) {
                cover.add(&support.region);
                chosen.insert(index, support);
            }
        }
        Some(chosen.into_iter().cloned().collect())
    }
}

/// How many regions cover each of some tokens.
struct Cover(Vec<u32>);

impl Cover {
    /// Makes one for the tokens of a region, which none covers yet.
    fn new(all: &Region) -> Self {
        Self(vec![0; all.ranges().last().map_or(0, |last| last.end as usize)])
    }

    fn add(&mut self, region: &Region) {
        self.change(region, |count| *count += 1);
    }

    fn remove(&mut self, region: &Region) {
        self.change(region, |count| *count -= 1);
    }

    fn change(&mut self, region: &Region, change: impl Fn(&mut u32)) {
        for range in region.ranges() {
            self.0[range.start as usize..range.end as usize].iter_mut().for_each(&change);
        }
    }

    /// Gives what at least one region covers.
    fn region(&self) -> Region {
        let mut begin = 0;
        let runs = self.0.chunk_by(|one, other| (*one > 0) == (*other > 0)).map(|run| {
            let range = begin..begin + run.len() as u32;
            begin = range.end;
            if run[0] > 0 { range } else { 0..0 }
        });
        Region::new(runs)
    }
}

fn other(found: &Match, id: ArticleId) -> ArticleId {
    if found.a == id { found.b } else { found.a }
}

/// Says what of `id`, one of the two articles of a match, stands in the other; nothing where no equal run counts.
fn support(found: &Match, id: ArticleId, rule: DedupRule) -> Option<Support> {
    let is_a = found.a == id;
    let blocks = found.passages.iter().flat_map(|passage| &passage.blocks);
    // What is left of a run at a seam, or where it overlaps another, may stand anywhere.
    let runs = blocks.filter(|block| block.length >= rule.shortest_run).map(|block| {
        let begin = if is_a { block.a } else { block.b };
        begin..begin + block.length
    });
    let region = Region::new(runs);
    let relation = match found.relation {
        Relation::Excerpt if !is_a => Relation::Partial,
        relation => relation,
    };
    (!region.is_empty()).then(|| Support { id: other(found, id), relation, region })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cover_is_the_union_of_what_is_left(
            ranges in prop::collection::vec(prop::collection::vec((0_u32..40, 1_u32..9), 1..5), 1..6),
            removed in prop::collection::vec(any::<bool>(), 6),
        ) {
            let region = |ranges: &Vec<(u32, u32)>| Region::new(ranges.iter().map(|&(at, length)| at..at + length));
            let regions: Vec<Region> = ranges.iter().map(region).collect();
            let union = |regions: &[&Region]| regions.iter().fold(Region::default(), |all, one| all.union(one));
            let mut cover = Cover::new(&union(&regions.iter().collect::<Vec<_>>()));
            regions.iter().for_each(|region| cover.add(region));
            let mut left: Vec<&Region> = Vec::new();
            for (region, removed) in regions.iter().zip(removed) {
                if removed { cover.remove(region) } else { left.push(region) }
            }
            prop_assert_eq!(cover.region(), union(&left));
        }
    }
}
