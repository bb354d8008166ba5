//! Builds clusters: the articles that contain one passage, each verified against a representative.
//!
//! A cluster is a star. Every member is verified against the representative: the two match, and both match the center
//! of the star. The parts of the passage that any two members contain overlap by at least half of the shorter. So a
//! chain of similar articles whose ends share nothing is not a cluster, and a page with two stories is in the clusters
//! of both without joining them.
//!
//! The steps, each in a file of its own:
//! - `rule.rs` decides which matches put two articles into one cluster.
//! - `component.rs` divides the matches into components that can be processed in parallel.
//! - `star.rs` takes the article with the most matches as a center and groups its matches by the passage that they
//!   share (`overlap.rs`, `star_group.rs`), until every match is in a cluster. What its outlet prints again and again
//!   with other news is left out (`series.rs`).
//! - `representative.rs` chooses the article that represents a group, in the order of `preference.rs`.
//! - `contained.rs` removes clusters that another cluster contains.
//! - `cluster_writer.rs` packs each cluster as soon as it is made (`cluster_codec.rs`); `clusters.rs` unpacks it when it is
//!   asked for.
//! - `cluster_ids.rs` and `stories.rs` assign the ids, and put clusters of one story next to each other.
//!
//! `by_threshold.rs` does the same at many thresholds, and repeats only what changes.
//!
//! Invariants: no decision depends on the order in which articles were read; no cluster is contained in another.
//! Cost: one verification for each member of each star that is tried. A component is processed by one thread, or by all
//! if it is large.
//! Source: stars after Aslam, Pelekhov and Rus, "Static and dynamic information organization with star clusters",
//! 1998; passages as nodes after Smith, Cordell and Dillon, "Infectious texts", 2013.

mod attribution;
mod bridge;
mod by_threshold;
mod choice_reason;
mod clipped_match;
#[expect(clippy::module_inception, reason = "the file is named after its type")]
mod cluster;
mod cluster_codec;
mod cluster_head;
mod cluster_ids;
mod cluster_writer;
mod clusters;
mod component;
mod contained;
mod disjoint_sets;
mod id;
mod kind;
mod listed_clusters;
mod match_graph;
mod member;
mod member_passages;
mod member_verifier;
mod overlap;
mod preference;
mod representative;
mod rule;
mod series;
mod star;
mod star_group;
mod stories;
mod threshold_range;

pub(crate) use self::attribution::{most_credited, own_agency};
pub use self::by_threshold::{ClustersByThreshold, Group};
pub use self::choice_reason::ChoiceReason;
pub use self::cluster::Cluster;
pub use self::cluster_head::ClusterHead;
pub use self::clusters::{ClusterIter, Clusters};
pub(crate) use self::component::{Component, ComponentMatches, flat_map_components};
pub use self::disjoint_sets::DisjointSets;
pub use self::id::{ClusterId, StoryId};
pub use self::kind::{Kind, kind};
pub use self::listed_clusters::ListedClusters;
pub use self::member::Member;
pub use self::preference::{Keep, Preference, Rank};
pub use self::rule::ClusterRule;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use self::cluster_ids::assign_ids;
use self::cluster_writer::ClusterWriter;
use self::contained::{covered_leaders, without_contained};
use self::star::StarBuilder;
use self::stories::assign_stories;
use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles, Role};
use crate::error::Error;
use crate::store::Storage;
use crate::verify::{Matches, Verifier};

/// Returns the clusters of a collection: the largest first, then by representative, those of junk after all others.
/// Clusters of one story follow each other, after the largest of them.
///
/// `matches` are matches between leaders (the first of each set of identical articles); `preference` decides which
/// articles represent the others. A set of identical articles of which less than half is in other clusters is a
/// cluster of its own. Clusters of which all members are in the reference collection are left out.
///
/// # Errors
/// [`Error::Storage`] if what does not fit into memory cannot be stored.
pub(crate) fn cluster(
    corpus: &Corpus,
    identical: &IdenticalArticles,
    matches: &Matches,
    verifier: &Verifier<'_>,
    rule: ClusterRule,
    preference: &Preference,
    storage: &Storage,
) -> Result<Clusters, Error> {
    let writer = ClusterWriter::new(storage);
    let covered: Mutex<BTreeSet<ArticleId>> = Mutex::default();
    let build = |builder: &mut StarBuilder<'_>, component: &Component<'_>| -> Vec<ClusterHead> {
        let clusters = without_contained(builder.clusters(component));
        let leaders = covered_leaders(&clusters, corpus, identical);
        covered.lock().unwrap_or_else(PoisonError::into_inner).extend(leaders);
        let is_reported = |cluster: &&Cluster| !cluster.is_reference_only(corpus);
        clusters.iter().filter(is_reported).map(|cluster| writer.add(cluster)).collect()
    };
    let mut heads = flat_map_components(
        matches,
        |head| rule.joins(head.relation(), head.longest, head.is_other_news()),
        || StarBuilder::new(corpus, identical, verifier.clone(), rule, preference),
        build,
    );
    let covered = covered.into_inner().unwrap_or_else(PoisonError::into_inner);
    let is_open = |set: &&[ArticleId]| {
        !covered.contains(&set[0]) && !matches!(corpus.role(set[0]), Role::Reference | Role::Context)
    };
    let uncovered = identical.sets().filter(is_open);
    heads.extend(uncovered.map(|set| writer.add(&Cluster::of_identical(corpus, set, preference))));
    let mut clusters = writer.close(heads)?;
    clusters.sort(corpus);
    assign_ids(corpus, &mut clusters);
    assign_stories(corpus, &mut clusters);
    Ok(clusters)
}

#[cfg(test)]
mod tests;
