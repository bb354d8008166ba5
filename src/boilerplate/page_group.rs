//! Defines the groups that pages are divided into: one for each known site, and one for all unknown sites.

use std::ops::Range;

/// The knowledge about the sites of the pages of one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// All pages are of one site.
    OneSite,
    /// The sites are unknown: the pages may be of one site or of many.
    UnknownSites,
    /// Each page is the only one of its site. Such pages cannot show what their sites repeat, but they show what other
    /// sites publish, too.
    SinglePages,
    /// Each page is an error page, or another one without an article. Such pages show nothing.
    Junk,
}

/// A group of pages: those of one site, or those that have no group of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageGroup {
    /// The knowledge about the sites of the pages.
    pub kind: GroupKind,
    /// The pages, as a range of indices into a list of pages.
    pub pages: Range<usize>,
}

/// The groups of a list of pages, by page.
pub(super) struct GroupMap<'a> {
    sites: &'a [PageGroup],
    /// For each page the index of its group.
    of_page: Vec<u32>,
}

impl<'a> GroupMap<'a> {
    /// Creates the map of groups whose pages follow each other from page 0 on.
    pub(super) fn new(sites: &'a [PageGroup]) -> Self {
        let of_page = (0..).zip(sites).flat_map(|(index, site)| site.pages.clone().map(move |_| index));
        Self { sites, of_page: of_page.collect() }
    }

    /// Creates the map of some of the pages of groups. `of_page` has the index of the group of each.
    pub(super) fn of_pages(sites: &'a [PageGroup], of_page: Vec<u32>) -> Self {
        Self { sites, of_page }
    }

    /// Returns the number of groups.
    pub(super) fn len(&self) -> usize {
        self.sites.len()
    }

    /// Returns the index of a page's group.
    pub(super) fn index_of(&self, page: u32) -> u32 {
        self.of_page[page as usize]
    }

    /// Returns the group of a page.
    pub(super) fn site_of(&self, page: u32) -> &PageGroup {
        &self.sites[self.index_of(page) as usize]
    }

    /// Divides ascending pages by group.
    pub(super) fn divide<'b>(&'b self, pages: &'b [u32]) -> impl Iterator<Item = (&'b PageGroup, &'b [u32])> {
        let of_sites = pages.chunk_by(|&one, &other| self.index_of(one) == self.index_of(other));
        of_sites.map(|pages| (self.site_of(pages[0]), pages))
    }

    /// Returns the index of the group of each page.
    pub(super) fn into_indices(self) -> Vec<u32> {
        self.of_page
    }
}
