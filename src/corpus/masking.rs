//! A corpus and masks in, its cores out, and what is asked about what is masked.

use std::ops::Range;
use std::path::Path;

use rayon::prelude::*;

use super::cores::{Cores, STRETCH, Stretch};
use super::{Copies, Corpus};
use crate::article::ArticleId;
use crate::error::Error;
use crate::store::Store;

impl Corpus {
    /// Masks ranges of tokens, ascending and apart, of articles: they are no part of their cores from now on. What was
    /// masked before is not any more.
    pub fn mask(&mut self, masks: &[(ArticleId, Vec<Range<u32>>)]) {
        let masked = self.mask_into(masks, None, Store::new(Path::new(""), 0), usize::MAX, usize::MAX);
        masked.expect("where everything is held nothing is written");
    }

    /// Masks as [`Corpus::mask`] does, articles that are identical to those given too, and keeps the cores in a store,
    /// of which so many bytes are held or else shown at once.
    ///
    /// # Errors
    /// The cores cannot be kept.
    pub(crate) fn mask_into(
        &mut self,
        masks: &[(ArticleId, Vec<Range<u32>>)],
        copies: Option<&Copies>,
        store: Store,
        held: usize,
        shown: usize,
    ) -> Result<(), Error> {
        let stretches: Result<Vec<Stretch>, Error> = masks
            .par_chunks(STRETCH)
            .map(|masks| {
                let articles = masks.iter().map(|(id, mask)| (self.all_tokens(*id), mask.as_slice()));
                Stretch::new(articles, &store, held)
            })
            .collect();
        let stretches = stretches?;
        self.unmask();
        for (index, (id, mask)) in masks.iter().enumerate() {
            let masked: u32 = mask.iter().map(|range| range.end - range.start).sum();
            let copies = copies.map_or(&[][..], |copies| copies.of(*id)).iter().filter(|copy| *copy != id);
            for id in std::iter::once(id).chain(copies) {
                self.core_of[id.index()] = Cores::number(index);
                self.words[id.index()] -= masked;
            }
        }
        self.cores = Cores::new(stretches, store.close(shown)?);
        Ok(())
    }

    /// Takes all masks off: the core of each article is all of it again.
    pub fn unmask(&mut self) {
        self.cores = Cores::default();
        self.core_of.fill(None);
        let all = |&(part, index): &(u32, u32)| self.parts[part as usize].words(index as usize) as u32;
        self.words = self.slots.par_iter().map(all).collect();
    }

    /// Tells whether something of an article is masked.
    pub fn is_masked(&self, id: ArticleId) -> bool {
        self.core_of[id.index()].is_some()
    }

    /// Gives the places in an article's core before which tokens are masked, ascending.
    pub fn seams(&self, id: ArticleId) -> &[u32] {
        self.core_of[id.index()].map_or(&[], |core| self.cores.seams(core))
    }

    /// Gives the ranges of an article's tokens, masked ones counted, that are masked, ascending.
    pub fn masked_tokens(&self, id: ArticleId) -> impl ExactSizeIterator<Item = Range<u32>> + '_ {
        let (seams, lengths) =
            self.core_of[id.index()].map_or_else(Default::default, |core| self.cores.masked(core));
        let mut before = 0;
        seams.iter().zip(lengths).map(move |(seam, length)| {
            let begin = seam + before;
            before += length;
            begin..begin + length
        })
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
        let (mut kept, mut begin) = (0, 0);
        for masked in self.masked_tokens(id) {
            let here = begin..masked.start as usize;
            begin = masked.end as usize;
            let end = kept + here.len();
            spans.copy_within(here, kept);
            kept = end;
        }
        spans.drain(kept..begin);
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
