//! The sites of articles.

use std::collections::{BTreeMap, BTreeSet};

use super::offset::offset;
use super::row::Field;
use super::segment_store::SegmentStore;
use super::stored_segment::StoredSegment;
use crate::article::ArticleId;

/// The sites of all articles of a corpus. The name of each site is kept once.
#[derive(Debug, Default)]
pub(super) struct Sites {
    names: Vec<Box<str>>,
    /// For each article the number of its site, from 1; 0 if it is not known.
    site_of: Vec<u32>,
    /// Names in the site field that are those of collections of articles from many sites.
    collections: BTreeSet<String>,
}

impl Sites {
    /// Collects the sites of all articles. `ids` has the articles by segment and row.
    pub(super) fn new(segments: &[StoredSegment], store: &SegmentStore, ids: &[ArticleId]) -> Self {
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut names: Vec<Box<str>> = Vec::new();
        let mut site_of = vec![0; ids.len()];
        let mut ids = ids.iter();
        for segment in segments {
            for (index, id) in (0..segment.len()).zip(&mut ids) {
                if let Some(site) = segment.string(index, Field::Site, store) {
                    site_of[id.index()] = *numbers.entry(site).or_insert_with(|| {
                        names.push(site.into());
                        offset(names.len())
                    });
                }
            }
        }
        Self { names, site_of, collections: BTreeSet::new() }
    }

    /// Sets the names of collections. The site of articles that have one of them as their site is not known.
    pub(super) fn set_collections(&mut self, collections: BTreeSet<String>) {
        let is_collection: Vec<bool> = self.names.iter().map(|name| collections.contains(&**name)).collect();
        if is_collection.contains(&true) {
            let is_unknown =
                |site: u32| site.checked_sub(1).is_some_and(|index| is_collection[index as usize]);
            self.site_of.iter_mut().filter(|site| is_unknown(**site)).for_each(|site| *site = 0);
        }
        self.collections = collections;
    }

    /// Returns the names of collections.
    pub(super) fn collections(&self) -> &BTreeSet<String> {
        &self.collections
    }

    /// Returns the number of sites.
    pub(super) fn count(&self) -> usize {
        self.names.len()
    }

    /// Returns the number of the site of an article, from 0, if the site is known.
    pub(super) fn number_of(&self, id: ArticleId) -> Option<u32> {
        self.site_of[id.index()].checked_sub(1)
    }

    /// Returns the site of an article, if known.
    pub(super) fn of(&self, id: ArticleId) -> Option<&str> {
        let number = self.site_of[id.index()];
        number.checked_sub(1).map(|index| &*self.names[index as usize])
    }
}
