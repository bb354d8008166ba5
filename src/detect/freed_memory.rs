//! Returns the memory that a stage of a run freed to the system.

use crate::corpus::Corpus;
use crate::store::return_freed_memory;

/// The number of words from which on a run returns memory between its stages: some ten MB.
const FEWEST_WORDS: usize = 1 << 21;

/// Makes the allocator return freed memory to the system, unless the articles are few. The next stage of such a run, or the
/// next run, needs about the same memory again, and getting it back from the system takes longer than the stage. Where many
/// threads look single articles up, they also wait for each other, since the call locks the allocator.
pub(super) fn return_freed_memory_after(corpus: &Corpus) {
    let mut words = 0;
    if corpus.ids().any(|id| {
        words += corpus.words(id);
        words >= FEWEST_WORDS
    }) {
        return_freed_memory();
    }
}
