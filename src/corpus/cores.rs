//! Stores which tokens of each article are masked. The others are its core.
//!
//! Cost: eight bytes for each article, and eight for each masked range. Every verification reads them.

use std::num::NonZeroU32;
use std::ops::Range;

use super::offset::offset;
use crate::article::ArticleId;
use crate::store::list_range;

/// The cores of all articles of a corpus.
#[derive(Debug, Default)]
pub(super) struct Cores {
    /// For each article the number of tokens of its core.
    lengths: Vec<u32>,
    /// For each article the number of its mask, from 1, if something is masked.
    mask_of: Vec<Option<NonZeroU32>>,
    /// For each masked range the position in the core before which it was taken out; ascending within a mask.
    seams: Vec<u32>,
    /// For each masked range its number of tokens.
    range_lengths: Vec<u32>,
    /// For each mask the end of its ranges.
    mask_ends: Vec<u32>,
}

impl Cores {
    /// Creates the cores of articles of which nothing is masked. `token_counts` has the number of tokens of each.
    pub(super) fn unmasked(token_counts: Vec<u32>) -> Self {
        Self { mask_of: vec![None; token_counts.len()], lengths: token_counts, ..Self::default() }
    }

    /// Masks the same ranges of tokens, ascending and disjoint, of articles of which nothing is masked yet.
    pub(super) fn mask<'a>(&mut self, mask: &[Range<u32>], ids: impl Iterator<Item = &'a ArticleId>) {
        let mut masked = 0;
        for range in mask {
            self.seams.push(range.start - masked);
            self.range_lengths.push(range.end - range.start);
            masked += range.end - range.start;
        }
        self.mask_ends.push(offset(self.seams.len()));
        let number = NonZeroU32::new(offset(self.mask_ends.len()));
        for id in ids {
            self.mask_of[id.index()] = number;
            self.lengths[id.index()] -= masked;
        }
    }

    /// Frees the memory that was reserved for more masks.
    pub(super) fn shrink_to_fit(&mut self) {
        self.seams.shrink_to_fit();
        self.range_lengths.shrink_to_fit();
        self.mask_ends.shrink_to_fit();
    }

    /// Returns the number of tokens of an article's core.
    pub(super) fn len(&self, id: ArticleId) -> usize {
        self.lengths[id.index()] as usize
    }

    /// Returns whether some tokens of an article are masked.
    pub(super) fn is_masked(&self, id: ArticleId) -> bool {
        self.mask_of[id.index()].is_some()
    }

    /// Returns the positions in an article's core before which tokens are masked, ascending.
    pub(super) fn seams(&self, id: ArticleId) -> &[u32] {
        &self.seams[self.ranges_of(id)]
    }

    /// Returns the masked ranges of all tokens of an article, ascending.
    pub(super) fn masked(&self, id: ArticleId) -> impl ExactSizeIterator<Item = Range<u32>> + '_ {
        let ranges = self.ranges_of(id);
        let mut before = 0;
        self.seams[ranges.clone()].iter().zip(&self.range_lengths[ranges]).map(move |(seam, length)| {
            let begin = seam + before;
            before += length;
            begin..begin + length
        })
    }

    /// Returns the ranges between the masked ones, ascending; `all` is the number of all tokens of the article. The
    /// first and the last may be empty.
    pub(super) fn unmasked_ranges(
        &self,
        id: ArticleId,
        all: usize,
    ) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut masked = self.masked(id).map(|range| range.start as usize..range.end as usize);
        let mut begin = Some(0);
        std::iter::from_fn(move || {
            let from = begin?;
            let next = masked.next();
            begin = next.as_ref().map(|next| next.end);
            Some(from..next.map_or(all, |next| next.start))
        })
    }

    /// Returns where the masked ranges of an article are in the lists of all ranges.
    fn ranges_of(&self, id: ArticleId) -> Range<usize> {
        self.mask_of[id.index()].map_or(0..0, |number| list_range(&self.mask_ends, number.get() as usize - 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Returns the runs of `true`.
    fn runs(masked: &[bool]) -> Vec<Range<u32>> {
        let mut out: Vec<Range<u32>> = Vec::new();
        for (at, _) in (0..).zip(masked).filter(|(_, masked)| **masked) {
            match out.last_mut() {
                Some(last) if last.end == at => last.end += 1,
                _ => out.push(at..at + 1),
            }
        }
        out
    }

    proptest! {
        #[test]
        fn every_token_is_masked_or_in_the_core(
            articles in prop::collection::vec(prop::collection::vec(any::<bool>(), 0..20), 1..6),
        ) {
            let counts = articles.iter().flat_map(|masked| [masked.len() as u32; 2]).collect();
            let mut cores = Cores::unmasked(counts);
            for (number, masked) in articles.iter().enumerate() {
                let ids = [2 * number, 2 * number + 1].map(ArticleId::new);
                if masked.contains(&true) {
                    cores.mask(&runs(masked), ids.iter());
                }
            }
            for number in 0..2 * articles.len() {
                let (id, masked) = (ArticleId::new(number), &articles[number / 2]);
                prop_assert_eq!(cores.is_masked(id), masked.contains(&true));
                prop_assert_eq!(cores.masked(id).collect::<Vec<_>>(), runs(masked));
                let core: Vec<usize> = cores.unmasked_ranges(id, masked.len()).flatten().collect();
                prop_assert_eq!(&core, &(0..masked.len()).filter(|&at| !masked[at]).collect::<Vec<_>>());
                prop_assert_eq!(cores.len(id), core.len());
                let before = |at: u32| core.iter().filter(|&&token| token < at as usize).count() as u32;
                let seam = |range: &Range<u32>| before(range.start);
                prop_assert_eq!(cores.seams(id), runs(masked).iter().map(seam).collect::<Vec<_>>());
            }
        }
    }
}
