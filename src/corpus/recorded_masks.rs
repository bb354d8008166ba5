//! Stores the masks that an archive recorded of the articles of a segment.

use std::ops::Range;

use super::offset::offset;

/// The masks that an archive recorded of the articles of a segment.
#[derive(Debug, Default)]
pub(super) struct RecordedMasks {
    /// The indexes of the articles of which something is masked, ascending, with the masked ranges.
    masks: Vec<(u32, Vec<Range<u32>>)>,
    /// The indexes of the articles that are masked anew, ascending.
    masked_anew: Vec<u32>,
}

impl RecordedMasks {
    /// Adds the mask of the article at `index`, unless it is empty; to be called with ascending indexes.
    pub(super) fn push(&mut self, index: usize, mask: &[Range<u32>]) {
        if !mask.is_empty() {
            self.masks.push((offset(index), mask.to_vec()));
        }
    }

    /// Has the article at `index` masked anew, whatever was recorded; to be called with ascending indexes.
    pub(super) fn mask_anew(&mut self, index: usize) {
        self.masked_anew.push(offset(index));
    }

    /// Returns the masks that are not empty, each with the index of its article.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &[Range<u32>])> {
        self.masks.iter().map(|(index, mask)| (*index as usize, &mask[..]))
    }

    /// Returns the mask of the article at `index`; nothing if it is masked anew.
    pub(super) fn of(&self, index: usize) -> Option<&[Range<u32>]> {
        let index = offset(index);
        if self.masked_anew.binary_search(&index).is_ok() {
            return None;
        }
        let found = self.masks.binary_search_by_key(&index, |(of, _)| *of);
        Some(found.map_or(&[], |found| &self.masks[found].1))
    }
}
