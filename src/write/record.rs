//! Matches and clusters in, records out: what a report says of each, in the order of its fields.
//!
//! `docs/schema/` describes the same for readers of other languages.

use serde::{Serialize, Serializer};

use super::span::{Offsets, masked_of, spans_of};
use crate::article::{ArticleId, Location};
use crate::cluster::{Cluster, Kind, Member, kind};
use crate::corpus::Corpus;
use crate::verify::{Match, Passage};

/// Decimals of a score in a record; what is behind them is told by no text of a length that is published.
const DECIMALS: f64 = 1e4;

/// A pair of articles that share text.
#[derive(Clone, Debug, Serialize)]
pub struct PairRecord<'a> {
    /// The key of the first article; the excerpt, where one of them is.
    pub a: &'a str,
    /// The key of the second article.
    pub b: &'a str,
    /// Where the first was read.
    #[serde(serialize_with = "shown")]
    pub at_a: &'a Location,
    /// Where the second was read.
    #[serde(serialize_with = "shown")]
    pub at_b: &'a Location,
    /// How they relate; nothing only where two unrelated articles are compared.
    pub relation: Option<&'static str>,
    /// Reprint or revision; nothing where the site is unknown or the dates are far apart.
    pub kind: Option<&'static str>,
    /// Whether one of them is no article: an error page, or the few words that a site gives under any headline.
    pub junk: bool,
    /// The exact Jaccard coefficient of their shingles.
    pub resemblance: f64,
    /// The exact share of the shingles of `a` that stand in `b`.
    pub containment_a: f64,
    /// The exact share of the shingles of `b` that stand in `a`.
    pub containment_b: f64,
    /// The share of the words of `a` that stand in shared passages.
    pub coverage_a: f64,
    /// The share of the words of `b` that stand in shared passages.
    pub coverage_b: f64,
    /// How many words of `a` stand in shared passages.
    pub words: u32,
    /// Whether the first belongs to the reference pile; nothing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_a: Option<bool>,
    /// Whether the second does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_b: Option<bool>,
    /// The shared passages, by their place in `a`.
    pub spans: Vec<PairSpans>,
}

/// One passage in two articles: begin and end in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PairSpans {
    /// Where it stands in the text of `a`.
    pub a: [u32; 2],
    /// Where it stands in the text of `b`.
    pub b: [u32; 2],
}

impl<'a> PairRecord<'a> {
    /// Says what a match says.
    pub fn new(corpus: &'a Corpus, found: &Match, offsets: Offsets) -> Self {
        let [a, b] = [found.a, found.b].map(|id| corpus.header(id));
        let ranges =
            |of: fn(&Passage) -> std::ops::Range<u32>| found.passages.iter().map(of).collect::<Vec<_>>();
        let spans_a = spans_of(corpus, found.a, &ranges(Passage::a), offsets);
        let spans_b = spans_of(corpus, found.b, &ranges(Passage::b), offsets);
        Self {
            a: a.key,
            b: b.key,
            at_a: a.place,
            at_b: b.place,
            relation: Some(found.relation.name()),
            kind: kind(corpus, found.a, found.b).map(Kind::name),
            junk: corpus.is_junk(found.a) || corpus.is_junk(found.b),
            resemblance: rounded(found.resemblance()),
            containment_a: rounded(found.containment_a()),
            containment_b: rounded(found.containment_b()),
            coverage_a: rounded(found.coverage_a()),
            coverage_b: rounded(found.coverage_b()),
            words: found.aligned_words(),
            reference_a: reference(corpus, found.a),
            reference_b: reference(corpus, found.b),
            spans: spans_a.into_iter().zip(spans_b).map(|(a, b)| PairSpans { a, b }).collect(),
        }
    }
}

/// The articles that carry one passage.
#[derive(Clone, Debug, Serialize)]
pub struct ClusterRecord<'a> {
    /// The cluster's ID: 16 hexadecimal digits, the same as long as the representative and its passage are.
    #[serde(serialize_with = "as_id")]
    pub cluster: u64,
    /// How many members it has.
    pub size: usize,
    /// On how many known sites they stand.
    pub sites: usize,
    /// How many of these sites carry it without a sign that they owe it to an agency.
    pub independent_sites: usize,
    /// The agency to which most members are credited, where any is.
    pub agency: Option<&'static str>,
    /// Whether what they carry is no article: an error page, or the few words that a site gives under any headline.
    pub junk: bool,
    /// The key of the article that the members were checked against.
    pub representative: &'a str,
    /// Why that one was chosen.
    pub representative_why: &'static str,
    /// The least coverage of a member.
    pub cohesion: f64,
    /// The members, the representative first.
    pub members: Vec<MemberRecord<'a>>,
}

/// An article in a cluster.
#[derive(Clone, Debug, Serialize)]
pub struct MemberRecord<'a> {
    /// Its key.
    pub key: &'a str,
    /// Where it was read.
    #[serde(serialize_with = "shown")]
    pub at: &'a Location,
    /// The site it stands on, where known.
    pub site: Option<&'a str>,
    /// Its date as the record gives it, where it does.
    pub published: Option<&'a str>,
    /// How its passage relates to the representative's; `representative` for that one itself.
    pub relation: &'static str,
    /// Reprint or revision, towards the representative.
    pub kind: Option<&'static str>,
    /// The share of the representative's passage that it carries.
    pub coverage: f64,
    /// The share of its own words that stand in the passage.
    pub article_coverage: f64,
    /// The exact resemblance of the whole article to the whole representative.
    pub resemblance: f64,
    /// Where it carries the passage: begins and ends in its text.
    pub spans: Vec<[u32; 2]>,
    /// What each of these is aligned with: begins and ends in the text of the representative.
    pub representative_spans: Vec<[u32; 2]>,
    /// Whether the others would not match each other without it.
    pub bridge: bool,
    /// The agency it is credited to, where it is.
    pub credit: Option<&'static str>,
    /// Whether it belongs to the reference pile; nothing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<bool>,
    /// What is masked of it as its site's boilerplate: begins and ends in its text; nothing where that is not asked
    /// for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boilerplate: Option<Vec<[u32; 2]>>,
}

impl<'a> ClusterRecord<'a> {
    /// Says what a cluster says.
    pub fn new(corpus: &'a Corpus, cluster: &Cluster, offsets: Offsets) -> Self {
        Self {
            cluster: cluster.id,
            size: cluster.members.len(),
            sites: cluster.sites(corpus),
            independent_sites: cluster.independent_sites(corpus),
            agency: cluster.agency(corpus),
            junk: cluster.is_junk(corpus),
            representative: corpus.key(cluster.representative),
            representative_why: cluster.why.name(),
            cohesion: rounded(cluster.cohesion()),
            members: cluster
                .members
                .iter()
                .map(|member| MemberRecord::new(corpus, cluster, member, offsets))
                .collect(),
        }
    }
}

impl ClusterRecord<'_> {
    /// Says of each member, too, what is masked of it. `cluster` is the one that the record was made of.
    pub fn show_boilerplate(&mut self, corpus: &Corpus, cluster: &Cluster, offsets: Offsets) {
        for (record, member) in self.members.iter_mut().zip(&cluster.members) {
            record.boilerplate = Some(masked_of(corpus, member.id, offsets));
        }
    }
}

impl<'a> MemberRecord<'a> {
    fn new(corpus: &'a Corpus, cluster: &Cluster, member: &Member, offsets: Offsets) -> Self {
        let header = corpus.header(member.id);
        let (theirs, own): (Vec<_>, Vec<_>) = member.passages.iter().cloned().unzip();
        Self {
            key: header.key,
            at: header.place,
            site: header.site,
            published: header.published,
            relation: member.relation.map_or("representative", |relation| relation.name()),
            kind: member.kind.map(Kind::name),
            coverage: rounded(member.coverage),
            article_coverage: rounded(member.article_coverage),
            resemblance: rounded(member.resemblance),
            spans: spans_of(corpus, member.id, &own, offsets),
            representative_spans: spans_of(corpus, cluster.representative, &theirs, offsets),
            bridge: member.bridge,
            credit: header.credit,
            reference: reference(corpus, member.id),
            boilerplate: None,
        }
    }
}

/// Tells whether an article belongs to the reference pile; nothing where there is none.
pub(super) fn reference(corpus: &Corpus, id: ArticleId) -> Option<bool> {
    corpus.has_references().then(|| corpus.is_reference(id))
}

pub(super) fn rounded(score: f64) -> f64 {
    (score * DECIMALS).round() / DECIMALS
}

pub(super) fn shown<S: Serializer>(location: &Location, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(location)
}

pub(super) fn as_id<S: Serializer>(id: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{id:016x}"))
}
