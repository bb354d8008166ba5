//! Defines the articles of which a segment is written.

use crate::corpus::{ArticleColumns, Corpus, Identity};
use crate::article::ArticleId;
use crate::error::Error;

/// The articles of which a segment is written, by row.
pub(super) trait SegmentSource: Sync {
    /// Returns the number of rows.
    fn len(&self) -> usize;

    /// Returns what identifies the article of a row; nothing if the row is empty, since the article was removed.
    fn identity(&self, row: usize) -> Option<Identity>;

    /// Calls `visit` with the article of each row of a range, or with nothing where the row is empty.
    ///
    /// # Errors
    /// [`Error::Archive`] if an article cannot be read.
    fn for_each(
        &self,
        rows: std::ops::Range<usize>,
        visit: &mut dyn FnMut(Option<&ArticleColumns<'_>>),
    ) -> Result<(), Error>;
}

/// Articles of a corpus.
pub(super) struct CorpusArticles<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) ids: &'a [ArticleId],
}

impl SegmentSource for CorpusArticles<'_> {
    fn len(&self) -> usize {
        self.ids.len()
    }

    fn identity(&self, row: usize) -> Option<Identity> {
        Some(self.corpus.identity(self.ids[row]))
    }

    fn for_each(
        &self,
        rows: std::ops::Range<usize>,
        visit: &mut dyn FnMut(Option<&ArticleColumns<'_>>),
    ) -> Result<(), Error> {
        self.ids[rows].iter().for_each(|&id| visit(Some(&self.corpus.columns(id))));
        Ok(())
    }
}
