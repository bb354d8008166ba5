//! Describes the articles of a cluster, each compared with the representative.

use std::ops::Range;
use std::sync::Arc;

use super::clipped_match::ClippedMatch;
use super::kind::{Kind, kind};
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
    /// The aligned ranges of tokens: of the representative, and of this article. Identical articles share one list.
    pub passages: Arc<[(Range<u32>, Range<u32>)]>,
    /// True if the other members would not match each other, directly or through others, without this article.
    pub bridge: bool,
}

impl Member {
    /// Describes the second article of a match with the representative, by the passage of the representative.
    /// `threshold` is that of the cluster rule.
    pub(super) fn new(
        corpus: &Corpus,
        representative: ArticleId,
        passage: &Region,
        found: &Match,
        threshold: f64,
    ) -> Self {
        let clipped = ClippedMatch::new(found, passage);
        let coverage = f64::from(clipped.region_a().len()) / f64::from(passage.len());
        let article_coverage = f64::from(clipped.region_b().len()) / f64::from(found.words[1]);
        let is_equal = clipped.has_equal_run_of(passage.len());
        let evidence = PassageEvidence { is_equal, coverage, article_coverage };
        Self {
            id: found.b,
            relation: Some(found.relation.inverse()),
            passage_relation: Some(evidence.relation(threshold)),
            kind: kind(corpus, representative, found.b),
            coverage,
            article_coverage,
            resemblance: found.resemblance(),
            passages: clipped.ranges().into(),
            bridge: false,
        }
    }

    /// Describes the representative itself.
    pub(super) fn representative(corpus: &Corpus, id: ArticleId, passage: &Region) -> Self {
        Self {
            id,
            relation: None,
            passage_relation: None,
            kind: None,
            coverage: 1.0,
            article_coverage: f64::from(passage.len()) / corpus.words(id) as f64,
            resemblance: 1.0,
            passages: passage.ranges().iter().map(|range| (range.clone(), range.clone())).collect(),
            bridge: false,
        }
    }

    /// Describes an article that is identical to the representative, which this member describes.
    pub(super) fn identical(&self, corpus: &Corpus, id: ArticleId) -> Self {
        let exact = Some(Relation::Exact);
        Self { id, relation: exact, passage_relation: exact, kind: kind(corpus, self.id, id), ..self.clone() }
    }

    /// Returns the tokens of the article that are aligned with the representative.
    pub(super) fn region(&self) -> Region {
        Region::new(self.passages.iter().map(|(_, own)| own.clone()))
    }
}

/// Sorts members by date, those without a date last; by article where the dates are equal.
pub(super) fn sort_by_date(corpus: &Corpus, members: &mut [Member]) {
    members.sort_by_key(|member| (corpus.time(member.id).unwrap_or(Seconds::MAX), member.id));
}
