//! Masks in, the same masks out, in columns: which ranges of an article's tokens are no part of its core.
//!
//! Cost: eight bytes a range, four an article; every verification asks for them.

use std::num::NonZeroU32;
use std::ops::Range;

use super::header::offset;
use crate::article::ArticleId;
use crate::store::list_at;

/// The masks of a corpus.
#[derive(Debug, Default)]
pub(super) struct Masks {
    /// For each article the number of its mask, if something is masked.
    of: Vec<Option<NonZeroU32>>,
    /// For each masked range the token of the core before which it stands, ascending in each mask.
    seams: Vec<u32>,
    /// How many tokens it has.
    lengths: Vec<u32>,
    /// Where the ranges of each mask end.
    ends: Vec<u32>,
}

impl Masks {
    /// Masks nothing of so many articles.
    pub(super) fn none(articles: usize) -> Self {
        Self { of: vec![None; articles], ..Self::default() }
    }

    /// Puts a mask, ranges of tokens, ascending and apart, behind the others, for each of these articles; tells how many
    /// tokens it masks.
    pub(super) fn push<'a>(&mut self, mask: &[Range<u32>], ids: impl Iterator<Item = &'a ArticleId>) -> u32 {
        let mut before = 0;
        for range in mask {
            self.seams.push(range.start - before);
            self.lengths.push(range.end - range.start);
            before += range.end - range.start;
        }
        self.ends.push(offset(self.seams.len()));
        let number = NonZeroU32::new(offset(self.ends.len()));
        ids.for_each(|id| self.of[id.index()] = number);
        before
    }

    /// Tells whether something of an article is masked.
    pub(super) fn holds(&self, id: ArticleId) -> bool {
        self.of[id.index()].is_some()
    }

    /// Gives the tokens of an article's core before which some are masked, ascending.
    pub(super) fn seams(&self, id: ArticleId) -> &[u32] {
        &self.seams[self.place(id)]
    }

    /// Gives the ranges of an article's tokens, masked ones counted, that are masked, ascending.
    pub(super) fn ranges(&self, id: ArticleId) -> impl ExactSizeIterator<Item = Range<u32>> + '_ {
        let place = self.place(id);
        let mut before = 0;
        self.seams[place.clone()].iter().zip(&self.lengths[place]).map(move |(seam, length)| {
            let begin = seam + before;
            before += length;
            begin..begin + length
        })
    }

    /// Gives the ranges between those that are masked, of a list of so many tokens or whatever belongs to them.
    pub(super) fn kept(&self, id: ArticleId, all: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut ranges = self.ranges(id).map(|range| range.start as usize..range.end as usize);
        let mut begin = Some(0);
        std::iter::from_fn(move || {
            let from = begin?;
            let masked = ranges.next();
            begin = masked.as_ref().map(|masked| masked.end);
            Some(from..masked.map_or(all, |masked| masked.start))
        })
    }

    fn place(&self, id: ArticleId) -> Range<usize> {
        self.of[id.index()].map_or(0..0, |number| list_at(&self.ends, number.get() as usize - 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_token_is_masked_or_kept(
            articles in prop::collection::vec(prop::collection::vec(any::<bool>(), 0..20), 1..6),
        ) {
            let mut masks = Masks::none(2 * articles.len());
            let ranges = |masked: &[bool]| -> Vec<Range<u32>> {
                let mut out: Vec<Range<u32>> = Vec::new();
                for (at, _) in (0..).zip(masked).filter(|(_, masked)| **masked) {
                    match out.last_mut() {
                        Some(last) if last.end == at => last.end += 1,
                        _ => out.push(at..at + 1),
                    }
                }
                out
            };
            for (number, masked) in articles.iter().enumerate() {
                let ids = [2 * number, 2 * number + 1].map(ArticleId::new);
                if masked.contains(&true) {
                    let count = masks.push(&ranges(masked), ids.iter());
                    prop_assert_eq!(count as usize, masked.iter().filter(|masked| **masked).count());
                }
            }
            for number in 0..2 * articles.len() {
                let (id, masked) = (ArticleId::new(number), &articles[number / 2]);
                prop_assert_eq!(masks.holds(id), masked.contains(&true));
                prop_assert_eq!(masks.ranges(id).collect::<Vec<_>>(), ranges(masked));
                let kept: Vec<usize> = masks.kept(id, masked.len()).flatten().collect();
                prop_assert_eq!(&kept, &(0..masked.len()).filter(|&at| !masked[at]).collect::<Vec<_>>());
                let seam = |range: &Range<u32>| kept.iter().filter(|&&at| at < range.start as usize).count() as u32;
                prop_assert_eq!(masks.seams(id), ranges(masked).iter().map(seam).collect::<Vec<_>>());
            }
        }
    }
}
