//! Defines all that a segment stores of one article.

use std::borrow::Cow;
use std::ops::Range;

use super::row::Row;
use crate::text::Token;

/// All that a segment stores of one article, in the form in which it stores it. By default, an article without words.
#[derive(Default)]
pub(crate) struct ArticleColumns<'a> {
    /// The row; its strings begin at 0.
    pub(super) row: Row,
    pub(super) strings: Cow<'a, [u8]>,
    pub(crate) tokens: Cow<'a, [Token]>,
    /// The spans of the tokens, encoded.
    pub(super) spans: Cow<'a, [u8]>,
    /// The ranges of tokens that are direct speech, encoded.
    pub(super) speech: Cow<'a, [u8]>,
    /// The ranges of tokens that are masked, ascending.
    pub(crate) masked: Vec<Range<u32>>,
    /// The lines, encoded, and what the page prints besides, if they were kept.
    pub(super) lines: Option<Cow<'a, [u8]>>,
    /// The text, if it was kept.
    pub(super) text: Option<Cow<'a, [u8]>>,
}

impl ArticleColumns<'_> {
    /// Leaves the text out.
    pub(crate) fn drop_text(&mut self) {
        self.text = None;
    }

    /// Returns a copy that borrows nothing.
    pub(crate) fn to_owned(&self) -> ArticleColumns<'static> {
        let owned = |bytes: &Cow<'_, [u8]>| Cow::Owned(bytes.to_vec());
        ArticleColumns {
            row: self.row.clone(),
            strings: owned(&self.strings),
            tokens: Cow::Owned(self.tokens.to_vec()),
            spans: owned(&self.spans),
            speech: owned(&self.speech),
            masked: self.masked.clone(),
            lines: self.lines.as_ref().map(owned),
            text: self.text.as_ref().map(owned),
        }
    }

    /// Returns the number of bytes that it takes in memory.
    pub(crate) fn bytes(&self) -> usize {
        let columns =
            [&self.strings, &self.spans, &self.speech].into_iter().chain(&self.lines).chain(&self.text);
        let numbers = size_of_val(&*self.tokens) + size_of_val(&*self.masked);
        size_of::<Self>() + numbers + columns.map(|column| column.len()).sum::<usize>()
    }
}
