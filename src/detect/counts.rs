//! A corpus and what was found in it in, the figures of the run out.

use crate::corpus::{Corpus, IdenticalArticles};
use crate::settings::Settings;

/// How much of what was seen in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles read.
    pub articles: usize,
    /// Articles with fewer words than the shortest passage: found only where they are identical.
    pub too_short: usize,
    /// Articles identical to an earlier one.
    pub copies: usize,
    /// Bytes of text.
    pub text_bytes: u64,
    /// Different articles of which boilerplate is masked.
    pub masked: usize,
    /// Pairs that were verified.
    pub candidates: usize,
    /// Pairs that match, identical ones apart.
    pub matches: usize,
    /// Articles of the reference pile; the other counts leave them out, but for pairs.
    pub references: usize,
}

impl Counts {
    pub(super) fn new(
        settings: &Settings,
        corpus: &Corpus,
        copies: &IdenticalArticles,
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
            copies: new().filter(|&id| copies.leader(id) != id).count(),
            text_bytes: new().map(|id| u64::from(corpus.bytes(id))).sum(),
            masked,
            candidates,
            matches,
            references: corpus.len() - articles,
        }
    }
}
