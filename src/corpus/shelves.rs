//! Where a corpus keeps its columns: tokens, which every stage reads, and strings, which are small and asked for here
//! and there, apart from what only reports ask for.

use std::path::Path;

use crate::error::Error;
use crate::store::{Shelf, Store};

/// Takes the columns of parts.
#[derive(Debug)]
pub(crate) struct Stores {
    pub(super) tokens: Store,
    /// Keys, headlines and the like.
    pub(super) strings: Store,
    /// Spans and texts.
    pub(super) besides: Store,
}

/// How many bytes of columns may be held in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) tokens: usize,
    pub(crate) strings: usize,
    pub(crate) besides: usize,
}

impl Room {
    /// Everything is held.
    pub(crate) const UNLIMITED: Self = Self { tokens: usize::MAX, strings: usize::MAX, besides: usize::MAX };
}

impl Stores {
    /// Makes stores whose files, if they need some, stand in `folder`, as [`Store::new`] says.
    pub(crate) fn new(folder: &Path, reserve: usize) -> Self {
        let store = || Store::new(folder, reserve);
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
    pub(super) tokens: Shelf,
    pub(super) strings: Shelf,
    pub(super) besides: Shelf,
}

impl Shelves {
    /// Tells how many bytes stand in files.
    pub(super) fn filed(&self) -> u64 {
        self.tokens.filed() + self.strings.filed() + self.besides.filed()
    }
}
