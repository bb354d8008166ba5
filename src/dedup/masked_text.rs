//! Removals in, those out that must stay because nothing else that stays holds what is masked of them.
//!
//! What is masked is repeated, but perhaps only on pages that all go: on a site that prints nothing but agency copy,
//! or where a background that a site gives in several reports was taken for its template. One of these pages stays.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::selection::rank;
use super::{DedupRule, Removal};
use crate::article::ArticleId;
use crate::cluster::{Preference, Rank};
use crate::corpus::{Corpus, IdenticalArticles};
use crate::shingle::shingle;

/// Finds the removals that must stay, the most preferred first considered.
pub(super) fn that_alone_hold_masked(
    corpus: &Corpus,
    copies: &IdenticalArticles,
    removals: &[Removal],
    rule: DedupRule,
    preference: &Preference,
) -> BTreeSet<ArticleId> {
    let gone: BTreeSet<ArticleId> = removals.iter().map(|removal| removal.id).collect();
    let stays = |id: &ArticleId| !gone.contains(id);
    // Of identical articles the one that stays holds it.
    let mut doubtful: Vec<(Rank, ArticleId)> = gone
        .iter()
        .copied()
        .filter(|&id| corpus.is_masked(id) && !copies.of(id).iter().any(stays))
        .map(|id| (rank(corpus, preference, id), id))
        .collect();
    doubtful.sort_unstable();
    // Whether something that stays holds them.
    let mut masked: BTreeMap<u64, AtomicBool> = BTreeMap::new();
    let mut scratch = Vec::new();
    let length = rule.shortest_passage as usize;
    for &(_, id) in &doubtful {
        for range in corpus.masked_tokens(id) {
            shingle(&corpus.all_tokens(id)[range.start as usize..range.end as usize], length, &mut scratch);
            masked.extend(scratch.iter().map(|&run| (run, AtomicBool::new(false))));
        }
    }
    let site = |id: ArticleId| corpus.site(id);
    let sites: BTreeSet<Option<&str>> = doubtful.iter().map(|&(_, id)| site(id)).collect();
    let others = corpus.ids().filter(|id| stays(id) && sites.contains(&site(*id))).collect::<Vec<_>>();
    others.par_iter().for_each_init(Vec::new, |scratch, &id| {
        shingle(corpus.all_tokens(id), length, scratch);
        for is_held in scratch.iter().filter_map(|run| masked.get(run)) {
            is_held.store(true, Ordering::Relaxed);
        }
    });
    let mut needed = BTreeSet::new();
    for &(_, id) in &doubtful {
        let tokens = corpus.all_tokens(id);
        let is_held = corpus.masked_tokens(id).all(|range| {
            shingle(&tokens[range.start as usize..range.end as usize], length, &mut scratch);
            scratch.iter().all(|run| masked[run].load(Ordering::Relaxed))
        });
        if !is_held {
            shingle(tokens, length, &mut scratch);
            for is_held in scratch.iter().filter_map(|run| masked.get(run)) {
                is_held.store(true, Ordering::Relaxed);
            }
            needed.insert(id);
        }
    }
    needed
}
