//! Finds removals that must stay because no article that stays contains their masked text.
//!
//! Masked text is repeated, but perhaps only on pages that are all removed: on a site that prints nothing but agency
//! text, or where the background of several reports was taken for a template of the site. One of these pages stays.
//!
//! Cost: one pass over the articles that stay on sites with such pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::order::StayOrder;
use super::removal::Removal;
use super::rule::DedupRule;
use crate::article::ArticleId;
use crate::cluster::Rank;
use crate::corpus::Corpus;
use crate::shingle::shingle;

/// The hashes of the runs of masked tokens, each with whether an article that stays contains it.
struct MaskedRuns<'a> {
    corpus: &'a Corpus,
    /// The number of tokens in a run.
    length: usize,
    is_contained: BTreeMap<u64, AtomicBool>,
}

impl<'a> MaskedRuns<'a> {
    /// Collects the masked runs of articles, none of them contained yet.
    fn new(corpus: &'a Corpus, length: usize, articles: impl Iterator<Item = ArticleId>) -> Self {
        let mut runs = Self { corpus, length, is_contained: BTreeMap::new() };
        let mut buffer = Vec::new();
        for id in articles {
            for range in corpus.masked_ranges(id) {
                let masked = &corpus.all_tokens(id)[range.start as usize..range.end as usize];
                shingle(masked, length, &mut buffer);
                runs.is_contained.extend(buffer.iter().map(|&run| (run, AtomicBool::new(false))));
            }
        }
        runs
    }

    /// Notes that an article stays, and with it all runs that it contains.
    fn add_staying(&self, id: ArticleId, buffer: &mut Vec<u64>) {
        shingle(self.corpus.all_tokens(id), self.length, buffer);
        for is_contained in buffer.iter().filter_map(|run| self.is_contained.get(run)) {
            is_contained.store(true, Ordering::Relaxed);
        }
    }

    /// Returns whether articles that stay contain all masked runs of one of the collected articles.
    fn contain_masked_text_of(&self, id: ArticleId, buffer: &mut Vec<u64>) -> bool {
        let tokens = self.corpus.all_tokens(id);
        self.corpus.masked_ranges(id).all(|range| {
            shingle(&tokens[range.start as usize..range.end as usize], self.length, buffer);
            buffer.iter().all(|run| self.is_contained[run].load(Ordering::Relaxed))
        })
    }
}

/// Returns the removals that must stay, the most preferred considered first.
pub(super) fn needed_for_masked_text(
    order: StayOrder<'_>,
    removals: &[Removal],
    rule: DedupRule,
) -> BTreeSet<ArticleId> {
    let StayOrder { corpus, identical, .. } = order;
    let removed: BTreeSet<ArticleId> = removals.iter().map(|removal| removal.id).collect();
    let stays = |id: &ArticleId| !removed.contains(id);
    // If one of a set of identical articles stays, it contains the masked text, too.
    let mut doubtful: Vec<(Rank, ArticleId)> = removed
        .iter()
        .copied()
        .filter(|&id| corpus.is_masked(id) && !identical.of(id).iter().any(stays))
        .map(|id| (order.rank(id), id))
        .collect();
    doubtful.sort_unstable();
    let runs = MaskedRuns::new(corpus, rule.shortest_passage as usize, doubtful.iter().map(|&(_, id)| id));
    let sites: BTreeSet<Option<&str>> = doubtful.iter().map(|&(_, id)| corpus.outlet(id)).collect();
    let on_same_sites: Vec<ArticleId> =
        corpus.ids().filter(|id| stays(id) && sites.contains(&corpus.outlet(*id))).collect();
    on_same_sites.par_iter().for_each_init(Vec::new, |buffer, &id| runs.add_staying(id, buffer));
    let mut needed = BTreeSet::new();
    let mut buffer = Vec::new();
    for (_, id) in doubtful {
        if !runs.contain_masked_text_of(id, &mut buffer) {
            runs.add_staying(id, &mut buffer);
            needed.insert(id);
        }
    }
    needed
}
