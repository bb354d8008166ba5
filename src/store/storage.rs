//! Defines the settings with which every stage of a run creates its stores.

use std::path::PathBuf;

use super::budget::Budget;
use super::writer::StoreWriter;

/// The folder for temporary files, and the memory that the stages of a run may take.
#[derive(Clone, Debug)]
pub(crate) struct Storage {
    /// The folder for temporary files.
    pub(crate) folder: PathBuf,
    /// The bytes that one store may hold in memory if no temporary file can be created.
    pub(crate) reserve: usize,
    /// The memory of each stage.
    pub(crate) budget: Budget,
}

impl Storage {
    /// Keeps everything in memory.
    pub(crate) fn in_memory() -> Self {
        Self { folder: PathBuf::new(), reserve: usize::MAX, budget: Budget::UNLIMITED }
    }

    /// Creates an empty store.
    pub(crate) fn writer(&self) -> StoreWriter {
        StoreWriter::new(&self.folder, self.reserve)
    }
}
