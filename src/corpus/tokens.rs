//! An article of a corpus in, its tokens out: all of them, or its core, which is put together where something is masked.
//!
//! Who goes through all articles as they were put in is shown them; who looks at one here and one there reads them into
//! a room, since a look into a mapped file brings in much more than it is about.

use std::borrow::Cow;
use std::ops::Range;

use super::Corpus;
use crate::article::ArticleId;
use crate::text::Token;

/// Room for the tokens of one article of a corpus.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenBuffer {
    whose: Option<ArticleId>,
    all: Vec<Token>,
    core: Vec<Token>,
}

impl TokenBuffer {
    /// Tells whether it was an article's last.
    pub(crate) fn holds(&self, id: ArticleId) -> bool {
        self.whose == Some(id)
    }
}

impl Corpus {
    /// Counts the tokens of an article's core, without looking at them.
    pub fn words(&self, id: ArticleId) -> usize {
        self.words[id.index()] as usize
    }

    /// Gives all tokens of an article, masked ones included.
    pub fn all_tokens(&self, id: ArticleId) -> &[Token] {
        let (part, index) = self.slot(id);
        part.tokens(index, &self.shelves)
    }

    /// Gives the tokens of an article's core.
    pub fn tokens(&self, id: ArticleId) -> Cow<'_, [Token]> {
        let all = self.all_tokens(id);
        if !self.is_masked(id) {
            return Cow::Borrowed(all);
        }
        let mut core = Vec::with_capacity(self.words(id));
        self.put_together(id, all, &mut core);
        Cow::Owned(core)
    }

    /// Gives some of all tokens of an article, in `room` where they have to be read.
    pub(crate) fn read_all_tokens<'a>(
        &'a self,
        id: ArticleId,
        some: Range<usize>,
        room: &'a mut Vec<Token>,
    ) -> &'a [Token] {
        let (part, index) = self.slot(id);
        part.read_tokens(index, some, &self.shelves, room)
    }

    /// Gives the tokens of an article's core, in `room` where they have to be read or put together. Between two readings
    /// into one room nothing may be masked anew.
    pub(crate) fn read_tokens<'a>(&'a self, id: ArticleId, room: &'a mut TokenBuffer) -> &'a [Token] {
        let TokenBuffer { whose, all, core } = room;
        if *whose == Some(id) && core.len() == self.words(id) {
            return core;
        }
        *whose = Some(id);
        let (part, index) = self.slot(id);
        let every = 0..part.words(index);
        if !self.is_masked(id) {
            return self.read_all_tokens(id, every, core);
        }
        core.clear();
        self.put_together(id, self.read_all_tokens(id, every, all), core);
        core
    }

    /// Puts the tokens of a core, of all those of its article, behind others.
    fn put_together(&self, id: ArticleId, all: &[Token], core: &mut Vec<Token>) {
        self.masks.kept(id, all.len()).for_each(|range| core.extend_from_slice(&all[range]));
    }

    /// Takes tokens back into memory that stand in files, up to so many bytes.
    pub(crate) fn take_tokens_back(&mut self, allowed: usize) {
        self.shelves.tokens.take_back(allowed);
    }

    /// Keeps so many bytes of what was taken back, and leaves the others in their files again.
    pub(crate) fn leave_tokens(&mut self, allowed: usize) {
        self.shelves.tokens.leave(allowed);
    }
}
