//! Distinguishes reprints in other outlets from revisions in the same outlet.

use crate::article::ArticleId;
use crate::corpus::Corpus;

/// The outlet and the time of a member, compared with those of the representative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In another outlet.
    Reprint,
    /// In the same outlet, near in time.
    Revision,
}

impl Kind {
    /// Returns the kind with a number, which is that of the kind as an integer.
    pub(super) fn with_number(number: u8) -> Option<Self> {
        [Self::Reprint, Self::Revision].into_iter().find(|&kind| kind as u8 == number)
    }

    /// Returns the name of the kind in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reprint => "reprint",
            Self::Revision => "revision",
        }
    }
}

/// Returns the kind of an article compared with the representative; `None` if one of the two outlets is unknown, or if
/// both are in one outlet and their dates are more than a week apart.
pub fn kind(corpus: &Corpus, representative: ArticleId, id: ArticleId) -> Option<Kind> {
    if corpus.outlet(representative)? != corpus.outlet(id)? {
        return Some(Kind::Reprint);
    }
    (!corpus.are_of_two_occasions([representative, id])).then_some(Kind::Revision)
}
