//! Articles and their sketches in, masked articles out: each site's pages are handed to `boilerplate`.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::sketches::Sketchbook;
use crate::article::ArticleId;
use crate::boilerplate::{BoilerplateRule, Mask, Origin, Page, masks};
use crate::corpus::{Copies, Corpus};

/// Finds what sites repeat around different stories; gives the leaders of which something is to be masked, ascending.
/// Identical articles are masked alike, as the site of their leader says. `shortest` is the fewest words of an article
/// that is compared.
pub(super) fn mask_boilerplate(
    corpus: &Corpus,
    copies: &Copies,
    leaders: &[ArticleId],
    book: &Sketchbook,
    rule: BoilerplateRule,
    shortest: usize,
) -> Vec<(ArticleId, Mask)> {
    let (sites, unknown) = sites(corpus, leaders);
    let once = mostly_once(corpus, &sites, book);
    let origins = sites.iter().map(|ids| (Origin::OneSite, ids)).chain([(Origin::Unknown, &unknown)]);
    let origins: Vec<(Origin, &Vec<ArticleId>)> = origins.collect();
    let mut found: Vec<(ArticleId, Mask)> = origins
        .into_par_iter()
        .flat_map_iter(|(origin, ids)| {
            let page = |&id: &ArticleId| Page {
                tokens: corpus.tokens(id),
                fingerprints: book.fingerprints(corpus, id),
            };
            let pages: Vec<Page<'_>> = ids.iter().map(page).collect();
            let masks = masks(&pages, origin, rule, |value| once.binary_search(&value).is_ok());
            ids.iter().copied().zip(masks).filter(|(_, mask)| !mask.is_empty())
        })
        .collect();
    found.retain(|(leader, mask)| {
        let kept = corpus.words(*leader) - mask.iter().map(ExactSizeIterator::len).sum::<usize>();
        // Identical pages with nothing else on them are still identical pages.
        kept >= shortest || copies.of(*leader).len() == 1
    });
    found.par_sort_unstable_by_key(|&(leader, _)| leader);
    found
}

/// Puts the pages of each known site with more than one page together, by the site's name, and those of unknown sites.
fn sites(corpus: &Corpus, leaders: &[ArticleId]) -> (Vec<Vec<ArticleId>>, Vec<ArticleId>) {
    let mut sites: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for &id in leaders {
        match corpus.site(id) {
            Some(site) => sites.entry(site).or_default().push(id),
            None => unknown.push(id),
        }
    }
    (sites.into_values().filter(|ids| ids.len() > 1).collect(), unknown)
}

/// Finds the fingerprints that more sites carry on one page than on several, ascending: a story, not a template, if
/// some site repeats them. Sites with hardly any pages say nothing either way.
fn mostly_once(corpus: &Corpus, sites: &[Vec<ArticleId>], book: &Sketchbook) -> Vec<u32> {
    /// Pages from which on a site would show that it repeats something.
    const PAGES: usize = 3;
    let carried = |slice: u32| -> Vec<(u32, u32)> {
        let shown = (0..).zip(sites).filter(|(_, ids)| ids.len() >= PAGES);
        let on_pages = shown.flat_map(|(site, ids): (u32, _)| {
            ids.iter().flat_map(move |&id| {
                book.fingerprints(corpus, id).iter().map(move |found| (found.value, site))
            })
        });
        let mut carried: Vec<(u32, u32)> =
            on_pages.filter(|&(value, _)| value_slice(value) == slice).collect();
        carried.par_sort_unstable();
        carried
    };
    let mostly_once = |carried: Vec<(u32, u32)>| -> Vec<u32> {
        let runs = carried.chunk_by(|one, other| one.0 == other.0);
        runs.filter_map(|run| {
            let (mut once, mut several) = (0, 0);
            for on_site in run.chunk_by(|one, other| one.1 == other.1) {
                *(if on_site.len() == 1 { &mut once } else { &mut several }) += 1;
            }
            (several > 0 && once >= several).then_some(run[0].0)
        })
        .collect()
    };
    (0..VALUE_SLICES).map(carried).flat_map(mostly_once).collect()
}

const VALUE_SLICES: u32 = 8;

fn value_slice(value: u32) -> u32 {
    value / (u32::MAX / VALUE_SLICES + 1)
}
