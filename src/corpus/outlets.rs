//! The outlets and addresses of articles, and the names that are those of collections and no sites.

use std::collections::BTreeSet;

use super::corpus::Corpus;
use crate::article::ArticleId;
use crate::site::{outlet_of, page_address};

impl Corpus {
    /// Sets the names of collections. They are no sites.
    pub(crate) fn set_collections(&mut self, collections: BTreeSet<String>) {
        self.sites.set_collections(collections);
    }

    /// Returns the names of collections in the site field.
    pub fn collections(&self) -> &BTreeSet<String> {
        self.sites.collections()
    }

    /// Returns the outlet of an article, if its site is known.
    pub fn outlet(&self, id: ArticleId) -> Option<&str> {
        self.site(id).map(outlet_of)
    }

    /// Returns whether two articles are in one outlet, which is known.
    pub(crate) fn are_in_one_outlet(&self, [a, b]: [ArticleId; 2]) -> bool {
        self.outlet(a).is_some_and(|outlet| self.outlet(b) == Some(outlet))
    }

    /// Returns whether two articles were scraped from one address, which is known.
    pub(crate) fn have_one_address(&self, ids: [ArticleId; 2]) -> bool {
        let [a, b] = ids.map(|id| {
            let header = self.header(id);
            page_address(header.url.unwrap_or(header.key))
        });
        a.is_some() && a == b
    }
}
