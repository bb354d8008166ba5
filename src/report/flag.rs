//! The record of the clusters that contain an article, which `flag` adds to the input.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fields::{as_text, name_or_representative, reference, rounded};
use super::offsets::{Offsets, spans_of};
use crate::article::{ArticleId, Location};
use crate::cluster::{Cluster, ClusterId, Kind, Member, StoryId};
use crate::corpus::Corpus;

/// The clusters that contain an article.
#[derive(Clone, Debug, Serialize)]
pub struct FlagRecord<'a> {
    /// The clusters, those with the largest share of the article first.
    pub clusters: Vec<FlagCluster<'a>>,
}

/// A cluster, seen from one of its articles.
#[derive(Clone, Debug, Serialize)]
pub struct FlagCluster<'a> {
    /// The ID of the cluster.
    pub cluster_id: ClusterId,
    /// The ID of its story.
    pub story_id: StoryId,
    /// The relation of the whole article to the whole representative; `representative` for the representative.
    pub relation: &'static str,
    /// The relation of its passage to that of the representative; `representative` for the representative.
    pub passage_relation: &'static str,
    /// Reprint or revision of the representative.
    pub kind: Option<&'static str>,
    /// The key of the representative.
    pub of: &'a str,
    /// The location of the representative.
    #[serde(serialize_with = "as_text")]
    pub of_location: &'a Location,
    /// True if the representative belongs to the reference collection; `None` if there is no such collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_reference: Option<bool>,
    /// The share of the representative's passage that the article contains.
    pub coverage: f64,
    /// The share of its own words that are in the passage.
    pub article_coverage: f64,
    /// The begin and end of each part of the passage in its text.
    pub spans: Vec<[u32; 2]>,
    /// The agency to which the article is credited, if it is.
    pub credit: Option<&'static str>,
}

/// The clusters of each article.
#[derive(Debug)]
pub struct Flags<'a> {
    corpus: &'a Corpus,
    clusters_of: BTreeMap<ArticleId, Vec<(&'a Cluster, &'a Member)>>,
}

impl<'a> Flags<'a> {
    /// Creates the flags of the articles of a corpus.
    pub fn new(corpus: &'a Corpus, clusters: &'a [Cluster]) -> Self {
        let mut clusters_of: BTreeMap<ArticleId, Vec<(&Cluster, &Member)>> = BTreeMap::new();
        for cluster in clusters {
            for member in &cluster.members {
                clusters_of.entry(member.id).or_default().push((cluster, member));
            }
        }
        for clusters in clusters_of.values_mut() {
            clusters.sort_by(|(one, left), (other, right)| {
                right.article_coverage.total_cmp(&left.article_coverage).then(one.id.cmp(&other.id))
            });
        }
        Self { corpus, clusters_of }
    }

    /// Returns the number of articles in clusters, without those of the reference collection.
    pub fn len(&self) -> usize {
        self.clusters_of.keys().filter(|&&id| !self.corpus.is_reference(id)).count()
    }

    /// Returns whether no such article is in a cluster.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the record of an article; nothing if it is in no cluster.
    pub fn record(&self, id: ArticleId, offsets: Offsets) -> Option<FlagRecord<'a>> {
        let clusters = self.clusters_of.get(&id)?;
        let flag = |&(cluster, member): &(&'a Cluster, &'a Member)| {
            let of = self.corpus.header(cluster.representative);
            FlagCluster {
                cluster_id: cluster.id,
                story_id: cluster.story_id,
                relation: name_or_representative(member.relation),
                passage_relation: name_or_representative(member.passage_relation),
                kind: member.kind.map(Kind::name),
                of: of.key,
                of_location: of.location,
                of_reference: reference(self.corpus, cluster.representative),
                coverage: rounded(member.coverage),
                article_coverage: rounded(member.article_coverage),
                spans: spans_of(self.corpus, id, member.passages.iter().map(|(_, own)| own), offsets),
                credit: self.corpus.credit(id),
            }
        };
        Some(FlagRecord { clusters: clusters.iter().map(flag).collect() })
    }
}
