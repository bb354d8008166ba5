//! A column of a store, and the lists inside a column.

use std::marker::PhantomData;
use std::ops::Range;

/// A list of values that was put into a store. Its values are read through the [`Store`](super::Store).
#[derive(Debug)]
pub(crate) struct Column<T>(pub(super) Values<T>);

/// The values of a column, or where they are.
#[derive(Debug)]
pub(super) enum Values<T> {
    /// In memory.
    InMemory(Box<[T]>),
    /// In the file of the store: `length` values, from byte `begin` on.
    InFile { begin: u64, length: u32, kind: PhantomData<T> },
}

impl<T> Column<T> {
    /// Creates a column that is in memory. Any store reads it.
    pub(crate) fn in_memory(values: Vec<T>) -> Self {
        Self(Values::InMemory(values.into_boxed_slice()))
    }

    /// Returns the number of values.
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Values::InMemory(values) => values.len(),
            Values::InFile { length, .. } => *length as usize,
        }
    }
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self(Values::InMemory(Box::default()))
    }
}

/// Returns the range of the list at `index` in a column of consecutive lists. `ends` has the end of each list.
pub(crate) fn list_range(ends: &[u32], index: usize) -> Range<usize> {
    let begin = if index == 0 { 0 } else { ends[index - 1] };
    begin as usize..ends[index] as usize
}
