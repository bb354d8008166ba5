//! Defines what boilerplate is searched in: pages, as tokens and fingerprints.

use std::ops::Range;

use crate::sketch::Fingerprint;
use crate::text::Token;

/// A page of a site.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its fingerprints, by ascending position.
    pub fingerprints: &'a [Fingerprint],
    /// The number of its address, if other pages of its site have the same address.
    pub address: Option<u64>,
}

/// A list of pages that are read one by one, wherever they are stored.
pub trait Pages: Sync {
    /// Returns the number of pages.
    fn count(&self) -> usize;
    /// Returns the number of tokens of a page.
    fn words(&self, page: u32) -> usize;
    /// Returns the tokens of a page in a range of positions. `buffer` is used if they have to be read from a file.
    fn tokens<'a>(&'a self, page: u32, range: Range<usize>, buffer: &'a mut Vec<Token>) -> &'a [Token];
    /// Returns the fingerprints of a page, by ascending position, to a caller that reads one page after another.
    fn fingerprints(&self, page: u32) -> &[Fingerprint];
    /// Returns the fingerprints of a page, by ascending position, to a caller that reads pages in any order. `buffer`
    /// is used if they have to be read from a file.
    fn read_fingerprints<'a>(&'a self, page: u32, buffer: &'a mut Vec<Fingerprint>) -> &'a [Fingerprint];
    /// Returns the number of a page's address, if other pages of its site have the same address.
    fn address(&self, page: u32) -> Option<u64>;
    /// Returns the mask of a page, if it was recorded in an earlier run: it is not searched again.
    fn recorded_mask(&self, _page: u32) -> Option<&[Range<u32>]> {
        None
    }
}

/// Returns whether a mask contains a position.
pub fn is_in_mask(mask: &[Range<u32>], position: u32) -> bool {
    mask.iter().any(|range| range.contains(&position))
}

impl Pages for Vec<Page<'_>> {
    fn count(&self) -> usize {
        self.len()
    }

    fn words(&self, page: u32) -> usize {
        self[page as usize].tokens.len()
    }

    fn tokens<'a>(&'a self, page: u32, range: Range<usize>, _: &'a mut Vec<Token>) -> &'a [Token] {
        &self[page as usize].tokens[range]
    }

    fn fingerprints(&self, page: u32) -> &[Fingerprint] {
        self[page as usize].fingerprints
    }

    fn read_fingerprints<'a>(&'a self, page: u32, _: &'a mut Vec<Fingerprint>) -> &'a [Fingerprint] {
        self.fingerprints(page)
    }

    fn address(&self, page: u32) -> Option<u64> {
        self[page as usize].address
    }
}
