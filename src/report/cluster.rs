//! The record of a cluster.
//!
//! The records of its members are made one by one when they are asked for: a cluster may have millions of them.

use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::excerpt::excerpt;
use super::fields::{as_text, name_or_representative, reference, rounded, utc};
use super::offsets::{Offsets, byte_spans_of, counted, masked_of, spans_of};
use crate::article::LocationRef;
use crate::cluster::{Cluster, ClusterId, Kind, Member, StoryId};
use crate::corpus::Corpus;

/// The articles that contain one passage.
#[derive(Clone, Debug, Serialize)]
pub struct ClusterRecord<'a> {
    /// The ID of the cluster, which stays the same as long as the representative and its passage do.
    pub cluster_id: ClusterId,
    /// The ID of the story that it belongs to: that of the cluster with the earliest representative.
    pub story_id: StoryId,
    /// The number of members.
    pub size: usize,
    /// The number of known outlets with members: sites, of which address variants count once.
    pub sites: usize,
    /// The number of these sites without a sign that they have the text from an agency.
    pub independent_sites: usize,
    /// The agency to which most members are credited, if any is.
    pub agency: Option<&'static str>,
    /// True if the passage is junk: an error page, or a few words that a site prints under any headline.
    pub junk: bool,
    /// The key of the article with which the members were compared.
    pub representative: &'a str,
    /// Its title, if the record has one.
    pub representative_title: Option<&'a str>,
    /// Its address, if the record has one.
    pub representative_url: Option<&'a str>,
    /// Its site, if it is known.
    pub representative_site: Option<&'a str>,
    /// Why it was chosen.
    pub representative_why: &'static str,
    /// The lowest coverage of a member.
    pub cohesion: f64,
    /// The members, the representative first.
    pub members: MemberRecords<'a>,
}

/// The records of some members of a cluster, which are made when they are iterated over.
#[derive(Clone, Debug)]
pub struct MemberRecords<'a> {
    corpus: &'a Corpus,
    cluster: Arc<Cluster>,
    /// The indexes of the members.
    members: Range<usize>,
    offsets: Offsets,
    boilerplate: bool,
}

/// An article in a cluster.
#[derive(Clone, Debug, Serialize)]
pub struct MemberRecord<'a> {
    /// The key.
    pub key: &'a str,
    /// The location.
    #[serde(serialize_with = "as_text")]
    pub location: LocationRef<'a>,
    /// The number of its row, if it was read from a table. The header is row 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<NonZeroU64>,
    /// The title, if the record has one.
    pub title: Option<&'a str>,
    /// The address, if the record has one.
    pub url: Option<&'a str>,
    /// The site, if it is known.
    pub site: Option<&'a str>,
    /// The date of publication as the input has it, if it has one.
    pub published: Option<&'a str>,
    /// That date as ISO 8601, in UTC, if it is understood.
    pub published_utc: Option<String>,
    /// True if that date is not believed; nothing if it is, or if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_doubted: Option<bool>,
    /// The relation of the whole article to the whole representative; `representative` for the representative.
    pub relation: &'static str,
    /// The relation of its passage to that of the representative; `representative` for the representative.
    pub passage_relation: &'static str,
    /// Reprint or revision of the representative.
    pub kind: Option<&'static str>,
    /// The share of the representative's passage that it contains.
    pub coverage: f64,
    /// The share of its own words that are in the passage.
    pub article_coverage: f64,
    /// The exact resemblance of the whole article to the whole representative.
    pub resemblance: f64,
    /// The first words of the passage in its text; `None` if texts were not kept.
    pub excerpt: Option<String>,
    /// The begin and end of each part of the passage in its text.
    pub spans: Vec<[u32; 2]>,
    /// The begin and end of what each of these is aligned with in the text of the representative.
    pub representative_spans: Vec<[u32; 2]>,
    /// True if the other members would not match each other without it.
    pub bridge: bool,
    /// The agency to which it is credited, if it is.
    pub credit: Option<&'static str>,
    /// True if it belongs to the reference collection; `None` if there is no such collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<bool>,
    /// The begin and end of each masked range of its text; nothing if that is not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boilerplate: Option<Vec<[u32; 2]>>,
}

impl<'a> ClusterRecord<'a> {
    /// Creates the record of a cluster.
    pub fn new(corpus: &'a Corpus, cluster: impl Into<Arc<Cluster>>, offsets: Offsets) -> Self {
        let cluster: Arc<Cluster> = cluster.into();
        let representative = corpus.header(cluster.representative);
        Self {
            cluster_id: cluster.id,
            story_id: cluster.story_id,
            size: cluster.members.len(),
            sites: cluster.sites(corpus),
            independent_sites: cluster.independent_sites(corpus),
            agency: cluster.agency(corpus),
            junk: cluster.is_junk(corpus),
            representative: representative.key,
            representative_title: representative.title,
            representative_url: representative.url,
            representative_site: representative.site,
            representative_why: cluster.why.name(),
            cohesion: rounded(cluster.cohesion()),
            members: MemberRecords::new(corpus, cluster, offsets),
        }
    }

    /// Returns the record with what is masked of each member, if `is_shown` is true.
    #[must_use]
    pub fn with_boilerplate(self, is_shown: bool) -> Self {
        Self { members: self.members.with_boilerplate(is_shown), ..self }
    }

    /// Returns the record without its members.
    #[must_use]
    pub fn without_members(self) -> Self {
        Self { members: self.members.range(0..0), ..self }
    }
}

impl<'a> MemberRecords<'a> {
    /// Creates the records of all members of a cluster.
    pub fn new(corpus: &'a Corpus, cluster: impl Into<Arc<Cluster>>, offsets: Offsets) -> Self {
        let cluster: Arc<Cluster> = cluster.into();
        Self { corpus, members: 0..cluster.members.len(), cluster, offsets, boilerplate: false }
    }

    /// Returns the records with what is masked of each member, if `is_shown` is true.
    #[must_use]
    pub fn with_boilerplate(self, is_shown: bool) -> Self {
        Self { boilerplate: is_shown, ..self }
    }

    /// Returns the records of a range of these members.
    #[must_use]
    pub(crate) fn range(self, range: Range<usize>) -> Self {
        let begin = self.members.start;
        Self { members: begin + range.start..begin + range.end, ..self }
    }

    /// Returns the number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Returns whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Makes one record after another.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = MemberRecord<'a>> + use<'a> {
        let Self { corpus, cluster, members, offsets, boilerplate } = self.clone();
        members.map(move |index| {
            let member = &cluster.members[index];
            let record = MemberRecord::new(corpus, &cluster, member, offsets);
            let masked = boilerplate.then(|| masked_of(corpus, member.id, offsets));
            MemberRecord { boilerplate: masked, ..record }
        })
    }
}

impl Serialize for MemberRecords<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'a> MemberRecord<'a> {
    fn new(corpus: &'a Corpus, cluster: &Cluster, member: &Member, offsets: Offsets) -> Self {
        let header = corpus.header(member.id);
        let (theirs, own): (Vec<_>, Vec<_>) = cluster.passages_of(member).iter().cloned().unzip();
        let spans = byte_spans_of(corpus, member.id, &own);
        Self {
            key: header.key,
            location: header.location,
            row: header.row,
            title: header.title,
            url: header.url,
            site: header.site,
            published: header.published,
            published_utc: utc(header.time),
            date_doubted: corpus.is_date_doubted(member.id).then_some(true),
            relation: name_or_representative(member.relation),
            passage_relation: name_or_representative(member.passage_relation),
            kind: member.kind.map(Kind::name),
            coverage: rounded(member.coverage),
            article_coverage: rounded(member.article_coverage),
            resemblance: rounded(member.resemblance),
            excerpt: excerpt(corpus, member.id, &spans),
            spans: counted(corpus, member.id, spans, offsets),
            representative_spans: spans_of(corpus, cluster.representative, &theirs, offsets),
            bridge: member.bridge,
            credit: header.credit,
            reference: reference(corpus, member.id),
            boilerplate: None,
        }
    }
}
