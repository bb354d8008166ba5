//! Describes an article that can be removed, and the articles that contain what it says.

use std::ops::Range;

use super::uncovered::uncovered_runs;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::verify::{Region, Relation};

/// An article that stays and contains text of an article that is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The article that stays.
    pub id: ArticleId,
    /// The relation of the removed article to the one that stays.
    pub relation: Relation,
    /// The tokens of the removed article's core that the one that stays contains, in equal runs.
    pub region: Region,
    /// The positions in that core, ascending, before which only one of the two articles negates what both say: a `not`
    /// that the other lacks.
    pub negated: Vec<u32>,
}

/// The reason why an article can be removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An article that stays is the same, word for word.
    Exact,
    /// An article that stays is the same except for a few words.
    NearDuplicate,
    /// An article that stays contains it and more.
    Excerpt,
    /// Several articles that stay contain it together, or one contains it in pieces.
    Pieces,
    /// The reference collection contains the same article under the same key.
    Known,
}

impl Reason {
    /// Returns the name of the reason in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::NearDuplicate => "near-duplicate",
            Self::Excerpt => "excerpt",
            Self::Pieces => "pieces",
            Self::Known => "known",
        }
    }
}

/// An article that can be removed, and the evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The article.
    pub id: ArticleId,
    /// The articles that stay and together contain what it says. Never empty.
    pub kept_as: Vec<Support>,
    /// The words that none of them contains: runs of tokens of its core, ascending.
    pub unique: Vec<Range<u32>>,
    /// The number of words in its core.
    pub words: u32,
    /// True if it is removed because the reference collection contains the same article.
    pub is_known: bool,
}

impl Removal {
    pub(super) fn new(corpus: &Corpus, id: ArticleId, kept_as: Vec<Support>) -> Self {
        let words = corpus.words(id);
        let region = kept_as.iter().fold(Region::default(), |all, support| all.union(&support.region));
        Self { id, kept_as, unique: uncovered_runs(words, &region), words: words as u32, is_known: false }
    }

    /// Creates the removal of an article in favor of one with the same words.
    pub(super) fn in_favor_of_equal(corpus: &Corpus, id: ArticleId, equal: ArticleId) -> Self {
        let whole = Region::new(std::iter::once(0..corpus.words(equal) as u32));
        Self::new(
            corpus,
            id,
            vec![Support { id: equal, relation: Relation::Exact, region: whole, negated: Vec::new() }],
        )
    }

    /// Returns the share of its words that the articles that stay contain; 1 for an article without words.
    pub fn coverage(&self) -> f64 {
        let unique: usize = self.unique.iter().map(ExactSizeIterator::len).sum();
        if self.words == 0 { 1.0 } else { 1.0 - unique as f64 / f64::from(self.words) }
    }

    /// Returns the reason why it can be removed.
    pub fn reason(&self) -> Reason {
        match self.kept_as.as_slice() {
            _ if self.is_known => Reason::Known,
            [Support { relation: Relation::Exact, .. }] => Reason::Exact,
            [Support { relation: Relation::NearDuplicate, .. }] => Reason::NearDuplicate,
            [Support { relation: Relation::Excerpt, .. }] => Reason::Excerpt,
            _ => Reason::Pieces,
        }
    }
}
