//! Defines a page whose data is in memory, apart from those of its collection.

use std::ops::Range;

use crate::boilerplate::page::Pages;
use crate::sketch::Fingerprint;
use crate::text::Token;

/// A page of a collection. What a step does not need may be left out.
#[derive(Clone, Debug, Default)]
pub struct LocalPage {
    /// The number of its tokens.
    pub words: usize,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its fingerprints, by ascending position.
    pub fingerprints: Vec<Fingerprint>,
    /// The number of its address, if other pages of its site have the same address.
    pub address: Option<u64>,
}

impl Pages for Vec<LocalPage> {
    fn count(&self) -> usize {
        self.len()
    }

    fn words(&self, page: u32) -> usize {
        self[page as usize].words
    }

    fn tokens<'a>(&'a self, page: u32, range: Range<usize>, _: &'a mut Vec<Token>) -> &'a [Token] {
        &self[page as usize].tokens[range]
    }

    fn fingerprints(&self, page: u32) -> &[Fingerprint] {
        &self[page as usize].fingerprints
    }

    fn read_fingerprints<'a>(&'a self, page: u32, _: &'a mut Vec<Fingerprint>) -> &'a [Fingerprint] {
        self.fingerprints(page)
    }

    fn address(&self, page: u32) -> Option<u64> {
        self[page as usize].address
    }
}
