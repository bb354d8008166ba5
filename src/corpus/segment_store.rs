//! Defines the stores of a corpus's columns. Tokens, which every stage reads, and rows and strings, which are small and
//! read now and then, are in other stores than spans and texts, which only reports need.

use std::path::Path;

use crate::error::Error;
use crate::store::{ColumnBudget, Store, StoreWriter};

/// The stores that segments put their columns into.
#[derive(Debug)]
pub(crate) struct SegmentStoreWriter {
    pub(super) rows: StoreWriter,
    pub(super) tokens: StoreWriter,
    /// Keys, headlines, ranges of direct speech and the like.
    pub(super) strings: StoreWriter,
    pub(super) spans_and_texts: StoreWriter,
}

impl SegmentStoreWriter {
    /// Creates empty stores; `folder` and `reserve` are those of [`StoreWriter::new`].
    pub(crate) fn new(folder: &Path, reserve: usize) -> Self {
        let writer = || StoreWriter::new(folder, reserve);
        Self { rows: writer(), tokens: writer(), strings: writer(), spans_and_texts: writer() }
    }

    /// Returns whether columns take more memory than `budget` allows for.
    pub(crate) fn hold_more_than(&self, budget: ColumnBudget) -> bool {
        self.rows.holds_more_than(budget.rows)
            || self.tokens.holds_more_than(budget.tokens)
            || self.strings.holds_more_than(budget.strings)
            || self.spans_and_texts.holds_more_than(budget.besides)
    }

    /// Ends the writing; `shown` is that of [`StoreWriter::close`].
    ///
    /// # Errors
    /// An [`Error::Storage`] if a file cannot be mapped.
    pub(crate) fn close(self, shown: usize) -> Result<SegmentStore, Error> {
        Ok(SegmentStore {
            rows: self.rows.close(shown)?,
            tokens: self.tokens.close(shown)?,
            strings: self.strings.close(shown)?,
            spans_and_texts: self.spans_and_texts.close(shown)?,
        })
    }
}

/// The closed stores, which the columns of segments are read from.
#[derive(Debug, Default)]
pub(crate) struct SegmentStore {
    pub(super) rows: Store,
    pub(super) tokens: Store,
    /// Keys, headlines, ranges of direct speech and the like.
    pub(super) strings: Store,
    pub(super) spans_and_texts: Store,
}

impl SegmentStore {
    /// Returns the number of bytes in temporary files.
    pub(super) fn bytes_in_files(&self) -> u64 {
        self.rows.filed() + self.tokens.filed() + self.strings.filed() + self.spans_and_texts.filed()
    }
}
