//! The record of a pair.

use serde::Serialize;

use super::fields::{as_text, reference, rounded};
use super::offsets::{Offsets, spans_of};
use crate::article::Location;
use crate::cluster::{Kind, kind};
use crate::corpus::Corpus;
use crate::detect::Comparison;
use crate::verify::{Match, Passage, Relation};

/// Two articles that share text.
#[derive(Clone, Debug, Serialize)]
pub struct PairRecord<'a> {
    /// The key of the first article; if one of them is an excerpt, it is the first.
    pub a: &'a str,
    /// The key of the second article.
    pub b: &'a str,
    /// The location of the first article.
    #[serde(serialize_with = "as_text")]
    pub location_a: &'a Location,
    /// The location of the second article.
    #[serde(serialize_with = "as_text")]
    pub location_b: &'a Location,
    /// The relation; nothing only if two unrelated articles are compared.
    pub relation: Option<&'static str>,
    /// Reprint or revision; nothing if a site is unknown, or if both are on one site and their dates are far apart.
    pub kind: Option<&'static str>,
    /// True if one of them is junk: an error page, or a few words that a site prints under any headline.
    pub junk: bool,
    /// The exact Jaccard coefficient of their shingles.
    pub resemblance: f64,
    /// The exact share of the shingles of `a` that are in `b`.
    pub containment_a: f64,
    /// The exact share of the shingles of `b` that are in `a`.
    pub containment_b: f64,
    /// The share of the words of `a` that are in shared passages.
    pub coverage_a: f64,
    /// The share of the words of `b` that are in shared passages.
    pub coverage_b: f64,
    /// The number of words in shared passages, in the article that has fewer.
    pub shared_words: u32,
    /// True if the first article belongs to the reference collection; `None` if there is no such collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_a: Option<bool>,
    /// True if the second article belongs to the reference collection; `None` if there is no such collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_b: Option<bool>,
    /// The shared passages, in the order of `a`.
    pub spans: Vec<PairSpans>,
}

/// One passage in two articles: its begin and end in each text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PairSpans {
    /// Begin and end in the text of `a`.
    pub a: [u32; 2],
    /// Begin and end in the text of `b`.
    pub b: [u32; 2],
}

impl<'a> PairRecord<'a> {
    /// Creates the record of a match.
    pub fn new(corpus: &'a Corpus, found: &Match, offsets: Offsets) -> Self {
        let [a, b] = [found.a, found.b].map(|id| corpus.header(id));
        let ranges =
            |of: fn(&Passage) -> std::ops::Range<u32>| found.passages.iter().map(of).collect::<Vec<_>>();
        let spans_a = spans_of(corpus, found.a, &ranges(Passage::a), offsets);
        let spans_b = spans_of(corpus, found.b, &ranges(Passage::b), offsets);
        Self {
            a: a.key,
            b: b.key,
            location_a: a.location,
            location_b: b.location,
            relation: Some(found.relation.name()),
            kind: kind(corpus, found.a, found.b).map(Kind::name),
            junk: corpus.is_junk(found.a) || corpus.is_junk(found.b),
            resemblance: rounded(found.resemblance()),
            containment_a: rounded(found.containment_a()),
            containment_b: rounded(found.containment_b()),
            coverage_a: rounded(found.coverage_a()),
            coverage_b: rounded(found.coverage_b()),
            shared_words: found.aligned_words(),
            reference_a: reference(corpus, found.a),
            reference_b: reference(corpus, found.b),
            spans: spans_a.into_iter().zip(spans_b).map(|(a, b)| PairSpans { a, b }).collect(),
        }
    }
}

impl Comparison {
    /// Returns the record of the two articles; if one is an excerpt, it comes first.
    pub fn record(&self, offsets: Offsets) -> PairRecord<'_> {
        let shared = self.shared();
        let first = if self.relation() == Some(Relation::Contains) { shared.b } else { shared.a };
        let record = PairRecord::new(self.corpus(), &shared.seen_from(first), offsets);
        let kind = record.kind.filter(|_| self.relation().is_some());
        PairRecord { relation: self.relation().and(record.relation), kind, ..record }
    }
}
