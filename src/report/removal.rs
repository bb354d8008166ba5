//! The record of an article that `dedup` removes.

use std::num::NonZeroU64;

use serde::Serialize;

use super::fields::{as_text, reference, rounded};
use super::offsets::{Offsets, spans_of};
use crate::article::LocationRef;
use crate::corpus::Corpus;
use crate::dedup::Removal;

/// An article that is removed, and why.
#[derive(Clone, Debug, Serialize)]
pub struct RemovalRecord<'a> {
    /// The key.
    pub key: &'a str,
    /// The location.
    #[serde(serialize_with = "as_text")]
    pub location: LocationRef<'a>,
    /// The number of its row, if it was read from a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<NonZeroU64>,
    /// True if its date is not believed; nothing if it is, or if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_doubted: Option<bool>,
    /// The reason why it is removed: `exact`, `near-duplicate`, `excerpt`, `pieces` or `known`.
    pub reason: &'static str,
    /// The articles that stay and together contain it.
    pub kept_as: Vec<KeptRecord<'a>>,
    /// The share of its words that are in these.
    pub coverage: f64,
    /// The text of each run of its words that is in none of these.
    pub unique_text: Vec<&'a str>,
}

/// An article that stays and contains all or a part of a removed one.
#[derive(Clone, Debug, Serialize)]
pub struct KeptRecord<'a> {
    /// The key.
    pub key: &'a str,
    /// The location.
    #[serde(serialize_with = "as_text")]
    pub location: LocationRef<'a>,
    /// True if it belongs to the reference collection; `None` if there is no such collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<bool>,
    /// The relation of the removed article to it.
    pub relation: &'static str,
    /// The share of the words of the removed article that are in it.
    pub coverage: f64,
    /// The begin and end of each run of these words in the text of the removed article.
    pub spans: Vec<[u32; 2]>,
}

impl<'a> RemovalRecord<'a> {
    /// Creates the record of a removal. `text` is the text of the removed article.
    pub fn new(corpus: &'a Corpus, removal: &Removal, text: &'a str, offsets: Offsets) -> Self {
        let header = corpus.header(removal.id);
        let share = |words: u32| f64::from(words) / f64::from(removal.words.max(1));
        let kept_as = removal.kept_as.iter().map(|support| {
            let kept = corpus.header(support.id);
            KeptRecord {
                key: kept.key,
                location: kept.location,
                reference: reference(corpus, support.id),
                relation: support.relation.name(),
                coverage: rounded(share(support.region.len())),
                spans: spans_of(corpus, removal.id, support.region.ranges(), offsets),
            }
        });
        let unique = spans_of(corpus, removal.id, &removal.unique, Offsets::Bytes);
        Self {
            key: header.key,
            location: header.location,
            row: header.row,
            date_doubted: corpus.is_date_doubted(removal.id).then_some(true),
            reason: removal.reason().name(),
            kept_as: kept_as.collect(),
            coverage: rounded(removal.coverage()),
            unique_text: unique
                .iter()
                .filter_map(|&[begin, end]| text.get(begin as usize..end as usize))
                .collect(),
        }
    }
}
