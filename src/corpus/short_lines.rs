//! Returns the short lines of articles, and what their pages print besides.

use super::corpus::Corpus;
use super::line_codec::ShortLine;
use crate::article::ArticleId;

impl Corpus {
    /// Returns the short lines of an article, ascending.
    pub(crate) fn short_lines(&self, id: ArticleId) -> Vec<ShortLine> {
        let (segment, index) = self.segment(id);
        segment.short_lines(index, &self.store)
    }

    /// Returns what the page of an article prints besides its text: a line for each paragraph.
    pub(crate) fn other_text(&self, id: ArticleId) -> String {
        let (segment, index) = self.segment(id);
        segment.other_text(index, &self.store)
    }
}
