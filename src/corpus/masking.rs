//! A corpus and masks in, its cores out, and what is asked about what is masked.

use std::ops::Range;

use rayon::prelude::*;

use super::masks::Masks;
use super::{Copies, Corpus};
use crate::article::ArticleId;

impl Corpus {
    /// Masks ranges of tokens, ascending and apart, of articles: they are no part of their cores from now on. What was
    /// masked before is not any more.
    pub fn mask(&mut self, masks: &[(ArticleId, Vec<Range<u32>>)]) {
        self.mask_all(masks, |_| &[]);
    }

    /// Masks as [`Corpus::mask`] does, articles that are identical to those given too.
    pub(crate) fn mask_with_copies(&mut self, masks: &[(ArticleId, Vec<Range<u32>>)], copies: &Copies) {
        self.mask_all(masks, |id| copies.of(id));
    }

    fn mask_all<'a>(
        &mut self,
        masks: &[(ArticleId, Vec<Range<u32>>)],
        copies: impl Fn(ArticleId) -> &'a [ArticleId],
    ) {
        self.unmask();
        for (id, mask) in masks {
            let ids = || std::iter::once(id).chain(copies(*id).iter().filter(|copy| *copy != id));
            let masked = self.masks.push(mask, ids());
            ids().for_each(|id| self.words[id.index()] -= masked);
        }
    }

    /// Takes all masks off: the core of each article is all of it again.
    pub fn unmask(&mut self) {
        self.masks = Masks::none(self.len());
        let all = |&(part, index): &(u32, u32)| self.parts[part as usize].words(index as usize) as u32;
        self.words = self.slots.par_iter().map(all).collect();
    }

    /// Tells whether something of an article is masked.
    pub fn is_masked(&self, id: ArticleId) -> bool {
        self.masks.holds(id)
    }

    /// Gives the places in an article's core before which tokens are masked, ascending.
    pub fn seams(&self, id: ArticleId) -> &[u32] {
        self.masks.seams(id)
    }

    /// Gives the ranges of an article's tokens, masked ones counted, that are masked, ascending.
    pub fn masked_tokens(&self, id: ArticleId) -> impl ExactSizeIterator<Item = Range<u32>> + '_ {
        self.masks.ranges(id)
    }

    /// Gives the stretches of an article's text that are masked: begin and end, in bytes, ascending.
    pub fn masked(&self, id: ArticleId) -> Vec<(u32, u32)> {
        if !self.is_masked(id) {
            return Vec::new();
        }
        let spans = self.all_spans(id);
        let bytes = |range: Range<u32>| (spans[range.start as usize].0, spans[range.end as usize - 1].1);
        self.masked_tokens(id).map(bytes).collect()
    }

    /// Gives for each token of an article's core its begin and end in the text, in bytes.
    pub fn spans(&self, id: ArticleId) -> Vec<(u32, u32)> {
        let mut spans = self.all_spans(id);
        let mut end = 0;
        for kept in self.masks.kept(id, spans.len()) {
            let length = kept.len();
            spans.copy_within(kept, end);
            end += length;
        }
        spans.truncate(end);
        spans
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::part;
    use super::*;

    #[test]
    fn masks() {
        let text = "menu, home. The story is here. Copyright";
        let mut corpus = Corpus::new(vec![part(&[("a", text)])]);
        let id = ArticleId::new(0);
        let all = corpus.tokens(id).to_vec();
        corpus.mask(&[(id, vec![0..2, 6..7])]);
        assert_eq!(corpus.tokens(id), &all[2..6]);
        assert_eq!(corpus.all_tokens(id), all);
        assert_eq!(corpus.seams(id), [0, 4]);
        let cut = |&(begin, end): &(u32, u32)| &text[begin as usize..end as usize];
        assert_eq!(corpus.spans(id).iter().map(cut).collect::<Vec<_>>(), ["The", "story", "is", "here"]);
        assert_eq!(corpus.masked(id).iter().map(cut).collect::<Vec<_>>(), ["menu, home", "Copyright"]);
    }
}
