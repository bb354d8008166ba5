//! Defines what two articles share if masked words that were copied with other text count.

use super::passage::Passage;

/// The coverage and the passages of a pair, of which masked words were copied with other text.
///
/// The cores of the two articles are larger for this pair: they contain these words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedBoilerplate {
    /// The passages, as positions among all words of each article.
    pub passages: Vec<Passage>,
    /// The number of words of the larger cores.
    pub words: [u32; 2],
    /// The number of those that are in passages, including bridged ones.
    pub covered: [u32; 2],
}

impl SharedBoilerplate {
    /// Returns the same with the two articles exchanged.
    pub(super) fn flipped(self) -> Self {
        let mut passages: Vec<Passage> = self.passages.into_iter().map(Passage::flipped).collect();
        passages.sort_by_key(|passage| (passage.a().start, passage.b().start));
        let ([words_a, words_b], [covered_a, covered_b]) = (self.words, self.covered);
        Self { passages, words: [words_b, words_a], covered: [covered_b, covered_a] }
    }
}
