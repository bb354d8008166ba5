//! The record of a pair.

use std::num::NonZeroU64;
use std::ops::Range;

use serde::Serialize;

use super::excerpt::excerpt;
use super::fields::{as_text, reference, rounded, utc};
use super::offsets::{Offsets, byte_spans_in, byte_spans_of, counted};
use crate::article::LocationRef;
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
    pub location_a: LocationRef<'a>,
    /// The location of the second article.
    #[serde(serialize_with = "as_text")]
    pub location_b: LocationRef<'a>,
    /// The number of the row of the first article, if it was read from a table. The header is row 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row_a: Option<NonZeroU64>,
    /// The number of the row of the second article, if it was read from a table. The header is row 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row_b: Option<NonZeroU64>,
    /// The title of the first article, if its record has one.
    pub title_a: Option<&'a str>,
    /// The title of the second article, if its record has one.
    pub title_b: Option<&'a str>,
    /// The address of the first article, if its record has one.
    pub url_a: Option<&'a str>,
    /// The address of the second article, if its record has one.
    pub url_b: Option<&'a str>,
    /// The site of the first article, if it is known.
    pub site_a: Option<&'a str>,
    /// The site of the second article, if it is known.
    pub site_b: Option<&'a str>,
    /// The date of publication of the first article as its record has it, if it has one.
    pub published_a: Option<&'a str>,
    /// The date of publication of the second article as its record has it, if it has one.
    pub published_b: Option<&'a str>,
    /// That date of the first article as ISO 8601, in UTC, if it is understood.
    pub published_utc_a: Option<String>,
    /// That date of the second article as ISO 8601, in UTC, if it is understood.
    pub published_utc_b: Option<String>,
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
    /// The first words of the shared passages, as in the first article; `None` if texts were not kept.
    pub excerpt: Option<String>,
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
        let [bytes_a, bytes_b] = byte_spans(corpus, found);
        let excerpt = excerpt(corpus, found.a, &bytes_a);
        let spans_a = counted(corpus, found.a, bytes_a, offsets);
        let spans_b = counted(corpus, found.b, bytes_b, offsets);
        Self {
            a: a.key,
            b: b.key,
            location_a: a.location,
            location_b: b.location,
            row_a: a.row,
            row_b: b.row,
            title_a: a.title,
            title_b: b.title,
            url_a: a.url,
            url_b: b.url,
            site_a: a.site,
            site_b: b.site,
            published_a: a.published,
            published_b: b.published,
            published_utc_a: utc(a.time),
            published_utc_b: utc(b.time),
            relation: Some(found.relation.name()),
            kind: kind(corpus, found.a, found.b).map(Kind::name),
            junk: corpus.is_junk(found.a) || corpus.is_junk(found.b),
            resemblance: rounded(found.resemblance()),
            containment_a: rounded(found.containment_a()),
            containment_b: rounded(found.containment_b()),
            coverage_a: rounded(found.coverage_a()),
            coverage_b: rounded(found.coverage_b()),
            shared_words: found.aligned_words(),
            excerpt,
            reference_a: reference(corpus, found.a),
            reference_b: reference(corpus, found.b),
            spans: spans_a.into_iter().zip(spans_b).map(|(a, b)| PairSpans { a, b }).collect(),
        }
    }
}

/// Returns the begin and end of each passage in the texts of both articles, in bytes. Passages contain masked words that
/// were copied with other text.
fn byte_spans(corpus: &Corpus, found: &Match) -> [Vec<[u32; 2]>; 2] {
    let passages = found.boilerplate.as_ref().map_or(&found.passages, |boilerplate| &boilerplate.passages);
    let sides: [(_, Vec<Range<u32>>); 2] = [
        (found.a, passages.iter().map(Passage::a).collect()),
        (found.b, passages.iter().map(Passage::b).collect()),
    ];
    sides.map(|(id, ranges)| match found.boilerplate {
        Some(_) => byte_spans_in(&corpus.all_spans(id), &ranges),
        None => byte_spans_of(corpus, id, &ranges),
    })
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
