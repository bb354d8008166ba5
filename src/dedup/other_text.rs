//! Finds removals of pages that must stay because of what their page prints besides the text that was extracted.
//!
//! The extraction of an article from a page may miss a caption or a paragraph, or take what the site prints on all pages
//! for the article. So a page stays if it prints, besides its text, a paragraph of which `story_words` words or more
//! are in no run of `shortest_run` words that an article that stays has, in its text or besides. What other
//! pages of the site print, too, is therefore no reason.
//!
//! Fewer words are no reason, unlike in texts: they are captions, notices, and what leads to other articles. Of a site
//! with one page it is not known what it prints on all pages. Furniture by its form says nothing here, either.
//!
//! Cost: the other text of removed pages is compared with that of their supports. Only if something is left, the
//! shingles of all articles that stay are looked up once.

use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::order::StayOrder;
use super::removal::Removal;
use super::rule::DedupRule;
use crate::article::ArticleId;
use crate::cluster::Rank;
use crate::corpus::Corpus;
use crate::provenance::furniture_begin;
use crate::shingle::shingle;
use crate::text::{Token, Tokens, tokenize};
use crate::verify::Region;

/// The text that a page prints besides the one that was extracted.
struct OtherText {
    rank: Rank,
    id: ArticleId,
    /// The tokens of each line that is long enough to be a reason.
    lines: Vec<Vec<Token>>,
}

/// Returns the removals that must stay, the most preferred considered first.
pub(super) fn needed_for_other_text(
    order: StayOrder<'_>,
    removals: &[Removal],
    rule: DedupRule,
) -> BTreeSet<ArticleId> {
    let corpus = order.corpus;
    let length = rule.shortest_run as usize;
    let besides_supports = |removal: &Removal| {
        let mut lines = long_lines(&corpus.other_text(removal.id), rule);
        if lines.is_empty() {
            return None;
        }
        let supports = removal.kept_as.iter().map(|support| support.id);
        let known: HashSet<u64> = std::iter::once(removal.id)
            .chain(supports)
            .flat_map(|id| shingles_of_article(corpus, id, length, id != removal.id))
            .collect();
        lines.retain(|line| has_own_words(line, rule, |run| known.contains(&run)));
        (!lines.is_empty()).then(|| OtherText { rank: order.rank(removal.id), id: removal.id, lines })
    };
    let mut doubtful: Vec<OtherText> = removals.par_iter().filter_map(besides_supports).collect();
    if doubtful.is_empty() {
        return BTreeSet::new();
    }
    doubtful.sort_unstable_by_key(|other| (other.rank, other.id));
    let runs = OtherRuns::new(&doubtful, length);
    let removed: BTreeSet<ArticleId> = removals.iter().map(|removal| removal.id).collect();
    let staying: Vec<ArticleId> = corpus.ids().filter(|id| !removed.contains(id)).collect();
    staying.par_iter().for_each(|&id| runs.add(&shingles_of_article(corpus, id, length, true)));
    let mut needed = BTreeSet::new();
    for OtherText { id, lines, .. } in &doubtful {
        if lines.iter().any(|line| has_own_words(line, rule, |run| runs.are_known(run))) {
            runs.add(&shingles_of_article(corpus, *id, length, true));
            needed.insert(*id);
        }
    }
    needed
}

/// The hashes of the shingles of other texts, each with whether an article that stays has it.
struct OtherRuns {
    /// Ascending.
    hashes: Vec<u64>,
    is_known: Vec<AtomicBool>,
}

impl OtherRuns {
    /// Collects the shingles, none of them known yet.
    fn new(texts: &[OtherText], length: usize) -> Self {
        let mut buffer = Vec::new();
        let mut hashes: Vec<u64> = Vec::new();
        for line in texts.iter().flat_map(|text| &text.lines) {
            shingle(line, length, &mut buffer);
            hashes.extend_from_slice(&buffer);
        }
        hashes.sort_unstable();
        hashes.dedup();
        let is_known = hashes.iter().map(|_| AtomicBool::new(false)).collect();
        Self { hashes, is_known }
    }

    /// Notes that an article that stays has these shingles.
    fn add(&self, runs: &[u64]) {
        for index in runs.iter().filter_map(|run| self.hashes.binary_search(run).ok()) {
            self.is_known[index].store(true, Ordering::Relaxed);
        }
    }

    fn are_known(&self, run: u64) -> bool {
        self.hashes.binary_search(&run).is_ok_and(|index| self.is_known[index].load(Ordering::Relaxed))
    }
}

/// Returns the shingles of the text of an article, and of what its page prints besides, if that is asked for.
fn shingles_of_article(corpus: &Corpus, id: ArticleId, length: usize, with_other: bool) -> Vec<u64> {
    let mut all = Vec::new();
    shingle(corpus.all_tokens(id), length, &mut all);
    let other = if with_other { corpus.other_text(id) } else { String::new() };
    let (mut tokens, mut buffer) = (Tokens::new(), Vec::new());
    for line in other.lines() {
        tokenize(line, &mut tokens);
        shingle(tokens.tokens(), length, &mut buffer);
        all.extend_from_slice(&buffer);
    }
    all
}

/// Returns the tokens of the lines that may be a reason: without furniture, as many words as a reason must have.
fn long_lines(other_text: &str, rule: DedupRule) -> Vec<Vec<Token>> {
    let mut tokens = Tokens::new();
    let words = |line: &str| {
        tokenize(line, &mut tokens);
        let begin = furniture_begin(line, tokens.tokens()).unwrap_or(line.len());
        let before = tokens.spans().partition_point(|&(at, _)| (at as usize) < begin);
        tokens.tokens()[..before].to_vec()
    };
    let lines = other_text.lines().map(words);
    lines.filter(|line| line.len() >= rule.story_words as usize).collect()
}

/// Returns whether as many words of a line as a story has are in no known shingle. A phrase that is elsewhere, too, such as a
/// name, does not divide a paragraph.
fn has_own_words(line: &[Token], rule: DedupRule, is_known: impl Fn(u64) -> bool) -> bool {
    let length = rule.shortest_run as usize;
    let mut runs = Vec::new();
    shingle(line, length, &mut runs);
    let known = runs.iter().enumerate().filter(|&(_, &run)| is_known(run));
    let known = Region::new(known.map(|(at, _)| at as u32..(at + length).min(line.len()) as u32));
    line.len() as u32 - known.len() >= rule.story_words
}
