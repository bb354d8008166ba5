//! A component in, its removals out: who stays is chosen one by one, in the order of preference.

use std::collections::BTreeMap;

use super::novelty::News;
use super::support_finder::Prover;
use super::{DedupRule, Removal, Support};
use crate::article::ArticleId;
use crate::cluster::{Cluster, Component, Preference, Rank};
use crate::corpus::{Corpus, IdenticalArticles};
use crate::verify::Verifier;

/// Members of a cluster, the most preferred first, that are looked at for a proof.
const MEMBERS: usize = 64;

/// Ranks an article among those that may stay. Where dates and all else are equal, the one that says most is preferred,
/// since the others may go under it.
pub(super) fn rank(corpus: &Corpus, preference: &Preference, id: ArticleId) -> Rank {
    preference.rank(corpus, id, u32::MAX - corpus.words(id) as u32)
}

/// What the choice needs to know of all articles.
pub(super) struct Greedy<'a> {
    corpus: &'a Corpus,
    copies: &'a IdenticalArticles,
    rule: DedupRule,
    preference: &'a Preference,
    /// For each cluster the leaders of its most preferred members.
    clusters: Vec<Vec<ArticleId>>,
    /// For each leader in clusters, which.
    clusters_of: BTreeMap<ArticleId, Vec<usize>>,
}

impl<'a> Greedy<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        copies: &'a IdenticalArticles,
        clusters: &[Cluster],
        rule: DedupRule,
        preference: &'a Preference,
    ) -> Self {
        let mut greedy =
            Self { corpus, copies, rule, preference, clusters: Vec::new(), clusters_of: BTreeMap::new() };
        for (number, cluster) in clusters.iter().enumerate() {
            let mut leaders: Vec<ArticleId> =
                cluster.members.iter().map(|member| copies.leader(member.id)).collect();
            leaders.sort_unstable();
            leaders.dedup();
            for &leader in &leaders {
                greedy.clusters_of.entry(leader).or_default().push(number);
            }
            leaders.sort_by_cached_key(|&leader| greedy.order(leader));
            leaders.truncate(MEMBERS);
            greedy.clusters.push(leaders);
        }
        greedy
    }

    /// Gives the one of a set of identical articles that stays if any does: one of the reference pile, else the most
    /// preferred.
    pub(super) fn head(&self, set: &[ArticleId]) -> ArticleId {
        let order = |&id: &ArticleId| (!self.corpus.is_reference(id), self.rank(id));
        set.iter().copied().min_by_key(|id| order(id)).expect("a set of copies holds its leader")
    }

    fn rank(&self, id: ArticleId) -> Rank {
        rank(self.corpus, self.preference, id)
    }

    /// Gives what the leaders of sets are put in order by.
    fn order(&self, leader: ArticleId) -> (bool, Rank) {
        let head = self.head(self.copies.of(leader));
        (!self.corpus.is_reference(head), self.rank(head))
    }

    /// Finds the articles of a component that may go, copies included.
    pub(super) fn removals(&self, component: &Component<'a>, verifier: Verifier<'a>) -> Vec<Removal> {
        let mut leaders: Vec<((bool, Rank), ArticleId)> =
            component.articles.iter().map(|&leader| (self.order(leader), leader)).collect();
        leaders.sort_unstable();
        let news = News { corpus: self.corpus, copies: self.copies, rule: self.rule };
        let mut prover = Prover::new(news, verifier, component);
        // For each leader that stays its place in the order; an article that goes is nobody's proof.
        let mut places: BTreeMap<ArticleId, usize> = BTreeMap::new();
        let mut proofs: BTreeMap<ArticleId, Vec<Support>> = BTreeMap::new();
        for (place, ((is_new, _), leader)) in leaders.into_iter().enumerate() {
            let neighbors: Vec<ArticleId> = prover.neighbors(leader).collect();
            let further = || {
                let gone =
                    neighbors.iter().filter_map(|id| proofs.get(id)).flatten().map(|support| support.id);
                let clusters = self.clusters_of.get(&leader).into_iter().flatten();
                let members = clusters.flat_map(|&number| &self.clusters[number]).copied();
                gone.chain(members).collect()
            };
            let stays = |id: ArticleId| places.get(&id).copied();
            match if is_new && !self.corpus.is_junk(leader) {
                prover.prove(leader, &stays, further)
            } else {
                None
            } {
                Some(proof) => drop(proofs.insert(leader, proof)),
                None => drop(places.insert(leader, place)),
            }
        }
        proofs.iter().flat_map(|(&leader, proof)| self.spelled_out(leader, proof)).collect()
    }

    /// Gives the removals of a set of identical articles, under those that stay.
    fn spelled_out(&self, leader: ArticleId, proof: &[Support]) -> Vec<Removal> {
        let kept =
            |support: &Support| Support { id: self.head(self.copies.of(support.id)), ..support.clone() };
        let under: Vec<Support> = proof.iter().map(kept).collect();
        let articles = self.copies.of(leader).iter().filter(|&&id| !self.corpus.is_junk(id));
        articles.map(|&id| Removal::new(self.corpus, id, under.clone())).collect()
    }
}
