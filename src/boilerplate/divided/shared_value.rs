//! Finds the texts that one value belongs to, from all pages that have it.

use xxhash_rust::xxh3::xxh3_64;

use super::local_page::LocalPage;
use crate::boilerplate::criteria::Criteria;
use crate::boilerplate::page_group::{GroupKind, GroupMap, PageGroup};
use crate::boilerplate::shared_texts::SharedTexts;

/// A page that has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The number of the page in its collection.
    pub page: u64,
    /// The number of its site. All pages of unknown sites have one number, and all pages that are the only ones of their
    /// sites have one.
    pub site: u64,
    /// The knowledge about the site.
    pub kind: GroupKind,
    /// The number of pages of the site.
    pub site_pages: usize,
    /// The number of words of the page.
    pub words: usize,
}

/// A value as a part of a text that pages of a site share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueOfText {
    /// The number of the site.
    pub site: u64,
    /// The knowledge about the site.
    pub kind: GroupKind,
    /// A hash of the sampled pages: values with the same sample are of one text.
    pub text: u64,
    /// The numbers of the sampled pages, ascending.
    pub sample: Vec<u64>,
    /// The shortest page of another site that has the value, if there is one.
    pub elsewhere: Option<u64>,
}

/// Returns the texts that a value belongs to: one for each site that may repeat it. `holders` are all pages that have the
/// value, in the order of their sites, and those of a site in the order of their numbers; a page that has it twice is
/// there twice.
pub fn shared_texts_of_value(holders: &[Holder]) -> Vec<ValueOfText> {
    // For each site its number, and its pages as those of a group.
    let mut site_numbers: Vec<u64> = Vec::new();
    let mut sites: Vec<PageGroup> = Vec::new();
    let mut site_of = Vec::with_capacity(holders.len());
    let (mut pages, mut numbers): (Vec<LocalPage>, Vec<u64>) = (Vec::new(), Vec::new());
    let mut local = Vec::with_capacity(holders.len());
    for of_site in holders.chunk_by(|one, other| one.site == other.site) {
        for &Holder { page, words, .. } in of_site {
            if numbers.last() != Some(&page) {
                numbers.push(page);
                pages.push(LocalPage { words, ..LocalPage::default() });
                site_of.push(sites.len() as u32);
            }
            local.push(numbers.len() as u32 - 1);
        }
        let first = of_site[0];
        site_numbers.push(first.site);
        sites.push(PageGroup { kind: first.kind, pages: 0..first.site_pages });
    }
    let map = GroupMap::of_pages(&sites, site_of);
    let mut shared = SharedTexts::default();
    shared.add(0, &local, &pages, &map, &Criteria::default());
    let found = shared.fingerprints().iter().map(|found| {
        let sample: Vec<u64> = shared.sample(found).iter().map(|&page| numbers[page as usize]).collect();
        let bytes: Vec<u8> = sample.iter().flat_map(|page| page.to_le_bytes()).collect();
        let site = map.index_of(shared.sample(found)[0]) as usize;
        ValueOfText {
            site: site_numbers[site],
            kind: sites[site].kind,
            text: xxh3_64(&bytes),
            sample,
            elsewhere: found.elsewhere.map(|page| numbers[page as usize]),
        }
    });
    found.collect()
}
