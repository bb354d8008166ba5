//! The figures of a run.

use crate::corpus::{Corpus, IdenticalArticles};
use crate::settings::Settings;

/// The figures of a run. Articles of the reference collection are counted in [`Counts::references`] and in pairs only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of articles read.
    pub articles: usize,
    /// The number of articles with fewer words than the shortest passage. These are compared for identity only.
    pub too_short: usize,
    /// The number of articles that are identical to an earlier one.
    pub identical: usize,
    /// The number of bytes of text.
    pub text_bytes: u64,
    /// The number of different articles of which boilerplate is masked.
    pub masked: usize,
    /// The number of pairs that were verified.
    pub candidates: usize,
    /// The number of pairs that match, without identical ones.
    pub matches: usize,
    /// The number of articles of the reference collection.
    pub references: usize,
}

impl Counts {
    pub(crate) fn new(
        settings: &Settings,
        corpus: &Corpus,
        identical: &IdenticalArticles,
        masked: usize,
        candidates: usize,
        matches: usize,
    ) -> Self {
        let shortest = settings.shortest_article();
        let new = || corpus.ids().filter(|&id| !corpus.is_reference(id));
        let articles = new().count();
        Self {
            articles,
            too_short: new().filter(|&id| corpus.words(id) < shortest).count(),
            identical: new().filter(|&id| identical.leader(id) != id).count(),
            text_bytes: new().map(|id| u64::from(corpus.bytes(id))).sum(),
            masked,
            candidates,
            matches,
            references: corpus.len() - articles,
        }
    }
}
