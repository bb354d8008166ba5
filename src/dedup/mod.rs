//! Matches and clusters in, removals out: which articles may go, because what they say stands in articles that stay.
//!
//! An article goes only with a proof: equal runs of its words in articles that stay, one or several. What no run
//! covers may be no longer than a phrase, may hold no number, and may not be much in all: two results on one form
//! differ by one number, two appointments by one name. Words that an alignment only bridges are not covered.
//!
//! Who stays: articles are gone through in the order of preference, the earliest first, and one goes if those that stay
//! before it prove it. So nothing goes under what is less preferred, and an article that went is nobody's proof: no
//! chain loses text.
//!
//! What is no article, such as the few words that a site gives under any headline, stays: its text does not say what
//! the record is about.
//!
//! Boilerplate is no part of what an article says, but what is masked may be masked wrongly: so each text that is
//! masked in articles that went stands in one that stays, too.
//!
//! Invariants: nothing depends on the order of reading but where the preference does; articles of the reference pile
//! always stay.
//! Cost: linear in the matches but for a bounded number of verifications an article; a component of articles that
//! hang together is worked on by one thread.

mod masked_text;
mod novelty;
mod selection;
mod support_finder;

use std::collections::BTreeSet;
use std::ops::Range;

use self::masked_text::that_alone_hold_masked;
use self::selection::Greedy;
use crate::article::ArticleId;
use crate::cluster::{Cluster, Preference, flat_map_components};
use crate::corpus::{Corpus, IdenticalArticles};
use crate::verify::{Matches, Region, Relation, Verifier};

/// What an article may have alone and go all the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DedupRule {
    /// The fewest words in one run that keep an article in which alone they stand.
    pub novel_words: u32,
    /// The share of an article's words that must stand in others, 0 to 1.
    pub coverage: f64,
    /// The fewest words of a story, where several stories of an article stand in several others.
    pub story_words: u32,
    /// The fewest words of an equal run that counts.
    pub shortest_run: u32,
    /// The fewest words of a passage.
    pub shortest_passage: u32,
}

/// An article that stays, and what of another stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The article that stays.
    pub id: ArticleId,
    /// How the other relates to it; an article that holds it as an excerpt relates partially.
    pub relation: Relation,
    /// What of the other stands in it: tokens of the other's core, in equal runs.
    pub region: Region,
}

/// Why an article may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// One that stays is the same, word for word.
    Exact,
    /// One that stays is the same but for a few words.
    NearDuplicate,
    /// It stands in one that stays and holds more.
    Excerpt,
    /// It stands in several that stay, or in pieces of one.
    Pieces,
}

impl Reason {
    /// Gives its name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::NearDuplicate => "near-duplicate",
            Self::Excerpt => "excerpt",
            Self::Pieces => "pieces",
        }
    }
}

/// An article that may go, and the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The article.
    pub id: ArticleId,
    /// The articles it is kept under; together they hold it. Never empty.
    pub under: Vec<Support>,
    /// What it alone has: runs of tokens of its core, ascending.
    pub alone: Vec<Range<u32>>,
    /// The number of words in its core.
    pub words: u32,
}

impl Removal {
    fn new(corpus: &Corpus, id: ArticleId, under: Vec<Support>) -> Self {
        let tokens = corpus.tokens(id);
        let region = under.iter().fold(Region::default(), |all, support| all.union(&support.region));
        Self { id, under, alone: DedupRule::alone(&tokens, &region), words: tokens.len() as u32 }
    }

    /// Gives the share of its words that stand in those it is kept under.
    pub fn coverage(&self) -> f64 {
        let alone: usize = self.alone.iter().map(ExactSizeIterator::len).sum();
        if self.words == 0 { 1.0 } else { 1.0 - alone as f64 / f64::from(self.words) }
    }

    /// Says why it may go.
    pub fn reason(&self) -> Reason {
        match self.under.as_slice() {
            [Support { relation: Relation::Exact, .. }] => Reason::Exact,
            [Support { relation: Relation::NearDuplicate, .. }] => Reason::NearDuplicate,
            [Support { relation: Relation::Excerpt, .. }] => Reason::Excerpt,
            _ => Reason::Pieces,
        }
    }
}

/// Finds the articles that may go, by number. `matches` are matches between leaders (the first of each set of
/// identical articles), `clusters` tell which others are worth a look.
pub fn dedup(
    corpus: &Corpus,
    copies: &IdenticalArticles,
    matches: &Matches,
    clusters: &[Cluster],
    verifier: &Verifier<'_>,
    rule: DedupRule,
    preference: &Preference,
) -> Vec<Removal> {
    let greedy = Greedy::new(corpus, copies, clusters, rule, preference);
    let mut removals: Vec<Removal> = flat_map_components(
        matches,
        |_| true,
        || (),
        |(), component| greedy.removals(component, verifier.clone()),
    );
    removals.sort_unstable_by_key(|removal| removal.id);
    let gone: BTreeSet<ArticleId> = removals.iter().map(|removal| removal.id).collect();
    // IdenticalArticles of what stays go under it; those of what goes went with it.
    let stays = |set: &&[ArticleId]| set.iter().all(|id| !gone.contains(id));
    for set in copies.sets().filter(stays) {
        let head = greedy.head(set);
        let whole = Region::new(std::iter::once(0..corpus.words(head) as u32));
        let support = Support { id: head, relation: Relation::Exact, region: whole };
        let others = set.iter().filter(|&&id| id != head && !corpus.is_reference(id) && !corpus.is_junk(id));
        removals.extend(others.map(|&id| Removal::new(corpus, id, vec![support.clone()])));
    }
    removals.sort_unstable_by_key(|removal| removal.id);
    let needed = that_alone_hold_masked(corpus, copies, &removals, rule, preference);
    removals.retain(|removal| !needed.contains(&removal.id));
    removals
}
