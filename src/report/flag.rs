//! The record of the clusters that contain an article, which `flag` adds to the input.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::num::NonZeroU64;

use CellKind::{Score, Text, Whole};
use serde::Serialize;

use super::cell::{Cell, CellKind};
use super::fields::{as_text, name_or_representative, reference, rounded, utc};
use super::offsets::{Offsets, spans_of};
use crate::article::{ArticleId, LocationRef};
use crate::cluster::{Cluster, ClusterId, Clusters, Kind, Member, StoryId};
use crate::corpus::Corpus;

/// The clusters that contain an article.
#[derive(Clone, Debug, Serialize)]
pub struct FlagRecord<'a> {
    /// The site of the article, if it is known.
    pub site: Option<&'a str>,
    /// The date of publication of the article as ISO 8601, in UTC, if it is understood.
    pub published_utc: Option<String>,
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
    pub of_location: LocationRef<'a>,
    /// The number of its row, if it was read from a table. The header is row 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_row: Option<NonZeroU64>,
    /// The title of the representative, if its record has one.
    pub of_title: Option<&'a str>,
    /// The address of the representative, if its record has one.
    pub of_url: Option<&'a str>,
    /// The site of the representative, if it is known.
    pub of_site: Option<&'a str>,
    /// The date of publication of the representative as its record has it, if it has one.
    pub of_published: Option<&'a str>,
    /// That date as ISO 8601, in UTC, if it is understood.
    pub of_published_utc: Option<String>,
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

/// The name and the type of a column that `flag` adds to a table, and its cell of an article in a cluster.
type FlagColumn = (&'static str, CellKind, for<'c> fn(&'c FlagCluster<'_>) -> Cell<'c>);

/// The columns about the cluster with the largest share of an article.
const COLUMNS: [FlagColumn; 15] = [
    ("cluster_id", Text, |flag| Cell::written(&flag.cluster_id)),
    ("story_id", Text, |flag| Cell::written(&flag.story_id)),
    ("relation", Text, |flag| Cell::text(flag.relation)),
    ("passage_relation", Text, |flag| Cell::text(flag.passage_relation)),
    ("kind", Text, |flag| Cell::optional(flag.kind)),
    ("of", Text, |flag| Cell::text(flag.of)),
    ("of_location", Text, |flag| Cell::written(&flag.of_location)),
    ("of_row", Whole, |flag| Cell::row(flag.of_row)),
    ("of_title", Text, |flag| Cell::optional(flag.of_title)),
    ("of_url", Text, |flag| Cell::optional(flag.of_url)),
    ("of_site", Text, |flag| Cell::optional(flag.of_site)),
    ("of_published_utc", Text, |flag| Cell::optional(flag.of_published_utc.as_deref())),
    ("coverage", Score, |flag| Cell::Score(flag.coverage)),
    ("article_coverage", Score, |flag| Cell::Score(flag.article_coverage)),
    ("credit", Text, |flag| Cell::optional(flag.credit)),
];
/// The column about the representative's collection, only with a reference collection.
const OF_REFERENCE: &str = "of_reference";
/// The columns about the article itself: its time, and the ids of the other clusters that contain it.
const OWN_COLUMNS: [&str; 2] = ["published_utc", "other_cluster_ids"];

/// Returns a cluster and one of its members, by their indexes.
fn membership(clusters: &[Cluster], (index, place): (u32, u32)) -> (&Cluster, &Member) {
    let cluster = &clusters[index as usize];
    (cluster, &cluster.members[place as usize])
}

/// The clusters of each article.
#[derive(Debug)]
pub struct Flags<'a> {
    corpus: &'a Corpus,
    clusters: Vec<Cluster>,
    /// For each article its memberships: the index of the cluster, and that of the member. The cluster that contains the
    /// largest share of the article comes first.
    memberships: BTreeMap<ArticleId, Vec<(u32, u32)>>,
}

impl<'a> Flags<'a> {
    /// Creates the flags of the articles of a corpus.
    pub fn new(corpus: &'a Corpus, clusters: &Clusters) -> Self {
        let clusters: Vec<Cluster> = clusters.iter().collect();
        let mut memberships: BTreeMap<ArticleId, Vec<(u32, u32)>> = BTreeMap::new();
        for (index, cluster) in (0..).zip(&clusters) {
            for (place, member) in (0..).zip(&cluster.members) {
                memberships.entry(member.id).or_default().push((index, place));
            }
        }
        for of_one in memberships.values_mut() {
            of_one.sort_by(|&one, &other| {
                let [(one, left), (other, right)] = [one, other].map(|of| membership(&clusters, of));
                right.article_coverage.total_cmp(&left.article_coverage).then(one.id.cmp(&other.id))
            });
        }
        Self { corpus, clusters, memberships }
    }

    /// Returns the clusters of an article, and the article as a member of each.
    fn clusters_of(&self, id: ArticleId) -> impl Iterator<Item = (&Cluster, &Member)> {
        self.memberships.get(&id).into_iter().flatten().map(|&of| membership(&self.clusters, of))
    }

    /// Returns the number of articles in clusters, without those of the reference collection.
    pub fn len(&self) -> usize {
        self.memberships.keys().filter(|&&id| !self.corpus.is_reference(id)).count()
    }

    /// Returns whether no such article is in a cluster.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the names and the types of the columns that are added to a table.
    pub fn columns(&self) -> Vec<(&'static str, CellKind)> {
        let reference = self.corpus.has_references().then_some((OF_REFERENCE, CellKind::Flag));
        let own = OWN_COLUMNS.map(|name| (name, Text));
        COLUMNS.iter().map(|&(name, kind, _)| (name, kind)).chain(reference).chain(own).collect()
    }

    /// Returns the cells of these columns for an article: those about a cluster are empty if it is in none.
    pub fn cells(&self, id: ArticleId) -> Vec<Cell<'static>> {
        let mut clusters = self.clusters_of(id);
        // No column has spans.
        let first = clusters.next().map(|(cluster, member)| self.flag(cluster, member, Vec::new()));
        let cell =
            |(_, _, cell): &FlagColumn| first.as_ref().map_or(Cell::Empty, |first| cell(first).into_owned());
        let mut cells: Vec<Cell<'static>> = COLUMNS.iter().map(cell).collect();
        if self.corpus.has_references() {
            cells.push(Cell::flag(first.and_then(|flag| flag.of_reference)));
        }
        let others: Vec<String> = clusters.map(|(other, _)| other.id.to_string()).collect();
        let others = (!others.is_empty()).then(|| others.join(" "));
        let own = [self.published_utc(id), others];
        cells.extend(own.map(|cell| cell.map_or(Cell::Empty, |cell| Cell::Text(Cow::Owned(cell)))));
        cells
    }

    /// Returns the date of publication of an article as ISO 8601, in UTC, if it is understood.
    pub fn published_utc(&self, id: ArticleId) -> Option<String> {
        utc(self.corpus.time(id))
    }

    /// Returns the record of an article; nothing if it is in no cluster.
    pub fn record(&self, id: ArticleId, offsets: Offsets) -> Option<FlagRecord<'a>> {
        let flag = |(cluster, member): (&Cluster, &Member)| {
            let own = cluster.passages_of(member).iter().map(|(_, own)| own);
            self.flag(cluster, member, spans_of(self.corpus, id, own, offsets))
        };
        let clusters: Vec<FlagCluster<'a>> = self.clusters_of(id).map(flag).collect();
        (!clusters.is_empty()).then(|| FlagRecord {
            site: self.corpus.site(id),
            published_utc: self.published_utc(id),
            clusters,
        })
    }

    /// Returns a cluster, seen from one of its members, with the spans of the passage in it.
    fn flag(&self, cluster: &Cluster, member: &Member, spans: Vec<[u32; 2]>) -> FlagCluster<'a> {
        let of = self.corpus.header(cluster.representative);
        FlagCluster {
            cluster_id: cluster.id,
            story_id: cluster.story_id,
            relation: name_or_representative(member.relation),
            passage_relation: name_or_representative(member.passage_relation),
            kind: member.kind.map(Kind::name),
            of: of.key,
            of_location: of.location,
            of_row: of.row,
            of_title: of.title,
            of_url: of.url,
            of_site: of.site,
            of_published: of.published,
            of_published_utc: utc(of.time),
            of_reference: reference(self.corpus, cluster.representative),
            coverage: rounded(member.coverage),
            article_coverage: rounded(member.article_coverage),
            spans,
            credit: self.corpus.credit(member.id),
        }
    }
}
