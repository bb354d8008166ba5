//! Selects the articles of a component that stay, one by one, in the order of preference.

use std::collections::BTreeMap;

use super::novelty::NoveltyCheck;
use super::order::{Position, StayOrder};
use super::removal::{Removal, Support};
use super::rule::DedupRule;
use super::site_lines::SiteLines;
use super::support_finder::SupportFinder;
use crate::article::ArticleId;
use crate::cluster::{Clusters, Component, Rank};
use crate::verify::Verifier;

/// The most members of a cluster, the most preferred first, that are considered as supports.
const MOST_MEMBERS: usize = 64;

/// Selects the articles that stay, with what is known of all articles.
pub(super) struct Selection<'a> {
    order: StayOrder<'a>,
    rule: DedupRule,
    site_lines: &'a SiteLines<'a>,
    /// For each cluster the leaders of its most preferred members.
    clusters: Vec<Vec<ArticleId>>,
    /// For each leader the indexes of its clusters.
    clusters_of: BTreeMap<ArticleId, Vec<usize>>,
}

impl<'a> Selection<'a> {
    pub(super) fn new(
        order: StayOrder<'a>,
        rule: DedupRule,
        site_lines: &'a SiteLines<'a>,
        clusters: &Clusters,
    ) -> Self {
        let mut members_of: Vec<Vec<ArticleId>> = Vec::with_capacity(clusters.len());
        let mut clusters_of: BTreeMap<ArticleId, Vec<usize>> = BTreeMap::new();
        for (index, cluster) in clusters.iter().enumerate() {
            let mut leaders: Vec<ArticleId> =
                cluster.members.iter().map(|member| order.identical.leader(member.id)).collect();
            leaders.sort_unstable();
            leaders.dedup();
            for &leader in &leaders {
                clusters_of.entry(leader).or_default().push(index);
            }
            leaders.sort_by_cached_key(|&leader| order.position_of_set(leader));
            leaders.truncate(MOST_MEMBERS);
            members_of.push(leaders);
        }
        Self { order, rule, site_lines, clusters: members_of, clusters_of }
    }

    /// Returns the removals of a component, those of identical articles included.
    pub(super) fn removals(&self, component: &Component<'a>, verifier: Verifier<'a>) -> Vec<Removal> {
        let StayOrder { corpus, identical, .. } = self.order;
        let mut leaders: Vec<(Position, ArticleId)> =
            component.articles.iter().map(|&leader| (self.order.position_of_set(leader), leader)).collect();
        leaders.sort_unstable();
        let novelty = NoveltyCheck { corpus, identical, site_lines: self.site_lines, rule: self.rule };
        let mut finder = SupportFinder::new(novelty, verifier, component);
        // The index in the order of each leader that stays, and the supports of each leader that is removed. A removed
        // article is not a support of others, so no text is lost by a chain of removals.
        let mut staying: BTreeMap<ArticleId, usize> = BTreeMap::new();
        let mut removed: BTreeMap<ArticleId, Vec<Support>> = BTreeMap::new();
        for (index, ((is_new, _), leader)) in leaders.into_iter().enumerate() {
            // It was chosen already, instead of an equal article before it.
            if staying.contains_key(&leader) {
                continue;
            }
            let mut supports = None;
            if is_new && !corpus.is_junk(leader) {
                let neighbors: Vec<ArticleId> = finder.neighbors(leader).collect();
                let further = || self.further_supports(leader, &neighbors, &removed);
                supports = finder.find(leader, &|id| staying.get(&id).copied(), further);
                if supports.is_none()
                    && let Some(cleaner) = self.cleaner_article(leader, &mut finder, &staying, &removed)
                {
                    staying.insert(cleaner.id, index);
                    supports = Some(vec![cleaner]);
                }
            }
            match supports {
                Some(supports) => drop(removed.insert(leader, supports)),
                None => drop(staying.insert(leader, index)),
            }
        }
        removed.iter().flat_map(|(&leader, supports)| self.removals_of_set(leader, supports)).collect()
    }

    /// Returns the article that stays instead of an article that would be the first of its equals to stay: it says the
    /// same, and has less other text. The articles that stay so far do not contain what it says.
    fn cleaner_article(
        &self,
        leader: ArticleId,
        finder: &mut SupportFinder<'a>,
        staying: &BTreeMap<ArticleId, usize>,
        removed: &BTreeMap<ArticleId, Vec<Support>>,
    ) -> Option<Support> {
        let is_open =
            |id| !staying.contains_key(&id) && !removed.contains_key(&id) && !self.order.corpus.is_junk(id);
        let equals = finder.equals(leader, is_open).into_iter();
        let ranked = equals.map(|equal| {
            let own = self.order.rank_of_set(leader, equal.own_words);
            (self.order.rank_of_set(equal.support.id, equal.other_words), own, equal.support)
        });
        let mut cleaner: Vec<(Rank, Support)> =
            ranked.filter(|(rank, own, _)| rank < own).map(|(rank, _, support)| (rank, support)).collect();
        cleaner.sort_by_key(|(rank, _)| *rank);
        let is_first = |support: &Support, finder: &mut SupportFinder<'a>| {
            finder.find(support.id, &|id| staying.get(&id).copied(), Vec::new).is_none()
        };
        cleaner.into_iter().map(|(_, support)| support).find(|support| is_first(support, finder))
    }

    /// Returns articles that may contain what an article says though they do not match it: the supports of its removed
    /// neighbors, and the members of its clusters.
    fn further_supports(
        &self,
        leader: ArticleId,
        neighbors: &[ArticleId],
        removed: &BTreeMap<ArticleId, Vec<Support>>,
    ) -> Vec<ArticleId> {
        let of_neighbors =
            neighbors.iter().filter_map(|id| removed.get(id)).flatten().map(|support| support.id);
        let clusters = self.clusters_of.get(&leader).into_iter().flatten();
        of_neighbors.chain(clusters.flat_map(|&index| &self.clusters[index]).copied()).collect()
    }

    /// Returns the removals of a set of identical articles. `supports` are leaders of sets; the removals name the
    /// article of each set that stays.
    fn removals_of_set(&self, leader: ArticleId, supports: &[Support]) -> Vec<Removal> {
        let StayOrder { corpus, identical, .. } = self.order;
        let staying =
            |support: &Support| Support { id: self.order.first(identical.of(support.id)), ..support.clone() };
        let kept_as: Vec<Support> = supports.iter().map(staying).collect();
        let articles = identical.of(leader).iter().filter(|&&id| !corpus.is_junk(id));
        articles.map(|&id| Removal::new(corpus, id, kept_as.clone())).collect()
    }
}
