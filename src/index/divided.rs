//! Finds candidates in a collection that is too large for one machine: each function looks at one article, or at the
//! articles that share one value, and whoever calls it brings together what belongs together.
//!
//! Invariant: together they find the pairs that `candidates` finds, since these do the same work in the
//! same functions.

use super::candidate_rule::{CandidateRule, ENOUGH};
use super::link::link;
use super::posting::{Posting, for_each_list};
use super::rule::IndexRule;
use super::sketcher::{Scratch, Sketcher};
use crate::article::ArticleId;
use crate::sketch::Context;
use crate::text::Token;

/// The evidence from which on two articles are candidates.
pub const ENOUGH_EVIDENCE: u64 = ENOUGH;

/// A value of an article: that of a fingerprint of its core, or the bucket of one of its bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoreValue {
    /// The value. Buckets of different bands, and fingerprints, are different values.
    pub value: u64,
    /// The words around a fingerprint.
    pub context: Context,
}

impl CoreValue {
    /// The number of bits of a bucket, and of a fingerprint.
    const BITS: u32 = 32;

    /// Creates the value of a bucket.
    fn bucket(band: u64, bucket: u32) -> Self {
        Self { value: (band + 1) << Self::BITS | u64::from(bucket), context: Context::UNKNOWN }
    }

    /// Creates the value of a fingerprint.
    fn fingerprint(value: u32, context: Context) -> Self {
        Self { value: u64::from(value), context }
    }
}

/// Returns the values of an article by which it may be linked with others; none if it is too short. `tokens` is its core,
/// and `number` its number in the collection.
pub(crate) fn values_of_core(
    tokens: &[Token],
    number: u64,
    sketcher: &Sketcher,
    rule: &IndexRule,
    scratch: &mut Scratch,
    out: &mut Vec<CoreValue>,
) {
    if tokens.len() < rule.shortest_article {
        return;
    }
    let (mut bands, mut fingerprints) = (0.., Vec::new());
    let bucket = |bucket| out.extend(bands.next().map(|band| CoreValue::bucket(band, bucket)));
    let fingerprint = |value, context| fingerprints.push(CoreValue::fingerprint(value, context));
    sketcher.index(tokens, number, scratch, bucket, |_| true, fingerprint);
    out.append(&mut fingerprints);
}

/// An article that has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueHolder {
    /// The number of the article in its collection.
    pub number: u64,
    /// The number of words of its core.
    pub words: u32,
    /// The words around the fingerprint.
    pub context: Context,
}

/// Links the articles that have one value: calls `emit` with two articles, the one with the smaller number first, and the
/// evidence that the value is. `holders` ascend by number; an article that has the value twice is there twice.
pub(crate) fn link_value(
    value: u64,
    holders: &[ValueHolder],
    rule: &IndexRule,
    mut emit: impl FnMut(u64, u64, u64),
) {
    let candidates = CandidateRule::new(rule);
    let is_bucket = value >> CoreValue::BITS > 0;
    let mut articles: Vec<ValueHolder> = holders.to_vec();
    articles.dedup_by_key(|holder| holder.number);
    let mut postings = Vec::with_capacity(holders.len());
    let mut place = 0;
    for holder in holders {
        place += usize::from(articles[place].number != holder.number);
        postings.push(Posting { value: value as u32, id: ArticleId::new(place), context: holder.context });
    }
    for_each_list(&mut postings, |list| {
        let words = |id: ArticleId| articles[id.index()].words as usize;
        link(list, rule.link, words, |a, b| {
            let evidence = if is_bucket {
                CandidateRule::of_band()
            } else {
                candidates.of_fingerprint(list.len(), words(a.id).min(words(b.id)), a, b)
            };
            emit(articles[a.id.index()].number, articles[b.id.index()].number, evidence);
        });
    });
}
