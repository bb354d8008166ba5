//! Returns the short lines of articles.

use super::corpus::Corpus;
use super::line_codec::ShortLine;
use crate::article::ArticleId;

impl Corpus {
    /// Returns the short lines of an article, ascending.
    pub(crate) fn short_lines(&self, id: ArticleId) -> Vec<ShortLine> {
        let (segment, index) = self.segment(id);
        segment.short_lines(index, &self.store)
    }
}
