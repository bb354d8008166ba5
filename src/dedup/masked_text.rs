//! Finds removals that must stay because no article that stays contains their masked text.
//!
//! Masked text is repeated, but perhaps only on pages that are all removed: on a site that prints nothing but agency
//! text, or where the background of several reports was taken for a template of the site. One of these pages stays.
//!
//! Cost: one pass over the articles that stay on sites with such pages.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::order::StayOrder;
use super::removal::Removal;
use super::rule::DedupRule;
use crate::article::ArticleId;
use crate::cluster::Rank;
use crate::corpus::Corpus;
use crate::shingle::shingle;

/// Returns the hashes of the runs of an article: of its masked text, run by run.
pub(super) fn masked_runs(corpus: &Corpus, id: ArticleId, rule: DedupRule) -> Vec<u64> {
    let (tokens, mut runs, mut buffer) = (corpus.all_tokens(id), Vec::new(), Vec::new());
    for range in corpus.masked_ranges(id) {
        shingle(&tokens[range.start as usize..range.end as usize], run_length(rule), &mut buffer);
        runs.extend_from_slice(&buffer);
    }
    runs
}

/// Replaces what `runs` contained with the hashes of the runs of an article: of all its text, masked or not.
pub(super) fn all_runs(corpus: &Corpus, id: ArticleId, rule: DedupRule, runs: &mut Vec<u64>) {
    shingle(corpus.all_tokens(id), run_length(rule), runs);
}

/// Returns the number of words in a run.
fn run_length(rule: DedupRule) -> usize {
    rule.shortest_passage as usize
}

/// An article with masked text that no article that stays contains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LackingArticle {
    /// The runs of its masked text that none of them contains.
    pub masked: Vec<u64>,
    /// Those runs of this and of other such articles that its text contains.
    pub contained: Vec<u64>,
}

/// Returns the indexes of the articles that must stay, so that the runs of the masked text of all of them are in articles that
/// stay. The most preferred are considered first.
pub fn needed_for_runs(articles: impl IntoIterator<Item = LackingArticle>) -> Vec<usize> {
    let mut contained: HashSet<u64> = HashSet::new();
    let mut needed = Vec::new();
    for (index, article) in articles.into_iter().enumerate() {
        if article.masked.iter().any(|run| !contained.contains(run)) {
            contained.extend(article.contained);
            needed.push(index);
        }
    }
    needed
}

/// Returns the removed articles with masked text of which no identical one stays. One that stays would contain the text,
/// too.
pub(super) fn doubtful<'a>(order: StayOrder<'a>, removals: &'a [Removal]) -> impl Iterator<Item = ArticleId> {
    let StayOrder { corpus, identical, .. } = order;
    let removed: BTreeSet<ArticleId> = removals.iter().map(|removal| removal.id).collect();
    let ids = removals.iter().map(|removal| removal.id);
    ids.filter(move |&id| corpus.is_masked(id) && identical.of(id).iter().all(|id| removed.contains(id)))
}

/// Returns the removals that must stay, the most preferred considered first.
pub(super) fn needed_for_masked_text(
    order: StayOrder<'_>,
    removals: &[Removal],
    rule: DedupRule,
) -> BTreeSet<ArticleId> {
    let corpus = order.corpus;
    let mut doubtful: Vec<(Rank, ArticleId)> =
        doubtful(order, removals).map(|id| (order.rank(id), id)).collect();
    if doubtful.is_empty() {
        return BTreeSet::new();
    }
    doubtful.sort_unstable();
    let runs = doubtful.iter().flat_map(|&(_, id)| masked_runs(corpus, id, rule));
    let is_contained: BTreeMap<u64, AtomicBool> = runs.map(|run| (run, AtomicBool::new(false))).collect();
    let sites: BTreeSet<Option<&str>> = doubtful.iter().map(|&(_, id)| corpus.outlet(id)).collect();
    let removed: BTreeSet<ArticleId> = removals.iter().map(|removal| removal.id).collect();
    let stays_there = |id: &ArticleId| !removed.contains(id) && sites.contains(&corpus.outlet(*id));
    let staying: Vec<ArticleId> = corpus.ids().filter(stays_there).collect();
    staying.par_iter().for_each_init(Vec::new, |buffer, &id| {
        all_runs(corpus, id, rule, buffer);
        for is_contained in buffer.iter().filter_map(|run| is_contained.get(run)) {
            is_contained.store(true, Ordering::Relaxed);
        }
    });
    let is_lacking =
        |run: &u64| is_contained.get(run).is_some_and(|is_contained| !is_contained.load(Ordering::Relaxed));
    let mut buffer = Vec::new();
    let lacking = doubtful.iter().map(|&(_, id)| {
        let mut masked = masked_runs(corpus, id, rule);
        masked.retain(is_lacking);
        if masked.is_empty() {
            return LackingArticle { masked, contained: Vec::new() };
        }
        all_runs(corpus, id, rule, &mut buffer);
        LackingArticle { masked, contained: buffer.iter().copied().filter(is_lacking).collect() }
    });
    needed_for_runs(lacking).into_iter().map(|index| doubtful[index].1).collect()
}
