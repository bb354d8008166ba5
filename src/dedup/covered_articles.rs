//! Finds the articles whose words are in articles that stay, component by component.

use std::collections::BTreeSet;

use super::order::StayOrder;
use super::removal::Removal;
use super::rule::DedupRule;
use super::selection::Selection;
use super::site_lines::SiteLines;
use crate::article::ArticleId;
use crate::cluster::{Clusters, flat_map_components};
use crate::verify::{Matches, Verifier};

/// Returns the articles whose words are in articles that stay, by number. Nothing that only other components, or what is
/// not in the words, can show is considered.
pub(super) fn covered_articles(
    order: StayOrder<'_>,
    matches: &Matches,
    clusters: &Clusters,
    verifier: &Verifier<'_>,
    rule: DedupRule,
    site_lines: &SiteLines<'_>,
) -> Vec<Removal> {
    let selection = Selection::new(order, rule, site_lines, clusters);
    let mut removals: Vec<Removal> = flat_map_components(
        matches,
        |_| true,
        || (),
        |(), component| selection.removals(component, verifier.clone()),
    );
    let removed: BTreeSet<ArticleId> = removals.iter().map(|removal| removal.id).collect();
    // Where a set of identical articles stays, its first article does. A set that is removed was removed as a whole.
    let staying_sets = order.identical.sets().filter(|set| set.iter().all(|id| !removed.contains(id)));
    removals.extend(staying_sets.flat_map(|set| removals_in_favor_of_first(order, set)));
    removals.sort_unstable_by_key(|removal| removal.id);
    removals
}

/// Returns the removals of identical articles of which the first stays.
fn removals_in_favor_of_first(order: StayOrder<'_>, set: &[ArticleId]) -> Vec<Removal> {
    let corpus = order.corpus;
    let first = order.first(set);
    set.iter()
        .filter(|&&id| id != first && !corpus.stays(id) && !corpus.is_junk(id))
        .map(|&id| Removal::in_favor_of_equal(corpus, id, first))
        .collect()
}
