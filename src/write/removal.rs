//! A removal in, what is said of it out: under what the article is kept, and what it alone had.

use serde::Serialize;

use super::record::{reference, rounded, shown};
use super::span::{Offsets, spans_of};
use crate::article::Location;
use crate::corpus::Corpus;
use crate::dedup::Removal;

/// An article that went, and why.
#[derive(Clone, Debug, Serialize)]
pub struct RemovalRecord<'a> {
    /// Its key.
    pub key: &'a str,
    /// Where it was read.
    #[serde(serialize_with = "shown")]
    pub at: &'a Location,
    /// Why it went: exact, near-duplicate, excerpt or pieces.
    pub reason: &'static str,
    /// The articles it is kept under; together they hold it.
    pub under: Vec<UnderRecord<'a>>,
    /// The share of its words that stand in them.
    pub coverage: f64,
    /// What it alone had: the words of each run, as they stood in its text.
    pub alone: Vec<&'a str>,
}

/// An article that another is kept under.
#[derive(Clone, Debug, Serialize)]
pub struct UnderRecord<'a> {
    /// Its key.
    pub key: &'a str,
    /// Where it was read.
    #[serde(serialize_with = "shown")]
    pub at: &'a Location,
    /// Whether it belongs to the reference pile; nothing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<bool>,
    /// How the article that went relates to it.
    pub relation: &'static str,
    /// The share of the words of the article that went that stand in it.
    pub coverage: f64,
    /// Which: begins and ends in the text of the article that went, in bytes.
    pub spans: Vec<[u32; 2]>,
}

impl<'a> RemovalRecord<'a> {
    /// Says what a removal says; `text` is the text of the article that went.
    pub fn new(corpus: &'a Corpus, removal: &Removal, text: &'a str) -> Self {
        let header = corpus.header(removal.id);
        let share = |words: u32| f64::from(words) / f64::from(removal.words.max(1));
        let under = removal.under.iter().map(|support| {
            let kept = corpus.header(support.id);
            UnderRecord {
                key: kept.key,
                at: kept.place,
                reference: reference(corpus, support.id),
                relation: support.relation.name(),
                coverage: rounded(share(support.region.len())),
                spans: spans_of(corpus, removal.id, support.region.ranges(), Offsets::Bytes),
            }
        });
        let alone = spans_of(corpus, removal.id, &removal.alone, Offsets::Bytes);
        Self {
            key: header.key,
            at: header.place,
            reason: removal.reason().name(),
            under: under.collect(),
            coverage: rounded(removal.coverage()),
            alone: alone.iter().filter_map(|&[begin, end]| text.get(begin as usize..end as usize)).collect(),
        }
    }
}
