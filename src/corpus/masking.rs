//! Masks tokens of articles, and returns what is masked.

use std::ops::Range;

use super::cores::Cores;
use super::corpus::Corpus;
use super::identical_articles::IdenticalArticles;
use super::recent_spans::RecentSpans;
use crate::article::ArticleId;

impl Corpus {
    /// Masks ranges of tokens, ascending and disjoint, of articles: they are not in the articles' cores any more.
    /// All masks from before are removed.
    pub fn mask(&mut self, masks: &[(ArticleId, Vec<Range<u32>>)]) {
        self.mask_all(masks.iter().map(|(id, mask)| (*id, mask.as_slice())), |_| &[]);
    }

    /// Masks as [`Corpus::mask`] does, also in all articles that are identical to the given ones.
    pub(crate) fn mask_with_identical<'m>(
        &mut self,
        masks: impl Iterator<Item = (ArticleId, &'m [Range<u32>])>,
        identical: &IdenticalArticles,
    ) {
        self.mask_all(masks, |id| identical.of(id));
    }

    fn mask_all<'a, 'm>(
        &mut self,
        masks: impl Iterator<Item = (ArticleId, &'m [Range<u32>])>,
        identical: impl Fn(ArticleId) -> &'a [ArticleId],
    ) {
        self.unmask();
        for (id, mask) in masks {
            let others = identical(id).iter().filter(|other| **other != id);
            self.cores.mask(mask, std::iter::once(&id).chain(others));
        }
        self.cores.shrink_to_fit();
    }

    /// Removes all masks: the core of each article is the whole article again.
    pub fn unmask(&mut self) {
        self.cores = Cores::unmasked(self.token_counts());
        self.recent_spans = RecentSpans::default();
    }

    /// Returns the mask that an archive recorded of an article, ascending ranges of tokens; nothing if the article is
    /// masked anew.
    pub(crate) fn recorded_mask(&self, id: ArticleId) -> Option<&[Range<u32>]> {
        if !self.has_recorded_masks {
            return None;
        }
        let (segment, index) = self.segment(id);
        segment.recorded_mask(index)
    }

    /// Returns whether some tokens of an article are masked.
    pub fn is_masked(&self, id: ArticleId) -> bool {
        self.cores.is_masked(id)
    }

    /// Returns the positions in an article's core before which tokens are masked, ascending.
    pub fn seams(&self, id: ArticleId) -> &[u32] {
        self.cores.seams(id)
    }

    /// Returns the masked ranges of all tokens of an article, ascending.
    pub fn masked_ranges(&self, id: ArticleId) -> impl ExactSizeIterator<Item = Range<u32>> + '_ {
        self.cores.masked(id)
    }

    /// Returns the begin and end of each masked range in an article's text, in bytes, ascending.
    pub fn masked(&self, id: ArticleId) -> Vec<(u32, u32)> {
        if !self.is_masked(id) {
            return Vec::new();
        }
        let spans = self.all_spans(id);
        let bytes = |range: Range<u32>| (spans[range.start as usize].0, spans[range.end as usize - 1].1);
        self.masked_ranges(id).map(bytes).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::corpus::tests::segment;
    use super::*;

    #[test]
    fn masked_tokens_are_not_in_the_core() {
        let text = "menu, home. The story is here. Copyright";
        let mut corpus = Corpus::new(vec![segment(&[("a", text)])]);
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
