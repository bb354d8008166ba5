//! A component in, its removals out: who stays is chosen one by one, in the order of preference.

use std::collections::{BTreeMap, BTreeSet};

use super::news::News;
use super::proof::Prover;
use super::{DedupRule, Removal, Support};
use crate::article::ArticleId;
use crate::cluster::{Cluster, Component, Preference, Rank};
use crate::corpus::{Copies, Corpus};
use crate::verify::Verifier;

/// Members of a cluster, the most preferred first, that are looked at for a proof.
const MEMBERS: usize = 64;

/// What the choice needs to know of all articles.
pub(super) struct Greedy<'a> {
    corpus: &'a Corpus,
    copies: &'a Copies,
    rule: DedupRule,
    preference: &'a Preference,
    /// For each cluster the leaders of its most preferred members.
    clusters: Vec<Vec<ArticleId>>,
    /// For each leader in clusters, which.
    clusters_of: BTreeMap<ArticleId, Vec<usize>>,
}

/// A set of identical articles, of which one stays or none.
struct Unit {
    leader: ArticleId,
    /// What was asked for.
    asked: (usize, u64),
    /// Whether one of them belongs to the reference pile and so stays.
    is_reference: bool,
}

impl<'a> Greedy<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        copies: &'a Copies,
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
        self.preference.rank(self.corpus, id, self.corpus.tokens(id).len() as u32)
    }

    /// Gives what the leaders of sets are put in order by.
    fn order(&self, leader: ArticleId) -> (bool, Rank) {
        let head = self.head(self.copies.of(leader));
        (!self.corpus.is_reference(head), self.rank(head))
    }

    /// Finds the articles of a component that may go, copies included.
    pub(super) fn removals(&self, component: &Component<'a>, verifier: Verifier<'a>) -> Vec<Removal> {
        let mut ordered: Vec<((bool, Rank), ArticleId)> =
            component.articles.iter().map(|&leader| (self.order(leader), leader)).collect();
        ordered.sort_unstable();
        let units: Vec<Unit> = ordered
            .into_iter()
            .map(|((is_new, rank), leader)| Unit {
                leader,
                asked: self.preference.asked(&rank),
                is_reference: !is_new,
            })
            .collect();
        let news = News { corpus: self.corpus, copies: self.copies, rule: self.rule };
        let prover = Prover::new(news, verifier, component);
        let mut choice = Choice::new(self, prover, &units);
        for place in 0..units.len() {
            choice.judge(place);
        }
        for place in (0..units.len()).rev() {
            choice.reconsider(place);
        }
        choice.proofs.iter().flat_map(|(&leader, proof)| self.spelled_out(leader, proof)).collect()
    }

    /// Gives the removals of a set of identical articles, under those that stay.
    fn spelled_out(&self, leader: ArticleId, proof: &[Support]) -> Vec<Removal> {
        let kept =
            |support: &Support| Support { id: self.head(self.copies.of(support.id)), ..support.clone() };
        let under: Vec<Support> = proof.iter().map(kept).collect();
        self.copies.of(leader).iter().map(|&id| Removal::new(self.corpus, id, under.clone())).collect()
    }
}

/// The choice in one component.
struct Choice<'g, 'a> {
    greedy: &'g Greedy<'a>,
    prover: Prover<'a>,
    units: &'g [Unit],
    /// For each unit its place in the order of preference.
    places: BTreeMap<ArticleId, usize>,
    /// Whether the unit at a place stays.
    stays: Vec<bool>,
    /// The proofs of those that go.
    proofs: BTreeMap<ArticleId, Vec<Support>>,
    /// For each unit those whose proofs lean on it.
    leaning: BTreeMap<ArticleId, BTreeSet<ArticleId>>,
}

impl<'g, 'a> Choice<'g, 'a> {
    fn new(greedy: &'g Greedy<'a>, prover: Prover<'a>, units: &'g [Unit]) -> Self {
        Self {
            greedy,
            prover,
            units,
            places: units.iter().enumerate().map(|(place, unit)| (unit.leader, place)).collect(),
            // Nobody leans on one that was not judged yet.
            stays: vec![false; units.len()],
            proofs: BTreeMap::new(),
            leaning: BTreeMap::new(),
        }
    }

    /// Decides about a unit by those before it.
    fn judge(&mut self, place: usize) {
        let unit = &self.units[place];
        match if unit.is_reference { None } else { self.prove(place) } {
            Some(proof) => self.remove(unit.leader, proof),
            None => self.stays[place] = true,
        }
    }

    /// Lets a unit go after all where others that stay hold it, and hold all that leaned on it.
    fn reconsider(&mut self, place: usize) {
        let Unit { leader, is_reference, .. } = self.units[place];
        if is_reference || !self.stays[place] {
            return;
        }
        let Some(proof) = self.prove(place) else { return };
        self.stays[place] = false;
        self.remove(leader, proof);
        let leaning: Vec<ArticleId> = self.leaning.get(&leader).into_iter().flatten().copied().collect();
        let mut anew = Vec::with_capacity(leaning.len());
        for other in leaning {
            match self.prove(self.places[&other]) {
                Some(proof) => anew.push((other, proof)),
                None => {
                    self.forget(leader);
                    self.stays[place] = true;
                    return;
                }
            }
        }
        for (other, proof) in anew {
            self.forget(other);
            self.remove(other, proof);
        }
    }

    fn remove(&mut self, leader: ArticleId, proof: Vec<Support>) {
        for support in &proof {
            self.leaning.entry(support.id).or_default().insert(leader);
        }
        self.proofs.insert(leader, proof);
    }

    fn forget(&mut self, leader: ArticleId) {
        for support in self.proofs.remove(&leader).unwrap_or_default() {
            if let Some(leaning) = self.leaning.get_mut(&support.id) {
                leaning.remove(&leader);
            }
        }
    }

    /// Proves that a unit may go by those that stay and are no less asked for.
    fn prove(&mut self, place: usize) -> Option<Vec<Support>> {
        let Self { greedy, prover, units, places, stays, proofs, .. } = self;
        let unit = &units[place];
        let may_be_leaned_on = |id: ArticleId| {
            let at = *places.get(&id)?;
            let other = &units[at];
            let is_fit = other.is_reference || other.asked <= unit.asked;
            (at != place && stays[at] && is_fit).then_some(at)
        };
        let neighbors: Vec<ArticleId> = prover.neighbors(unit.leader).collect();
        let further = || {
            let gone = neighbors.iter().filter_map(|id| proofs.get(id)).flatten().map(|support| support.id);
            let clusters = greedy.clusters_of.get(&unit.leader).into_iter().flatten();
            let members = clusters.flat_map(|&number| &greedy.clusters[number]).copied();
            gone.chain(members).collect()
        };
        prover.prove(unit.leader, &may_be_leaned_on, further)
    }
}
