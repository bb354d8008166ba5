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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::test_archive::archive;

    #[test]
    fn articles_are_new_same_or_revised() {
        let (_folder, snapshot) = archive(&[vec![1], vec![2], vec![3]]);
        let known = |number: u32| snapshot.identity(number);
        let revised = |number: u32, content: u64| Identity { content, ..known(number) };
        let new = |key: u64, content: u64| Identity { key, content, ..Identity::default() };
        let mut state = snapshot.state.clone();
        state.gone.insert(2);
        // What is the case, the batch, the numbers, which are new, the same, and revised.
        type Case<'a> =
            (&'a str, Vec<Identity>, &'a [Option<u32>], &'a [usize], &'a [u32], &'a [(u32, usize)]);
        let cases: [Case<'_>; 9] = [
            ("nothing", vec![], &[], &[], &[], &[]),
            ("new", vec![new(5, 6), new(4, 6)], &[Some(10), Some(11)], &[0, 1], &[], &[]),
            ("same", vec![known(1), known(0)], &[Some(1), Some(0)], &[], &[0, 1], &[]),
            ("same, twice", vec![known(1), known(1)], &[Some(1), Some(1)], &[], &[1], &[]),
            ("revised", vec![new(5, 6), revised(1, 7)], &[Some(10), Some(11)], &[0, 1], &[], &[(1, 1)]),
            ("revised, then as before", vec![revised(1, 7), known(1)], &[None, Some(1)], &[], &[1], &[]),
            (
                "as before, then revised",
                vec![known(1), revised(1, 7)],
                &[None, Some(10)],
                &[1],
                &[],
                &[(1, 1)],
            ),
            (
                "new, twice",
                vec![new(5, 6), new(5, 7), new(5, 7)],
                &[None, Some(10), Some(10)],
                &[2],
                &[],
                &[],
            ),
            ("gone before", vec![known(2)], &[Some(10)], &[0], &[], &[]),
        ];
        for (case, articles, numbers, new, same, revised) in cases {
            let batch = BatchArticles::new(&snapshot.segments, &state, &articles, 10).unwrap();
            assert_eq!(batch.numbers, numbers, "{case}");
            assert_eq!(batch.new, new, "{case}");
            assert_eq!(batch.same.iter().collect::<Vec<_>>(), same, "{case}");
            assert_eq!(batch.revised.into_iter().collect::<Vec<_>>(), revised, "{case}");
        }
    }
}
