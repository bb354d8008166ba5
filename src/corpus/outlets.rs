//! The outlets of articles, and the names that are those of collections and no sites.

use std::collections::BTreeSet;

use super::corpus::Corpus;
use crate::article::ArticleId;
use crate::site::outlet_of;

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
}
