//! Chooses the article that represents a group of a star.
//!
//! Candidates are the center and the members that contain nearly the whole passage, in the order of [`Preference`].
//! The first candidate that at least half of the other articles match is the representative: an article that most others
//! do not match has another version of the text. The few that do not match it are not in its cluster.
//! Cost: at most [`CANDIDATES_TRIED`] times one verification for each article of the group.

use super::attribution::NamedSources;
use super::choice_reason::ChoiceReason;
use super::clipped_match::ClippedMatch;
use super::member_verifier::MemberVerifier;
use super::preference::{Preference, Rank};
use super::star_group::{GroupView, StarGroup};
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};

/// The share of the passage that an article must contain to represent it: the tenth that may be missing is a headline
/// or some words in between, but no paragraph.
const SHARE_TO_REPRESENT: f64 = 0.9;
/// The number of candidates that are tried before the center of the star is taken.
const CANDIDATES_TRIED: usize = 4;

/// The representative of a group.
pub(super) struct Representative<'m> {
    pub(super) id: ArticleId,
    pub(super) why: ChoiceReason,
    /// The group as seen from the representative. Articles identical to it see the same.
    pub(super) view: GroupView<'m>,
}

/// Chooses the representative of a group: the most preferred candidate that at least half of the others match, or else
/// the center.
pub(super) fn choose<'m>(
    corpus: &Corpus,
    identical: &IdenticalArticles,
    preference: &Preference,
    verifier: &mut MemberVerifier<'_>,
    group: &StarGroup<'m>,
) -> Representative<'m> {
    let ranks = ranked_candidates(corpus, identical, preference, group);
    for (index, rank) in ranks.iter().take(CANDIDATES_TRIED).enumerate() {
        let id = rank.id();
        if let Some(view) = group.seen_from(identical.leader(id), verifier) {
            let why = if index == 0 { preference.why(rank, &ranks) } else { ChoiceReason::SharedByAll };
            return Representative { id, why, view };
        }
    }
    Representative { id: group.center, why: ChoiceReason::SharedByAll, view: group.seen_from_center() }
}

/// Returns the articles of a group that contain enough of the passage to represent it, the most preferred first.
fn ranked_candidates(
    corpus: &Corpus,
    identical: &IdenticalArticles,
    preference: &Preference,
    group: &StarGroup<'_>,
) -> Vec<Rank> {
    let passage_words = group.passage.len();
    let contains_enough = |part: u32| f64::from(part) >= SHARE_TO_REPRESENT * f64::from(passage_words);
    // Each leader of identical articles, and the number of its words that are in the passage.
    let mut leaders: Vec<(ArticleId, u32)> = vec![(group.center, passage_words)];
    for satellite in &group.satellites {
        if contains_enough(satellite.found.region_a.overlap(&group.passage)) {
            let own_part = ClippedMatch::new(satellite.found, &group.passage).region_b();
            leaders.push((satellite.found.b, own_part.len()));
        }
    }
    let all = std::iter::once(group.center).chain(group.satellites.iter().map(|other| other.found.b));
    let sources = NamedSources::new(corpus, all.flat_map(|id| identical.of(id)).copied());
    let mut ranks: Vec<Rank> = Vec::new();
    for (leader, part) in leaders {
        let other_words = corpus.words(leader) as u32 - part;
        let rank =
            |&id: &ArticleId| preference.rank(corpus, id, other_words).named_by_others(sources.names(id));
        ranks.extend(identical.of(leader).iter().map(rank));
    }
    ranks.sort_unstable();
    ranks
}
