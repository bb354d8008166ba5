//! Describes the articles of a cluster, each compared with the representative.

use super::clipped_match::ClippedMatch;
use super::kind::{Kind, kind};
use super::member_passages::{MemberPassages, PassageList};
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::provenance::Seconds;
use crate::verify::{Match, PassageEvidence, Region, Relation};

/// An article in a cluster.
#[derive(Clone, Debug)]
pub struct Member {
    /// The article.
    pub id: ArticleId,
    /// The relation of the whole article to the whole representative; `None` for the representative itself.
    pub relation: Option<Relation>,
    /// The relation of its passage to the representative's: exact; near-duplicate if it contains the threshold's share
    /// of the representative's passage; excerpt if it contains less and is little else; partial if it contains less
    /// among other text. `None` for the representative itself.
    pub passage_relation: Option<Relation>,
    /// Reprint or revision; `None` for the representative, and if the site is unknown or the dates are far apart.
    pub kind: Option<Kind>,
    /// The share of the representative's passage that the article contains.
    pub coverage: f64,
    /// The share of the article's own words that are in the passage.
    pub article_coverage: f64,
    /// The exact resemblance of the whole article to the whole representative.
    pub resemblance: f64,
    /// Its passages, among those of the cluster.
    pub(super) passages: PassageList,
    /// True if the other members would not match each other, directly or through others, without this article.
    pub bridge: bool,
}

impl Member {
    /// Describes the second article of a match with the representative, by the passage of the representative.
    /// `threshold` is that of the cluster rule; its passages are added to those of the cluster.
    pub(super) fn new(
        corpus: &Corpus,
        representative: ArticleId,
        passage: &Region,
        found: &Match,
        threshold: f64,
        passages: &mut MemberPassages,
    ) -> Self {
        let clipped = ClippedMatch::new(found, passage);
        let coverage = f64::from(clipped.region_a().len()) / f64::from(passage.len());
        let article_coverage = f64::from(clipped.region_b().len()) / f64::from(found.words[1]);
        // A mask inside equal articles divides their passage.
        let is_equal = found.relation == Relation::Exact || clipped.has_equal_run_of(passage.len());
        let evidence = PassageEvidence { is_equal, coverage, article_coverage };
        Self {
            id: found.b,
            relation: Some(found.relation.inverse()),
            passage_relation: Some(evidence.relation(threshold)),
            kind: kind(corpus, representative, found.b),
            coverage,
            article_coverage,
            resemblance: found.resemblance(),
            passages: passages.push(clipped.ranges()),
            bridge: false,
        }
    }

    /// Describes the representative itself, and adds its passages to those of the cluster.
    pub(super) fn representative(
        corpus: &Corpus,
        id: ArticleId,
        passage: &Region,
        passages: &mut MemberPassages,
    ) -> Self {
        Self {
            id,
            relation: None,
            passage_relation: None,
            kind: None,
            coverage: 1.0,
            article_coverage: f64::from(passage.len()) / corpus.words(id) as f64,
            resemblance: 1.0,
            passages: passages.push(passage.ranges().iter().map(|range| (range.clone(), range.clone()))),
            bridge: false,
        }
    }

    /// Describes an article that is identical to the representative, which this member describes.
    pub(super) fn identical(&self, corpus: &Corpus, id: ArticleId) -> Self {
        let exact = Some(Relation::Exact);
        Self { id, relation: exact, passage_relation: exact, kind: kind(corpus, self.id, id), ..self.clone() }
    }
}

/// Sorts members by date, those without a date last; by article where the dates are equal.
pub(super) fn sort_by_date(corpus: &Corpus, members: &mut [Member]) {
    members.sort_by_key(|member| (corpus.time(member.id).unwrap_or(Seconds::MAX), member.id));
}
