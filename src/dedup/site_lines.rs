//! Finds the short lines that sites print on pages of different stories.
//!
//! Longer text that a site repeats is masked as boilerplate. A short line is not: few fingerprints, if any, are taken
//! from it. Different stories are articles that no chain of matches connects.
//!
//! Cost: the short lines of all articles of the sites that have matches are hashed once. A divided collection counts the
//! stories around lines by sorting them ([`divided`](super::divided)).

use std::collections::{BTreeSet, HashMap};

use crate::article::ArticleId;
use crate::cluster::DisjointSets;
use crate::corpus::{Corpus, IdenticalArticles, ShortLine};
use crate::shingle::hash_shingle;
use crate::text::Token;
use crate::verify::Matches;

/// The fewest stories around a line that a site repeats: two may be two reports about one event.
pub(super) const STORIES: usize = 3;
/// The same for a line with a number. Short lines such as `Tickets: 20 dollars` may be equal by chance.
const STORIES_AROUND_NUMBER: usize = 6;

/// The short lines that sites repeat around different stories.
pub(super) struct SiteLines<'a> {
    /// For each line of a site the number of stories on whose pages it is; no more than [`STORIES_AROUND_NUMBER`] need to
    /// be counted.
    stories: HashMap<(&'a str, u64), usize>,
}

impl<'a> SiteLines<'a> {
    /// Counts the stories around the lines of all articles that match others.
    pub(super) fn new(corpus: &'a Corpus, identical: &IdenticalArticles, matches: &Matches) -> Self {
        let mut story_of = DisjointSets::new(corpus.len());
        let mut matched: BTreeSet<ArticleId> = BTreeSet::new();
        for head in matches.heads() {
            story_of.join(head.a.index(), head.b.index());
            matched.extend([head.a, head.b]);
        }
        let mut stories: HashMap<(&str, u64), Vec<usize>> = HashMap::new();
        let mut outlets = BTreeSet::new();
        for &id in &matched {
            let Some(outlet) = corpus.outlet(id) else { continue };
            outlets.insert(outlet);
            let lines = corpus.short_lines(id).into_iter().filter(|line| !line.is_furniture);
            stories.extend(hashes(corpus, id, lines).map(|line| ((outlet, line), Vec::new())));
        }
        for id in corpus.ids() {
            let Some(outlet) = corpus.outlet(id).filter(|outlet| outlets.contains(outlet)) else { continue };
            let story = story_of.root(identical.leader(id).index());
            for line in line_hashes(corpus, id) {
                let Some(known) = stories.get_mut(&(outlet, line)) else { continue };
                if known.len() < STORIES_AROUND_NUMBER && !known.contains(&story) {
                    known.push(story);
                }
            }
        }
        Self { stories: stories.into_iter().map(|(line, stories)| (line, stories.len())).collect() }
    }

    /// Takes over what was counted elsewhere: for lines of sites the number of stories around each.
    pub(super) fn of_counts(counts: impl IntoIterator<Item = (&'a str, u64, usize)>) -> Self {
        Self { stories: counts.into_iter().map(|(site, line, stories)| ((site, line), stories)).collect() }
    }

    /// Returns whether a site has a line on pages of enough different stories.
    pub(super) fn are_around_stories(&self, site: Option<&'a str>, line: &[Token]) -> bool {
        let Some(site) = site else { return false };
        let stories = self.stories.get(&(site, hash_line(line))).copied().unwrap_or(0);
        let has_number = line.iter().any(|token| token.has_digit());
        stories >= if has_number { STORIES_AROUND_NUMBER } else { STORIES }
    }
}

/// Returns the hash of each short line of an article.
pub(super) fn line_hashes(corpus: &Corpus, id: ArticleId) -> impl Iterator<Item = u64> {
    hashes(corpus, id, corpus.short_lines(id).into_iter())
}

fn hashes(
    corpus: &Corpus,
    id: ArticleId,
    lines: impl Iterator<Item = ShortLine>,
) -> impl Iterator<Item = u64> {
    let tokens = corpus.all_tokens(id);
    lines.map(move |line| hash_line(&tokens[token_range(&line.tokens)]))
}

/// Returns the hash by which lines are compared.
pub(super) fn hash_line(line: &[Token]) -> u64 {
    hash_shingle(line)
}

/// Returns a range of tokens as indexes.
pub(super) fn token_range(range: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    range.start as usize..range.end as usize
}
