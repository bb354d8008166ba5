//! Decides for each article of a batch whether the archive has it, and which number it gets.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::nearby::rows_with;
use super::number_set::NumberSet;
use super::segment_file::{SegmentFile, identity_of};
use super::state::State;
use crate::corpus::Identity;
use crate::error::Error;

/// The articles of a batch, as the archive sees them.
///
/// The key says which article it is. With the same words it is what the archive has; with other words it takes the place
/// of it. If a batch has a key several times, the last one counts.
#[derive(Debug, Default)]
pub(super) struct BatchArticles {
    /// For each article, in the order of reading, its number: that of the archive, or a new one; nothing for one whose key
    /// comes again in the batch, with other words.
    pub(super) numbers: Vec<Option<u32>>,
    /// The indexes of the articles that get a new number, in the order of these.
    pub(super) new: Vec<usize>,
    /// The numbers of the articles that the archive has.
    pub(super) same: NumberSet,
    /// The numbers of the articles that others take the place of, and the indexes of these.
    pub(super) revised: BTreeMap<u32, usize>,
}

impl BatchArticles {
    /// Looks up the articles of a batch. New numbers begin with `next`.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read.
    pub(super) fn new(
        segments: &[Arc<SegmentFile>],
        state: &State,
        articles: &[Identity],
        next: u32,
    ) -> Result<Self, Error> {
        // For each key the index of its last article.
        let mut last: BTreeMap<u64, usize> = BTreeMap::new();
        for (index, article) in articles.iter().enumerate() {
            last.insert(article.key, index);
        }
        let keys: Vec<u64> = last.keys().copied().collect();
        let mut known: BTreeMap<u64, u32> = BTreeMap::new();
        for segment in segments {
            rows_with(
                segment,
                &segment.keys,
                &keys,
                |identity| identity.key,
                |key, row| {
                    let number = segment.entry.first + row;
                    if state.is_live(number) {
                        known.insert(key, number);
                    }
                },
            )?;
        }
        let content_of = |number: u32| identity_of(segments, number).content;
        let mut out = Self::default();
        let mut number_of: BTreeMap<u64, u32> = BTreeMap::new();
        for (index, article) in
            articles.iter().enumerate().filter(|(index, article)| last[&article.key] == *index)
        {
            let number = match known.get(&article.key) {
                Some(&number) if content_of(number) == article.content => {
                    out.same.insert(number);
                    number
                }
                before => {
                    if let Some(&before) = before {
                        out.revised.insert(before, index);
                    }
                    out.new.push(index);
                    next + out.new.len() as u32 - 1
                }
            };
            number_of.insert(article.key, number);
        }
        let number = |article: &Identity| {
            let is_same = articles[last[&article.key]].content == article.content;
            is_same.then(|| number_of[&article.key])
        };
        out.numbers = articles.iter().map(number).collect();
        Ok(out)
    }
}
