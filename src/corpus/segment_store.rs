//! Where a corpus keeps its columns: tokens, which every stage reads, and strings, which are small and asked for here
//! and there, apart from what only reports ask for.

use std::path::Path;

use crate::error::Error;
use crate::store::{Store, StoreWriter};

/// Takes the columns of parts.
#[derive(Debug)]
pub(crate) struct Stores {
    pub(super) tokens: StoreWriter,
    /// Keys, headlines and the like.
    pub(super) strings: StoreWriter,
    /// Spans and texts.
    pub(super) besides: StoreWriter,
}

impl Stores {
    /// Makes stores whose files, if they need some, stand in `folder`, as [`StoreWriter::new`] says.
    pub(crate) fn new(folder: &Path, reserve: usize) -> Self {
        let store = || StoreWriter::new(folder, reserve);
        Self { tokens: store(), strings: store(), besides: store() }
    }

    /// Ends the taking.
    ///
    /// # Errors
    /// A file cannot be mapped.
    pub(super) fn close(self, shown: usize) -> Result<Shelves, Error> {
        let Self { tokens, strings, besides } = self;
        Ok(Shelves {
            tokens: tokens.close(shown)?,
            strings: strings.close(shown)?,
            besides: besides.close(shown)?,
        })
    }
}

/// Shows the columns of parts.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    pub(super) tokens: Store,
    pub(super) strings: Store,
    pub(super) besides: Store,
}

impl Shelves {
    /// Tells how many bytes stand in files.
    pub(super) fn filed(&self) -> u64 {
        self.tokens.filed() + self.strings.filed() + self.besides.filed()
    }
}
