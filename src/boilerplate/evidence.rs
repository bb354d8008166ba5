//! Defines the evidence that a sample of pages gives about the text that they share.

use super::page_set::PageSet;

/// The evidence that a sample of pages gives about the text that they share.
///
/// The *text* is the set of fingerprints that nearly all pages of the sample have. The other fingerprints of a page
/// are its *rest*. A *story* is a group of pages of the sample that are linked by their rests: they share other text
/// than the one in question; or that are scrapes of one article.
#[derive(Debug)]
pub(super) struct Evidence {
    /// The number of pages in the sample.
    pub(super) pages: usize,
    /// The number of fingerprints of the text.
    pub(super) text: usize,
    /// For each page the number of fingerprints of its rest.
    pub(super) rests: [usize; PageSet::CAPACITY],
    /// The pages whose rest is long enough to be a story.
    pub(super) story_pages: PageSet,
    /// The pages that consist of the text alone: nearly all of the page, without a story.
    pub(super) alone: PageSet,
    /// The stories: groups of the story pages, ordered by their first page.
    pub(super) stories: Vec<PageSet>,
}

impl Evidence {
    /// Returns the number of pages that contain the text and hardly anything else.
    pub(super) fn pages_without_story(&self) -> usize {
        self.pages - self.story_pages.len()
    }

    /// Returns the story pages whose rest is longer than the text.
    pub(super) fn pages_with_longer_rest(&self) -> PageSet {
        self.story_pages.iter().filter(|&page| self.rests[page] > self.text).collect()
    }
}
