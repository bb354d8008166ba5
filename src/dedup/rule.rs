//! Holds the numbers of the rule that decides which articles can be removed.

use super::known::Known;

/// The numbers of the rule that decides which articles can be removed; the rule itself is in the documentation of the
/// [module](crate::dedup).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DedupRule {
    /// The fewest words of a run that keeps the only article that contains it.
    pub novel_words: u32,
    /// The least share of an article's words that other articles must contain, 0 to 1.
    pub coverage: f64,
    /// The fewest words of a run that counts as a story, where several articles contain an article together.
    pub story_words: u32,
    /// The fewest words of an equal run that counts as contained.
    pub shortest_run: u32,
    /// The fewest words of a passage, and of a masked text that must remain in an article that stays.
    pub shortest_passage: u32,
    /// What happens to articles that are in the reference collection already.
    pub known: Known,
}

impl DedupRule {
    /// The number of words of the shortest run that counts as contained: a shorter run may be in any text.
    pub(crate) const SHORTEST_RUN: u32 = 5;
    /// An article is removed only if at least this share of its words is in articles that stay. If less is, the article
    /// was rewritten, even if it was changed only word by word.
    pub(crate) const COVERAGE: f64 = 0.9;
    /// The fewest headlines of one outlet above the same words that show that the words are what its site prints. A story is
    /// printed again under a second one.
    pub(super) const HEADLINES: usize = 3;
    /// The fewest words of a short article: in a shorter text, a few words that differ may be a caption.
    pub(super) const SHORT_ARTICLE: usize = 100;
}
