//! Reads the tokens of articles: all of them, or those of the core.
//!
//! A caller that reads all articles in the order in which they are stored uses [`Corpus::tokens`], which borrows
//! from the mapped file where it can. A caller that reads single articles here and there uses
//! [`Corpus::read_tokens`], which reads into a buffer: a look into a mapped file brings much more into memory than
//! the article.

use std::borrow::Cow;
use std::ops::Range;

use super::corpus::Corpus;
use crate::article::ArticleId;
use crate::text::Token;

/// A buffer for the tokens of one article. It must not be used for a corpus whose masks changed after it was filled.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenBuffer {
    /// The article that was read last.
    id: Option<ArticleId>,
    all: Vec<Token>,
    core: Vec<Token>,
}

impl TokenBuffer {
    /// Returns whether an article is the one that was read last into the buffer.
    pub(crate) fn holds(&self, id: ArticleId) -> bool {
        self.id == Some(id)
    }
}

impl Corpus {
    /// Returns the number of tokens of an article's core, without reading them.
    pub fn words(&self, id: ArticleId) -> usize {
        self.cores.len(id)
    }

    /// Returns all tokens of an article, masked ones included.
    pub fn all_tokens(&self, id: ArticleId) -> &[Token] {
        let (segment, index) = self.segment(id);
        segment.tokens(index, &self.store)
    }

    /// Returns the number of all tokens of an article, masked ones included.
    pub(crate) fn all_words(&self, id: ArticleId) -> usize {
        let (segment, index) = self.segment(id);
        segment.words(index)
    }

    /// Returns the tokens of an article's core.
    pub fn tokens(&self, id: ArticleId) -> Cow<'_, [Token]> {
        let all = self.all_tokens(id);
        if !self.cores.is_masked(id) {
            return Cow::Borrowed(all);
        }
        let mut core = Vec::with_capacity(self.words(id));
        self.push_core(id, all, &mut core);
        Cow::Owned(core)
    }

    /// Returns a range of all tokens of an article. If they are in a file, they are read into `buffer`.
    pub(crate) fn read_all_tokens<'a>(
        &'a self,
        id: ArticleId,
        range: Range<usize>,
        buffer: &'a mut Vec<Token>,
    ) -> &'a [Token] {
        let (segment, index) = self.segment(id);
        segment.read_tokens(index, range, &self.store, buffer)
    }

    /// Returns the tokens of an article's core. If they are in a file, or some tokens are masked, they are copied
    /// into `buffer`. If the article is the one that was read last into the buffer, it is not read again.
    pub(crate) fn read_tokens<'a>(&'a self, id: ArticleId, buffer: &'a mut TokenBuffer) -> &'a [Token] {
        let TokenBuffer { id: last, all, core } = buffer;
        // The buffer of a core that was borrowed from memory is empty.
        if *last == Some(id) && core.len() == self.words(id) {
            return core;
        }
        *last = Some(id);
        let (segment, index) = self.segment(id);
        let every = 0..segment.words(index);
        if !self.cores.is_masked(id) {
            return self.read_all_tokens(id, every, core);
        }
        core.clear();
        self.push_core(id, self.read_all_tokens(id, every, all), core);
        core
    }

    /// Appends the tokens of an article's core; `all` are all tokens of the article.
    fn push_core(&self, id: ArticleId, all: &[Token], core: &mut Vec<Token>) {
        self.cores.unmasked_ranges(id, all.len()).for_each(|range| core.extend_from_slice(&all[range]));
    }

    /// Loads tokens that are in the temporary file into memory, up to `allowed` bytes.
    pub(crate) fn load_tokens(&mut self, allowed: usize) {
        self.store.tokens.take_back(allowed);
    }

    /// Keeps at most `allowed` bytes of the tokens that were loaded, and frees the memory of the others. They are
    /// still in the file.
    pub(crate) fn unload_tokens_to(&mut self, allowed: usize) {
        self.store.tokens.leave(allowed);
    }
}
