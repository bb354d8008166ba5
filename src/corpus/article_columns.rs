//! Defines all that a segment stores of one article.

use std::borrow::Cow;

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
}
