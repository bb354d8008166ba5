//! Defines the articles of which a segment is written.

use std::ops::Range;

use crate::article::ArticleId;
use crate::corpus::{ArticleColumns, Corpus, Identity};
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
        rows: Range<usize>,
        visit: &mut dyn FnMut(Option<&ArticleColumns<'_>>),
    ) -> Result<(), Error>;

    /// Returns the postings by fingerprint, if they are known. Otherwise they are computed from the articles.
    fn postings(&self) -> Option<&dyn SortedPostings> {
        None
    }
}

/// Postings that are sorted already.
pub(super) trait SortedPostings {
    /// Calls `push` with each value and each row that has it, ascending.
    ///
    /// # Errors
    /// [`Error::Archive`] if they cannot be read; those of `push`.
    fn for_each(&self, push: &mut dyn FnMut(u32, u32) -> Result<(), Error>) -> Result<(), Error>;
}

/// Articles of a corpus.
pub(super) struct CorpusArticles<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) ids: &'a [ArticleId],
    /// True if their texts are written.
    pub(super) keep_texts: bool,
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
        rows: Range<usize>,
        visit: &mut dyn FnMut(Option<&ArticleColumns<'_>>),
    ) -> Result<(), Error> {
        for &id in &self.ids[rows] {
            let mut article = self.corpus.columns(id);
            if !self.keep_texts {
                article.drop_text();
            }
            visit(Some(&article));
        }
        Ok(())
    }
}
