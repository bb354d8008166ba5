//! Matches in, clusters of passages out: the articles that carry one passage, each checked against a representative.
//!
//! A cluster is a star: every member is verified against the representative, and what it carries of the passage
//! overlaps what any other member carries by at least half of the shorter. So a chain of likenesses whose ends share
//! nothing is no cluster, and a page with two stories stands in the clusters of both without gluing them.
//!
//! Invariants: no decision depends on the order in which articles were read; no cluster is contained in another.
//! Cost: one verification for each member of each star that is tried; a component is worked on by one thread.
//! Source: stars after Aslam, Pelekhov and Rus, "Static and dynamic information organization with star clusters",
//! 1998; passages as nodes after Smith, Cordell and Dillon, "Infectious texts", 2013.

mod by_threshold;
mod component;
mod contained;
mod disjoint_sets;
mod overlap;
mod preference;
mod representative;
mod star;

pub use self::by_threshold::{Group, Ladder};
pub(crate) use self::component::{Component, for_each_component};
pub use self::disjoint_sets::DisjointSets;
pub use self::preference::{Keep, Preference, Rank};
pub use self::representative::kind;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles};
use crate::verify::{JudgeRule, MatchHead, Matches, Measure, Region, Relation, Score, Verifier};

/// What makes a cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterRule {
    /// The share of a passage that must be covered for the passage to count as carried, 0 to 1.
    pub threshold: f64,
    /// The fewest equal words of the longest passage of a partial match that joins: longer than any quote.
    pub join_words: u32,
    /// Members whose dates are further apart than so many seconds do not come together, if this is given.
    pub within: Option<u64>,
}

/// How a member comes to carry the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Another site carries it.
    Reprint,
    /// The same site carries it again, near in time.
    Revision,
}

impl Kind {
    /// Gives its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reprint => "reprint",
            Self::Revision => "revision",
        }
    }
}

/// Why a member was chosen to represent the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It stands on the own site of the agency that another site credits.
    AgencyThatOthersCredit,
    /// A copyright line on another site names the site it stands on.
    NamedInCopyright,
    /// No member that carries the whole passage has an earlier date.
    EarliestSeen,
    /// No member that carries the whole passage has an earlier date, but some have the same, or a time on the day that
    /// is all that is known of it; of those of one time it stands on an agency's own site, or has the least text
    /// besides the passage.
    AmongEarliest,
    /// No dates tell; it stands on an agency's own site.
    OnAgencySite,
    /// No dates tell; it has the least text besides the passage.
    LeastBesides,
    /// Nothing tells it from the others; its key comes first.
    FirstByKey,
    /// It stands on a site that was asked for.
    PreferredSite,
    /// It has the most words besides boilerplate, which was asked for.
    LongestCore,
    /// It stands on an agency's own site or is credited to an agency, which was asked for.
    Agency,
    /// It was read first, which was asked for.
    FirstRead,
    /// Every member aligns with it, which is not so for those that would have been preferred.
    SharedByAll,
}

impl Why {
    /// Gives its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::AgencyThatOthersCredit => "agency that others credit",
            Self::NamedInCopyright => "named in the copyright line of another site",
            Self::EarliestSeen => "earliest seen",
            Self::AmongEarliest => "among the earliest seen",
            Self::OnAgencySite => "on an agency's own site",
            Self::LeastBesides => "least text besides the passage",
            Self::FirstByKey => "first by key",
            Self::PreferredSite => "on a preferred site",
            Self::LongestCore => "longest core",
            Self::Agency => "agency's text",
            Self::FirstRead => "first read",
            Self::SharedByAll => "shares the passage with every member",
        }
    }
}

/// An article in a cluster.
#[derive(Clone, Debug)]
pub struct Member {
    /// The article.
    pub id: ArticleId,
    /// How its passage relates to the representative's: exact; near-duplicate where it carries the threshold's share
    /// of it; excerpt where it carries less, and is little else; partial where it carries less among other text.
    /// Nothing for the representative itself.
    pub relation: Option<Relation>,
    /// Reprint or revision; nothing where the site is unknown or the dates are far apart.
    pub kind: Option<Kind>,
    /// The share of the representative's passage that it carries.
    pub coverage: f64,
    /// The share of its own words that stand in the passage.
    pub article_coverage: f64,
    /// The exact resemblance of the whole article to the whole representative.
    pub resemblance: f64,
    /// What is aligned: ranges of tokens of the representative, and of this article.
    pub passages: Vec<(Range<u32>, Range<u32>)>,
    /// Whether the others would not match each other without it.
    pub bridge: bool,
}

/// The articles that carry one passage.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// A short hash of the representative's key and passage.
    pub id: u64,
    /// The article that the members were checked against.
    pub representative: ArticleId,
    /// Why it was chosen.
    pub why: Why,
    /// The passage: tokens of the representative.
    pub passage: Region,
    /// All members, the representative first, the others by date and key.
    pub members: Vec<Member>,
}

impl Cluster {
    /// Gives the least coverage of a member.
    pub fn cohesion(&self) -> f64 {
        self.members.iter().map(|member| member.coverage).fold(1.0, f64::min)
    }

    /// Tells whether what its members carry is no article: the representative is an error page, or the few words that
    /// a site gives under any headline.
    pub fn is_junk(&self, corpus: &Corpus) -> bool {
        corpus.is_junk(self.representative)
    }

    /// Names the agency to which most members are credited, the first by name of equals; nothing where none is.
    pub fn agency(&self, corpus: &Corpus) -> Option<&'static str> {
        let mut credits: Vec<&str> =
            self.members.iter().filter_map(|member| corpus.credit(member.id)).collect();
        credits.sort_unstable();
        let most = credits.chunk_by(|one, other| one == other).rev().max_by_key(|run| run.len())?;
        Some(most[0])
    }

    /// Counts the known sites that carry the passage without owing it to an agency, as far as can be read: those that
    /// are no agency's own and of which no member is credited to one.
    pub fn independent_sites(&self, corpus: &Corpus) -> usize {
        let credited: BTreeSet<&str> = self
            .members
            .iter()
            .map(|member| member.id)
            .filter(|&id| corpus.credit(id).is_some() || preference::own_agency(corpus, id).is_some())
            .filter_map(|id| corpus.site(id))
            .collect();
        self.sites(corpus) - credited.len()
    }

    /// Counts the known sites that carry the passage.
    pub fn sites(&self, corpus: &Corpus) -> usize {
        let mut sites: Vec<&str> = self.members.iter().filter_map(|member| corpus.site(member.id)).collect();
        sites.sort_unstable();
        sites.dedup();
        sites.len()
    }
}

/// Puts the articles that carry the same passages together. `matches` are matches between leaders (the first of
/// each set of identical articles); `preference` decides who represents them; clusters come largest first, then by
/// representative, those of junk behind all others. A cluster of articles of the reference pile only is none.
pub fn cluster(
    corpus: &Corpus,
    copies: &IdenticalArticles,
    matches: &Matches,
    verifier: &Verifier<'_>,
    rule: ClusterRule,
    preference: &Preference,
) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = for_each_component(
        matches,
        |head| joins(head, rule),
        || star::Stars::new(corpus, copies, verifier.clone(), rule, preference),
        |stars, component| contained::without_contained(stars.clusters(component)),
    );
    let covered = contained::covered_leaders(&clusters, corpus, copies);
    clusters.extend(
        copies
            .sets()
            .filter(|set| !covered.contains(&set[0]) && !corpus.is_reference(set[0]))
            .map(|set| representative::identical(corpus, set, preference)),
    );
    clusters.retain(|cluster| cluster.members.iter().any(|member| !corpus.is_reference(member.id)));
    clusters.sort_by_key(|cluster| {
        (
            cluster.is_junk(corpus),
            std::cmp::Reverse(cluster.members.len()),
            cluster.representative,
            cluster.passage.ranges().first().map(|range| range.start),
        )
    });
    representative::number(corpus, &mut clusters);
    clusters
}

/// Tells whether a match puts its articles into one cluster. One without a passage, as there may be where resemblance
/// or containment decides, does not: there is nothing that the members would carry.
fn joins(found: &MatchHead, rule: ClusterRule) -> bool {
    found.longest > 0 && (found.relation != Relation::Partial || found.longest >= rule.join_words)
}

/// Gives the greatest threshold at which a pair goes into one cluster, as [`joins`] says of its match at each
/// threshold; infinite where it does at any.
fn joins_up_to(measure: &Measure, judge: &JudgeRule, rule: ClusterRule) -> f64 {
    let longest = measure.longest();
    if longest == 0 {
        return 0.0;
    }
    let as_partial = judge.by == Score::Coverage && longest >= rule.join_words.max(judge.partial_words);
    if as_partial { f64::INFINITY } else { measure.reach(judge) }
}

#[cfg(test)]
mod tests;
