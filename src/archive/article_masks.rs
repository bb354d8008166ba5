//! Stores what a run over all articles of an archive masks of each, by the numbers that the articles have there.
//!
//! Cost: eight bytes for each article of which something is masked, and eight for each masked range.

use std::ops::Range;

use super::snapshot::Snapshot;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::store::list_range;

/// The number of articles that are read before the result is looked at.
const READ_AT_ONCE: usize = 1 << 12;

/// What is masked of articles, by number.
#[derive(Debug, Default)]
pub(super) struct ArticleMasks {
    /// The numbers of the articles of which something is masked, ascending.
    numbers: Vec<u32>,
    /// For each of these the end of its ranges.
    ends: Vec<u32>,
    ranges: Vec<Range<u32>>,
}

impl ArticleMasks {
    /// Collects what is masked of the articles of a corpus; `numbers` has the number of each, if it has one.
    pub(super) fn new(corpus: &Corpus, numbers: &[Option<u32>]) -> Self {
        let masked = corpus.ids().filter(|&id| corpus.is_masked(id));
        let mut masked: Vec<_> = masked.filter_map(|id| Some((numbers[id.index()]?, id))).collect();
        masked.sort_unstable();
        let mut out = Self::default();
        for (number, id) in masked {
            out.numbers.push(number);
            out.ranges.extend(corpus.masked_ranges(id));
            out.ends.push(out.ranges.len() as u32);
        }
        out
    }

    /// Returns the masked ranges of an article.
    pub(super) fn of(&self, number: u32) -> &[Range<u32>] {
        let found = self.numbers.binary_search(&number);
        found.map_or(&[], |index| &self.ranges[list_range(&self.ends, index)])
    }

    /// Returns whether these are the masks that an archive has recorded.
    ///
    /// # Errors
    /// [`Error::Archive`] if the archive cannot be read.
    pub(super) fn are_recorded(&self, snapshot: &Snapshot) -> Result<bool, Error> {
        for segment in &snapshot.segments {
            for numbers in snapshot.live_in(segment).chunks(READ_AT_ONCE) {
                let mut is_same = true;
                snapshot.for_each(numbers, |number, article| is_same &= article.masked == self.of(number))?;
                if !is_same {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}
