//! Stores columns (lists of values): in memory up to a limit, and beyond it in a temporary file.
//!
//! A run over millions of articles needs the tokens of each article several times, but rarely those of two distant
//! articles at once. So columns are put into a [`StoreWriter`] as they are made, in any order and from any thread.
//! When all are there, the writer is closed, and its [`Store`] returns each column as a slice: of memory, or of the
//! mapped file, which the system caches in free memory. The file has no name: however the run ends, nothing is left
//! of it.
//!
//! [`Storage`] has the settings with which all stages of a run create their stores, among them the [`Budget`] that
//! divides the memory between the stages.
//!
//! Invariants: a column is read as it was written, wherever it is kept. The bytes of the mapped file that are in the
//! memory of the process stay below the limit that the store was closed with, except for what the threads read at
//! the moment.
//! Cost: each column beyond the limit is written once; reading one is a memory access if it was read lately.
//!
//! Nothing here outlives a run; the module `archive` has files that do.

mod budget;
mod column;
mod leb128;
mod map;
mod positioned_io;
mod range_codec;
mod storage;
#[expect(clippy::module_inception, reason = "a file is named after the type that it defines")]
mod store;
mod writer;

pub(crate) use self::budget::{Budget, ColumnBudget};
pub(crate) use self::column::{Column, list_range};
pub(crate) use self::leb128::{push_leb128, take_leb128};
pub(crate) use self::map::return_freed_memory;
pub(crate) use self::positioned_io::read_at;
pub(crate) use self::range_codec::{push_ranges, take_ranges};
pub(crate) use self::storage::Storage;
pub(crate) use self::store::Store;
pub(crate) use self::writer::StoreWriter;
