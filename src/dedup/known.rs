//! Finds the articles that are in the reference collection already, and decides whether they stay.
//!
//! An article is known if the reference collection has its record, byte for byte, or has an article with the same key
//! and the same words. The first was probably put there by an earlier run over the same input: if it were removed, a
//! second run would leave nothing of what the first one kept. The second was found again, and its record says nothing
//! new.
//!
//! If a record is several times in the input, as many of them are the same record as one file of the reference
//! collection has, which may be the output of an earlier run; the others are repeated. So a second run keeps what the
//! first one kept.
//! Cost: linear in the articles, and a sort of the hashes of the new ones.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::order::StayOrder;
use super::removal::Removal;
use crate::article::ArticleId;
use crate::corpus::Corpus;

/// The choice for articles that are in the reference collection already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// A record that is there byte for byte stays; another record of the same article is removed.
    #[default]
    KeepRecords,
    /// All of them stay.
    Keep,
    /// All of them are removed.
    Remove,
}

impl Known {
    /// Returns the name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::KeepRecords => "keep-records",
            Self::Keep => "keep",
            Self::Remove => "remove",
        }
    }

    fn keeps(self, corpus: &Corpus, known: &KnownArticle) -> bool {
        // What says nothing does not show that it is the same article.
        let says_nothing = || corpus.is_junk(known.id) || corpus.words(known.id) == 0;
        match self {
            Self::KeepRecords => known.is_same_record || says_nothing(),
            Self::Keep => true,
            Self::Remove => false,
        }
    }
}

/// An article that is in the reference collection already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownArticle {
    /// The article.
    pub id: ArticleId,
    /// The same article in the reference collection.
    pub reference: ArticleId,
    /// True if the records are the same, byte for byte.
    pub is_same_record: bool,
}

/// Returns the articles that are in the reference collection already, by number.
pub(super) fn known_articles(order: StayOrder<'_>) -> Vec<KnownArticle> {
    if !order.corpus.has_references() {
        return Vec::new();
    }
    let mut known = found_again(order);
    known.extend(same_records(order));
    known.into_values().collect()
}

/// Returns the articles of which the reference collection has one with the same key and the same words.
fn found_again(order: StayOrder<'_>) -> BTreeMap<ArticleId, KnownArticle> {
    let StayOrder { corpus, identical, .. } = order;
    let mut known = BTreeMap::new();
    for set in identical.sets() {
        // New articles come before those of the reference collection.
        let (new, references) = set.split_at(set.partition_point(|&id| !corpus.is_reference(id)));
        if new.is_empty() || references.is_empty() {
            continue;
        }
        let references: BTreeMap<&str, ArticleId> =
            references.iter().rev().map(|&id| (corpus.key(id), id)).collect();
        for &id in new {
            if let Some(&reference) = references.get(corpus.key(id)) {
                known.insert(id, KnownArticle { id, reference, is_same_record: false });
            }
        }
    }
    known
}

/// Returns the articles whose records are in the reference collection.
fn same_records(order: StayOrder<'_>) -> Vec<(ArticleId, KnownArticle)> {
    let corpus = order.corpus;
    let hashed = |id: ArticleId| Some((corpus.record_hash(id)?, id));
    let mut new: Vec<(u64, ArticleId)> =
        corpus.ids().filter(|&id| !corpus.is_reference(id)).filter_map(hashed).collect();
    new.par_sort_unstable();
    let with_hash = |hash: u64| {
        let begin = new.partition_point(|&(other, _)| other < hash);
        new[begin..].iter().take_while(move |&&(other, _)| other == hash).map(|&(_, id)| id)
    };
    // Equal words are required besides, so that two records with one hash by chance do no harm.
    let mut references: Vec<(u64, u128, ArticleId)> = corpus
        .ids()
        .filter(|&id| corpus.is_reference(id))
        .filter_map(hashed)
        .filter(|&(hash, _)| with_hash(hash).next().is_some())
        .map(|(hash, id)| (hash, corpus.content(id), id))
        .collect();
    references.par_sort_unstable();
    let mut known = Vec::new();
    for group in references.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let (hash, content, first) = group[0];
        let mut same: Vec<ArticleId> = with_hash(hash).filter(|&id| corpus.content(id) == content).collect();
        let kept = most_in_one_file(corpus, group.iter().map(|&(_, _, reference)| reference));
        // The first ones are those that an earlier run kept.
        same.sort_by_cached_key(|&id| order.rank(id));
        for (index, id) in same.into_iter().enumerate() {
            known.push((id, KnownArticle { id, reference: first, is_same_record: index < kept }));
        }
    }
    known
}

/// Returns the largest number of these articles that are in one file.
fn most_in_one_file(corpus: &Corpus, articles: impl Iterator<Item = ArticleId>) -> usize {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for id in articles {
        *files.entry(corpus.location(id).file).or_default() += 1;
    }
    files.into_values().max().unwrap_or_default()
}

/// Applies the choice for known articles to the removals, which are in order.
pub(super) fn apply_to_known(order: StayOrder<'_>, choice: Known, removals: Vec<Removal>) -> Vec<Removal> {
    let known = known_articles(order);
    if known.is_empty() {
        return removals;
    }
    let is_known = |id: ArticleId| known.binary_search_by_key(&id, |known| known.id).is_ok();
    let others = removals.into_iter().filter(|removal| !is_known(removal.id));
    let removed = known.iter().filter(|known| !choice.keeps(order.corpus, known)).map(|known| Removal {
        is_known: true,
        ..Removal::in_favor_of_equal(order.corpus, known.id, known.reference)
    });
    let mut all: Vec<Removal> = others.chain(removed).collect();
    all.sort_unstable_by_key(|removal| removal.id);
    all
}
