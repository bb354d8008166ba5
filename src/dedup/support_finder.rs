//! Finds articles that stay and together contain everything that an article says.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::coverage_counts::CoverageCounts;
use super::novelty::NoveltyCheck;
use super::removal::Support;
use super::statements::Statements;
use crate::article::ArticleId;
use crate::cluster::{Component, ComponentMatches};
use crate::verify::{Match, Region, Relation, Verifier};

/// The most articles that are verified for one article because they were no candidates for it. More would find
/// supports for few articles, and cost time for every article that has none.
const MOST_VERIFIED: usize = 16;

/// An article that says the same as another one: each alone contains everything that the other says.
pub(super) struct Equal {
    pub(super) support: Support,
    /// The words of the other one that it lacks.
    pub(super) own_words: u32,
    /// The words of it that the other one lacks.
    pub(super) other_words: u32,
}

/// Finds supports among the articles of one component.
pub(super) struct SupportFinder<'a> {
    novelty: NoveltyCheck<'a>,
    verifier: Verifier<'a>,
    matches: &'a ComponentMatches<'a>,
    /// For each article the other articles of its matches, with the index of each match.
    matches_of: BTreeMap<ArticleId, Vec<(ArticleId, u32)>>,
}

impl<'a> SupportFinder<'a> {
    pub(super) fn new(
        novelty: NoveltyCheck<'a>,
        verifier: Verifier<'a>,
        component: &'a Component<'a>,
    ) -> Self {
        let mut matches_of: BTreeMap<ArticleId, Vec<(ArticleId, u32)>> = BTreeMap::new();
        for (index, (a, b)) in (0..).zip(component.matches.pairs()) {
            matches_of.entry(a).or_default().push((b, index));
            matches_of.entry(b).or_default().push((a, index));
        }
        Self { novelty, verifier, matches: &component.matches, matches_of }
    }

    /// Returns the matches of an article with other articles for which `is_asked_for` holds.
    fn matches_with(
        &self,
        id: ArticleId,
        is_asked_for: impl Fn(ArticleId) -> bool,
    ) -> impl Iterator<Item = Cow<'a, Match>> {
        let matches = self.matches_of.get(&id).into_iter().flatten();
        matches
            .filter(move |(other, _)| is_asked_for(*other))
            .map(|&(_, index)| self.matches.get(index as usize))
    }

    /// Returns the articles that match an article.
    pub(super) fn neighbors(&self, id: ArticleId) -> impl Iterator<Item = ArticleId> {
        self.matches_of.get(&id).into_iter().flatten().map(|&(other, _)| other)
    }

    /// Returns articles that together contain everything that an article says; `None` if none are found.
    ///
    /// `position` returns the position of an article in the order of preference if it stays, `None` otherwise. Only
    /// articles that stay are considered: first those that match the article, then those of `further` that match it
    /// when verified.
    pub(super) fn find(
        &mut self,
        id: ArticleId,
        position: &dyn Fn(ArticleId) -> Option<usize>,
        further: impl FnOnce() -> Vec<ArticleId>,
    ) -> Option<Vec<Support>> {
        let article = self.novelty.statements(id);
        let with_staying = self.matches_with(id, |other| position(other).is_some());
        let mut supports: Vec<Support> = with_staying.filter_map(|found| self.support(&found, id)).collect();
        if let Some(chosen) = self.choose(&article, &mut supports, position) {
            return Some(chosen);
        }
        let neighbors: Vec<ArticleId> = self.neighbors(id).collect();
        let mut others: Vec<(usize, ArticleId)> = further()
            .into_iter()
            .filter(|other| *other != id && !neighbors.contains(other))
            .filter_map(|other| Some((position(other)?, other)))
            .collect();
        others.sort_unstable();
        others.dedup();
        let tried = others.iter().take(MOST_VERIFIED);
        let verified: Vec<Match> = tried.filter_map(|&(_, other)| self.verifier.verify(id, other)).collect();
        let found: Vec<Support> = verified.iter().filter_map(|found| self.support(found, id)).collect();
        if found.is_empty() {
            return None;
        }
        supports.extend(found);
        self.choose(&article, &mut supports, position)
    }

    /// Returns the equals of an article among its neighbors for which `is_open` holds.
    pub(super) fn equals(&self, id: ArticleId, is_open: impl Fn(ArticleId) -> bool) -> Vec<Equal> {
        self.matches_with(id, is_open).filter_map(|found| self.equal(id, &found)).collect()
    }

    /// Returns the other article of a match if it is an equal of `id`.
    fn equal(&self, id: ArticleId, found: &Match) -> Option<Equal> {
        let contains_all = |id: ArticleId| {
            let support = self.support(found, id)?;
            let article = self.novelty.statements(id);
            self.novelty.says_nothing_new(&article, &support.region, &[&support]).then_some(support)
        };
        let support = contains_all(id)?;
        contains_all(support.id)?;
        let found = found.seen_from(id);
        let own_words = found.words[0] - found.region_a.len();
        let other_words = found.words[1] - found.region_b.len();
        Some(Equal { support, own_words, other_words })
    }

    /// Returns the other article of a match as a support of `id`; `None` if it contains no run that is long enough, or no
    /// more than a quote.
    fn support(&self, found: &Match, id: ArticleId) -> Option<Support> {
        let is_a = found.a == id;
        let blocks = found.passages.iter().flat_map(|passage| &passage.blocks);
        // A shorter run, left at a seam or where runs overlap, may occur in any text.
        let runs = blocks.filter(|block| block.length >= self.novelty.rule.shortest_run).map(|block| {
            let begin = if is_a { block.a } else { block.b };
            begin..begin + block.length
        });
        let region = Region::new(runs);
        let relation = if is_a { found.relation } else { found.relation.inverse() };
        // A statement that two articles quote is news in both.
        (!region.is_empty() && relation != Relation::Quote).then(|| Support {
            id: other(found, id),
            relation,
            region,
            negated: self.novelty.negated(found, is_a),
        })
    }

    /// Chooses the fewest supports that suffice: the most preferred one that suffices alone, or else those that contain
    /// most of the article, each with a story that the others lack. `None` if all of them do not suffice.
    fn choose(
        &self,
        article: &Statements<'_>,
        supports: &mut [Support],
        position: &dyn Fn(ArticleId) -> Option<usize>,
    ) -> Option<Vec<Support>> {
        supports.sort_by_cached_key(|support| {
            let suffices = self.novelty.says_nothing_new(article, &support.region, &[support]);
            let contained = if suffices { 0 } else { support.region.len() };
            (!suffices, Reverse(contained), position(support.id))
        });
        let mut region = Region::default();
        let mut chosen: Vec<&Support> = Vec::new();
        for support in supports.iter() {
            if chosen.is_empty() || self.novelty.adds_story(article.id, &region, &support.region) {
                region = region.union(&support.region);
                chosen.push(support);
                if self.novelty.says_nothing_new(article, &region, &chosen) {
                    break;
                }
            }
        }
        if !self.novelty.says_nothing_new(article, &region, &chosen) {
            return None;
        }
        self.drop_superfluous(article, &region, &mut chosen);
        Some(chosen.into_iter().cloned().collect())
    }

    /// Drops the supports without which the others, which contain `region` together, suffice as well. A support that
    /// was chosen early may be superfluous because of later ones.
    fn drop_superfluous(&self, article: &Statements<'_>, region: &Region, chosen: &mut Vec<&Support>) {
        let mut counts = CoverageCounts::new(region);
        chosen.iter().for_each(|support| counts.add(&support.region));
        for index in (0..chosen.len()).rev() {
            let support = chosen.remove(index);
            counts.remove(&support.region);
            if !self.novelty.says_nothing_new(article, &counts.covered(), chosen) {
                counts.add(&support.region);
                chosen.insert(index, support);
            }
        }
    }
}

/// Returns the article of a match that is not `id`.
fn other(found: &Match, id: ArticleId) -> ArticleId {
    if found.a == id { found.b } else { found.a }
}
