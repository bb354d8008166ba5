//! Defines where on pages of different stories the text is that they share.

use super::page_set::PageSet;

/// The place of a text on pages of different stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The pages that were compared.
    pub(super) pages: PageSet,
    /// The pages whose rest is in one piece.
    pub(super) framed: PageSet,
    /// Those of them on which the text is only above the rest.
    pub(super) above: PageSet,
    /// Those of them on which the text is only below the rest.
    pub(super) below: PageSet,
    /// True if the text is in the same place of nearly all pages: most of the rest of each is where most of the others
    /// have theirs, too, between the same words of the text.
    pub(super) is_in_place: bool,
}

impl Layout {
    /// Returns whether the text is above the rest of all pages, or below it.
    pub(super) fn is_on_one_side(&self) -> bool {
        self.above == self.pages || self.below == self.pages
    }
}
