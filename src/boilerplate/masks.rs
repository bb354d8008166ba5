//! Defines what a mask is, and keeps many masks in few bytes.

use std::ops::Range;

use crate::store::list_range;

/// The masked tokens of a page: ascending ranges of positions.
pub type Mask = Vec<Range<u32>>;

/// Masks that are not empty, each with the number of what is masked by it: a page or an article.
///
/// Cost: 4 bytes for each mask and 8 for each of its ranges, besides the numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masks<Of> {
    of: Vec<Of>,
    /// For each mask the end of its ranges.
    ends: Vec<u32>,
    ranges: Vec<Range<u32>>,
}

impl<Of> Default for Masks<Of> {
    fn default() -> Self {
        Self { of: Vec::new(), ends: Vec::new(), ranges: Vec::new() }
    }
}

impl<Of: Copy> Masks<Of> {
    /// Creates an empty list whose capacity is the number of masks and ranges of another one.
    pub fn with_capacity_of<Other>(other: &Masks<Other>) -> Self {
        Self::with_capacity(other.of.len(), other.ranges.len())
    }

    fn with_capacity(masks: usize, ranges: usize) -> Self {
        Self {
            of: Vec::with_capacity(masks),
            ends: Vec::with_capacity(masks),
            ranges: Vec::with_capacity(ranges),
        }
    }

    /// Joins lists of masks, one after another.
    pub fn joined(lists: Vec<Self>) -> Self {
        let sum = |length: fn(&Self) -> usize| lists.iter().map(length).sum();
        let mut joined = Self::with_capacity(sum(Self::len), sum(|list| list.ranges.len()));
        for list in lists {
            list.iter().for_each(|(of, mask)| joined.push(of, mask));
        }
        joined
    }

    /// Adds a mask, unless it is empty.
    pub fn push(&mut self, of: Of, mask: &[Range<u32>]) {
        if mask.is_empty() {
            return;
        }
        self.ranges.extend_from_slice(mask);
        self.of.push(of);
        self.ends.push(u32::try_from(self.ranges.len()).expect("fewer than 4 billion texts are masked"));
    }

    /// Returns the number of masks.
    pub fn len(&self) -> usize {
        self.of.len()
    }

    /// Returns whether there are no masks.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Returns what the mask at `index` is of, and its ranges.
    ///
    /// # Panics
    /// Panics if there are not so many masks.
    pub fn get(&self, index: usize) -> (Of, &[Range<u32>]) {
        (self.of[index], &self.ranges[list_range(&self.ends, index)])
    }

    /// Returns all masks, in the order in which they were added.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Of, &[Range<u32>])> {
        (0..self.len()).map(|index| self.get(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(masks: &Masks<u32>) -> Vec<(u32, Mask)> {
        masks.iter().map(|(of, mask)| (of, mask.to_vec())).collect()
    }

    #[test]
    fn masks_are_kept_in_order() {
        let masks: [(u32, Mask); 3] = [(7, vec![0..3, 9..12]), (2, Vec::new()), (2, vec![4..5, 6..8])];
        let mut kept = Masks::default();
        masks.iter().for_each(|(page, mask)| kept.push(*page, mask));
        let expected = vec![masks[0].clone(), masks[2].clone()];
        assert_eq!((listed(&kept), kept.len()), (expected.clone(), 2));
        let joined = Masks::joined(vec![kept.clone(), Masks::default(), kept]);
        assert_eq!(listed(&joined), [expected.clone(), expected].concat());
        assert_eq!(joined.get(3), (2, &masks[2].1[..]));
        assert!(Masks::<u32>::joined(Vec::new()).is_empty());
    }
}
