//! Articles and their sketches in, masked articles out: each site's pages are handed to `boilerplate`.

use std::collections::BTreeMap;

use super::sketches::Sketchbook;
use crate::article::ArticleId;
use crate::boilerplate::{BoilerplateRule, Mask, Origin, Page, Site, masks};
use crate::corpus::{Copies, Corpus};

/// Masks what sites repeat around different stories; gives the leaders of which something was masked, ascending.
/// Identical articles are masked alike, as the site of their leader says. `shortest` is the fewest words of an article
/// that is compared; fingerprints are sorted in about `slice_bytes` of memory at a time.
pub(super) fn mask_boilerplate(
    corpus: &mut Corpus,
    copies: &Copies,
    leaders: &[ArticleId],
    book: &Sketchbook,
    rule: BoilerplateRule,
    shortest: usize,
    slice_bytes: usize,
) -> Vec<ArticleId> {
    let (ids, sites) = sites(corpus, leaders);
    let page =
        |&id: &ArticleId| Page { tokens: corpus.tokens(id), fingerprints: book.fingerprints(corpus, id) };
    let pages: Vec<Page<'_>> = ids.iter().map(page).collect();
    let found: Vec<(ArticleId, Mask)> =
        masks(&pages, &sites, rule, slice_bytes).into_iter().map(|(page, mask)| (ids[page], mask)).collect();
    let mut masked = Vec::new();
    for (leader, mask) in found {
        let kept = corpus.tokens(leader).len() - mask.iter().map(ExactSizeIterator::len).sum::<usize>();
        // Identical pages with nothing else on them are still identical pages.
        if kept < shortest && copies.of(leader).len() > 1 {
            continue;
        }
        for &id in copies.of(leader) {
            corpus.mask(id, mask.clone());
        }
        masked.push(leader);
    }
    masked.sort_unstable();
    masked
}

/// Puts the pages of each known site with more than one page together, by the site's name, and those of unknown sites
/// behind them; gives them all, and where each site's stand.
fn sites(corpus: &Corpus, leaders: &[ArticleId]) -> (Vec<ArticleId>, Vec<Site>) {
    let mut known: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for &id in leaders {
        match corpus.header(id).site.as_deref() {
            Some(site) => known.entry(site).or_default().push(id),
            None => unknown.push(id),
        }
    }
    known.retain(|_, ids| ids.len() > 1);
    let (mut pages, mut sites) = (Vec::with_capacity(leaders.len()), Vec::new());
    let of_sites = known.into_values().map(|ids| (Origin::OneSite, ids));
    for (origin, mut ids) in of_sites.chain([(Origin::Unknown, unknown)]) {
        let begin = pages.len();
        pages.append(&mut ids);
        sites.push(Site { origin, pages: begin..pages.len() });
    }
    (pages, sites)
}
