//! Provides a set of pages of one sample.

use std::ops::{BitAnd, BitOr, Sub};

/// A set of pages of a sample, each by its index in the sample. One bit for each page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PageSet(u16);

impl PageSet {
    /// The most pages that a sample may have.
    pub(super) const CAPACITY: usize = u16::BITS as usize;

    /// Returns the number of pages.
    pub(super) fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns whether there is no page in the set.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns whether a page is in the set.
    pub(super) fn contains(self, page: usize) -> bool {
        self.0 & 1 << page != 0
    }

    /// Returns the set with one more page.
    pub(super) fn with(self, page: usize) -> Self {
        Self(self.0 | 1 << page)
    }

    /// Returns the pages, in ascending order.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let page = (bits != 0).then_some(bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(page)
        })
    }
}

impl FromIterator<usize> for PageSet {
    fn from_iter<I: IntoIterator<Item = usize>>(pages: I) -> Self {
        pages.into_iter().fold(Self::default(), Self::with)
    }
}

/// The intersection.
impl BitAnd for PageSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// The union.
impl BitOr for PageSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The difference.
impl Sub for PageSet {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_in_ascending_order_and_unique() {
        let pages: PageSet = [15, 0, 7, 7].into_iter().collect();
        assert_eq!(pages.iter().collect::<Vec<_>>(), [0, 7, 15]);
        assert_eq!(
            (pages.len(), pages.is_empty(), pages.contains(7), pages.contains(8)),
            (3, false, true, false)
        );
        assert_eq!(
            (pages - PageSet::default().with(0)) | PageSet::default().with(1),
            [1, 7, 15].into_iter().collect()
        );
        let (one, other): (PageSet, PageSet) = ([1, 2].into_iter().collect(), [2, 3].into_iter().collect());
        assert_eq!(one & other, PageSet::default().with(2));
        assert!(PageSet::default().is_empty());
    }
}
