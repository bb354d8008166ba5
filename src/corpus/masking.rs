//! A corpus and masks in, its cores out, and what is asked about what is masked.

use std::ops::Range;
use std::sync::{Arc, PoisonError};

use rayon::prelude::*;

use super::masks::Masks;
use super::{Corpus, IdenticalArticles, Lately};
use crate::article::ArticleId;

impl Corpus {
    /// Masks ranges of tokens, ascending and apart, of articles: they are no part of their cores from now on. What was
    /// masked before is not any more.
    pub fn mask(&mut self, masks: &[(ArticleId, Vec<Range<u32>>)]) {
        self.mask_all(masks, |_| &[]);
    }

    /// Masks as [`Corpus::mask`] does, articles that are identical to those given too.
    pub(crate) fn mask_with_copies(
        &mut self,
        masks: &[(ArticleId, Vec<Range<u32>>)],
        copies: &IdenticalArticles,
    ) {
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
        self.lately = Lately::default();
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

    /// Hands out what [`Corpus::spans`] gives. Of a long article it is kept until another one is asked for: a page of
    /// many stories stands in many clusters, and is asked for again with each.
    pub(crate) fn with_spans<T>(&self, id: ArticleId, take: impl FnOnce(&[(u32, u32)]) -> T) -> T {
        /// Words of an article that is long: to find their places takes much longer than to look one up.
        const LONG: usize = 1 << 13;
        if self.words(id) < LONG {
            return take(&self.spans(id));
        }
        let lately = || self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = lately().as_ref().filter(|(kept, _)| *kept == id).map(|(_, spans)| Arc::clone(spans));
        let spans = kept.unwrap_or_else(|| {
            let spans = Arc::new(self.spans(id));
            *lately() = Some((id, Arc::clone(&spans)));
            spans
        });
        take(&spans)
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

    #[test]
    fn places_of_long_articles_are_those_of_now() {
        let text = "Home. ".to_owned() + &"The ferry is late. ".repeat(3000);
        let other = text.clone() + "And again.";
        let mut corpus = Corpus::new(vec![part(&[("a", &text), ("b", &other), ("c", "Short.")])]);
        let ids: Vec<ArticleId> = corpus.ids().collect();
        for mask in [0..1, 0..3, 5..9] {
            for &id in ids.iter().chain(ids.iter().rev()) {
                assert_eq!(corpus.with_spans(id, <[_]>::to_vec), corpus.spans(id));
            }
            corpus.mask(&[(ids[1], vec![mask.clone()]), (ids[0], vec![mask])]);
        }
    }
}
