//! An article and the clusters it stands in, what is put into its record out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::record::{as_id, reference, rounded, shown};
use super::span::{Offsets, spans_of};
use crate::article::{ArticleId, Location};
use crate::cluster::{Cluster, Kind, Member};
use crate::corpus::Corpus;

/// What the clusters say of one article.
#[derive(Clone, Debug, Serialize)]
pub struct FlagRecord<'a> {
    /// The clusters it stands in, those with the largest share of it first.
    pub clusters: Vec<FlagCluster<'a>>,
}

/// What one cluster says of an article.
#[derive(Clone, Debug, Serialize)]
pub struct FlagCluster<'a> {
    /// The cluster's ID.
    #[serde(serialize_with = "as_id")]
    pub cluster: u64,
    /// How the article's passage relates to the representative's.
    pub relation: &'static str,
    /// Reprint or revision, towards the representative.
    pub kind: Option<&'static str>,
    /// The key of the representative.
    pub of: &'a str,
    /// Where the representative was read.
    #[serde(serialize_with = "shown")]
    pub of_at: &'a Location,
    /// Whether the representative belongs to the reference pile; nothing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_reference: Option<bool>,
    /// The share of the representative's passage that the article carries.
    pub coverage: f64,
    /// The share of its own words that stand in the passage.
    pub article_coverage: f64,
    /// Where it carries the passage: begins and ends in its text.
    pub spans: Vec<[u32; 2]>,
    /// The agency that the article is credited to, where it is.
    pub credit: Option<&'static str>,
}

/// Tells of each article in which clusters it stands.
#[derive(Debug)]
pub struct Flags<'a> {
    corpus: &'a Corpus,
    places: BTreeMap<ArticleId, Vec<(&'a Cluster, &'a Member)>>,
}

impl<'a> Flags<'a> {
    /// Looks the members of clusters up.
    pub fn new(corpus: &'a Corpus, clusters: &'a [Cluster]) -> Self {
        let mut places: BTreeMap<ArticleId, Vec<(&Cluster, &Member)>> = BTreeMap::new();
        for cluster in clusters {
            for member in &cluster.members {
                places.entry(member.id).or_default().push((cluster, member));
            }
        }
        for clusters in places.values_mut() {
            clusters.sort_by(|(one, left), (other, right)| {
                right.article_coverage.total_cmp(&left.article_coverage).then(one.id.cmp(&other.id))
            });
        }
        Self { corpus, places }
    }

    /// Counts the articles that stand in clusters, those of the reference pile apart.
    pub fn len(&self) -> usize {
        self.places.keys().filter(|&&id| !self.corpus.is_reference(id)).count()
    }

    /// Tells whether none of these articles stands in a cluster.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Says what is to be said of an article; nothing where it stands in no cluster.
    pub fn record(&self, id: ArticleId, offsets: Offsets) -> Option<FlagRecord<'a>> {
        let clusters = self.places.get(&id)?;
        let say = |&(cluster, member): &(&'a Cluster, &'a Member)| {
            let of = self.corpus.header(cluster.representative);
            FlagCluster {
                cluster: cluster.id,
                relation: member.relation.map_or("representative", |relation| relation.name()),
                kind: member.kind.map(Kind::name),
                of: of.key,
                of_at: of.place,
                of_reference: reference(self.corpus, cluster.representative),
                coverage: rounded(member.coverage),
                article_coverage: rounded(member.article_coverage),
                spans: spans_of(self.corpus, id, member.passages.iter().map(|(_, own)| own), offsets),
                credit: self.corpus.credit(id),
            }
        };
        Some(FlagRecord { clusters: clusters.iter().map(say).collect() })
    }
}
