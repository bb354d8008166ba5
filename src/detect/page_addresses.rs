//! Finds pages of a site that were scraped from one address.

use std::collections::HashMap;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::ArticleId;
use crate::boilerplate::{GroupKind, PageGroup};
use crate::corpus::Corpus;
use crate::site::page_address;

/// The pages whose address several pages of their site have. Most collections have few of them.
#[derive(Debug, Default)]
pub(super) struct PageAddresses {
    /// Each of them with a number that pages of one address have in common.
    numbers: HashMap<u32, u64>,
}

impl PageAddresses {
    /// Finds the pages of `groups` with common addresses. Addresses are compared by their hashes: of a billion pages,
    /// two would be taken for one about once in forty runs.
    pub(super) fn new(corpus: &Corpus, ids: &[ArticleId], groups: &[PageGroup]) -> Self {
        let pages = groups
            .iter()
            .filter(|group| group.kind == GroupKind::OneSite)
            .flat_map(|group| group.pages.clone());
        let pages: Vec<usize> = pages.collect();
        let mut addresses: Vec<(u64, u32)> = pages
            .par_iter()
            .filter_map(|&page| {
                let header = corpus.header(ids[page]);
                let address = page_address(header.url.unwrap_or(header.key))?;
                Some((xxh3_64(address.as_bytes()), page as u32))
            })
            .collect();
        addresses.par_sort_unstable();
        let several = addresses.chunk_by(|one, other| one.0 == other.0).filter(|pages| pages.len() > 1);
        let numbers = several.flatten().map(|&(address, page)| (page, address)).collect();
        Self { numbers }
    }

    /// Returns the number of the address of a page; `None` if no other page of its site has it.
    pub(super) fn get(&self, page: u32) -> Option<u64> {
        self.numbers.get(&page).copied()
    }
}
