//! Assembles a cluster from its representative and the articles that match it, and answers questions about it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::attribution::{NamedSources, confirmed_by_others, most_credited, own_agency};
use super::bridge::is_bridge;
use super::choice_reason::ChoiceReason;
use super::id::{ClusterId, StoryId};
use super::kind::kind;
use super::member::{Member, sort_by_date};
use super::member_passages::MemberPassages;
use super::preference::{Preference, Rank};
use super::representative::Representative;
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles, Role};
use crate::verify::Region;

/// The articles that contain one passage.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// A short hash of the representative's key and passage.
    pub id: ClusterId,
    /// The id of the story that the cluster belongs to: that of the cluster of the story whose representative is the
    /// earliest.
    pub story_id: StoryId,
    /// The article that the members were verified against.
    pub representative: ArticleId,
    /// The reason why it was chosen.
    pub why: ChoiceReason,
    /// The passage: tokens of the representative.
    pub passage: Region,
    /// All members: the representative first, the others by date and key.
    pub members: Vec<Member>,
    /// The passages of all members.
    pub(super) passages: MemberPassages,
}

impl Cluster {
    /// Creates the cluster around a representative, with all articles that are identical to it or to one of its
    /// matches. Its ids are still to be assigned. `threshold` is that of the cluster rule.
    pub(super) fn new(
        corpus: &Corpus,
        identical: &IdenticalArticles,
        representative: Representative<'_>,
        threshold: f64,
    ) -> Self {
        let Representative { id: representative, why, view } = representative;
        let passage = view.passage;
        let mut passages = MemberPassages::default();
        let first = Member::representative(corpus, representative, &passage, &mut passages);
        let others = identical.of(representative).iter().filter(|&&id| id != representative);
        let mut members: Vec<Member> = vec![first.clone()];
        members.extend(others.map(|&id| first.identical(corpus, id)));
        // The parts of the passage that the other members contain. Identical articles contain the same.
        let mut parts: Vec<Region> = members[1..].first().map(|_| passage.clone()).into_iter().collect();
        for found in &view.matches {
            let member = Member::new(corpus, representative, &passage, found, threshold, &mut passages);
            parts.push(found.region_a.intersection(&passage));
            let copies = identical.of(found.b).iter();
            members.extend(copies.map(|&id| Member {
                id,
                kind: kind(corpus, representative, id),
                ..member.clone()
            }));
        }
        members[0].bridge = is_bridge(&parts, threshold);
        sort_by_date(corpus, &mut members[1..]);
        // A component, which may have most clusters of a run, keeps them until it is known which contain others.
        members.shrink_to_fit();
        passages.shrink_to_fit();
        let why = confirmed_by_others(corpus, representative, &members, why);
        let (id, story_id) = (ClusterId::default(), StoryId::default());
        Self { id, story_id, representative, why, passage, members, passages }
    }

    /// Creates the cluster of a set of identical articles. Its ids are still to be assigned.
    pub(super) fn of_identical(corpus: &Corpus, set: &[ArticleId], preference: &Preference) -> Self {
        let passage = Region::new(std::iter::once(0..corpus.words(set[0]) as u32));
        let sources = NamedSources::new(corpus, set.iter().copied());
        let rank = |&id: &ArticleId| preference.rank(corpus, id, 0).named_by_others(sources.names(id));
        let ranks: Vec<Rank> = set.iter().map(rank).collect();
        let best = ranks.iter().min().expect("a set has articles");
        let representative = best.id();
        let mut passages = MemberPassages::default();
        let first = Member::representative(corpus, representative, &passage, &mut passages);
        let others = set.iter().filter(|&&id| id != representative);
        let mut members: Vec<Member> = Vec::with_capacity(set.len());
        members.push(first.clone());
        members.extend(others.map(|&id| first.identical(corpus, id)));
        sort_by_date(corpus, &mut members[1..]);
        let why = confirmed_by_others(corpus, representative, &members, preference.why(best, &ranks));
        let (id, story_id) = (ClusterId::default(), StoryId::default());
        Self { id, story_id, representative, why, passage, members, passages }
    }

    /// Returns the passages of a member of this cluster: for each the tokens of the representative, and the tokens of the
    /// member that are aligned with them.
    pub fn passages_of(&self, member: &Member) -> &[(Range<u32>, Range<u32>)] {
        self.passages.get(member.passages)
    }

    /// Returns the tokens of a member of this cluster that are aligned with the representative.
    pub fn region_of(&self, member: &Member) -> Region {
        Region::new(self.passages_of(member).iter().map(|(_, own)| own.clone()))
    }

    /// Returns the least coverage of a member.
    pub fn cohesion(&self) -> f64 {
        self.members.iter().map(|member| member.coverage).fold(1.0, f64::min)
    }

    /// Returns whether the shared text is not an article: the representative is an error page, or the few words that a
    /// site prints under any headline.
    pub fn is_junk(&self, corpus: &Corpus) -> bool {
        corpus.is_junk(self.representative)
    }

    /// Returns whether all members are in the reference collection.
    pub(super) fn is_reference_only(&self, corpus: &Corpus) -> bool {
        self.members.iter().all(|member| matches!(corpus.role(member.id), Role::Reference | Role::Context))
    }

    /// Returns the agency to which most members are credited, the first by name of equals; `None` if no member is
    /// credited to an agency.
    pub fn agency(&self, corpus: &Corpus) -> Option<&'static str> {
        most_credited(corpus, self.members.iter().map(|member| member.id))
    }

    /// Returns the number of known outlets that apparently do not have the passage from an agency: those that are no
    /// agency's own site and of which no member is credited to an agency.
    pub fn independent_sites(&self, corpus: &Corpus) -> usize {
        let credited: BTreeSet<&str> = self
            .members
            .iter()
            .map(|member| member.id)
            .filter(|&id| corpus.credit(id).is_some() || own_agency(corpus, id).is_some())
            .filter_map(|id| corpus.outlet(id))
            .collect();
        self.sites(corpus) - credited.len()
    }

    /// Returns the number of known outlets in which members are.
    pub fn sites(&self, corpus: &Corpus) -> usize {
        let outlets: BTreeSet<&str> =
            self.members.iter().filter_map(|member| corpus.outlet(member.id)).collect();
        outlets.len()
    }
}
