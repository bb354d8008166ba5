//! Where a corpus keeps its columns: tokens, which every stage reads, apart from what only reports ask for.

use std::path::Path;

use crate::error::Error;
use crate::store::{Shelf, Store};

/// Takes the columns of parts.
#[derive(Debug)]
pub(crate) struct Stores {
    pub(super) tokens: Store,
    /// Strings, spans and texts.
    pub(super) besides: Store,
}

/// How many bytes of columns may be held in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) tokens: usize,
    pub(crate) besides: usize,
}

impl Room {
    /// Everything is held.
    pub(crate) const UNLIMITED: Self = Self { tokens: usize::MAX, besides: usize::MAX };
}

impl Stores {
    /// Makes stores whose files, if they need some, stand in `folder`, as [`Store::new`] says.
    pub(crate) fn new(folder: &Path, reserve: usize) -> Self {
        Self { tokens: Store::new(folder, reserve), besides: Store::new(folder, reserve) }
    }

    /// Ends the taking.
    ///
    /// # Errors
    /// A file cannot be mapped.
    pub(super) fn close(self, shown: usize) -> Result<Shelves, Error> {
        Ok(Shelves { tokens: self.tokens.close(shown)?, besides: self.besides.close(shown)? })
    }
}

/// Shows the columns of parts.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    pub(super) tokens: Shelf,
    pub(super) besides: Shelf,
}

impl Shelves {
    /// Tells how many bytes stand in files.
    pub(super) fn filed(&self) -> u64 {
        self.tokens.filed() + self.besides.filed()
    }
}
