//! Articles and their sketches in, masked articles out: each site's pages are handed to `boilerplate`.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::sketches::Sketchbook;
use crate::article::ArticleId;
use crate::boilerplate::{Mask, MaskingBudget, Origin, Pages, Repeated, Site, masks};
use crate::corpus::{Corpus, IdenticalArticles};
use crate::error::Error;
use crate::settings::Settings;
use crate::sketch::{Fingerprint, ValueFilter};
use crate::store::Budget;
use crate::store::give_memory_back;
use crate::text::Token;

/// Masks what sites repeat around different stories; tells how many leaders are masked, and gives the fingerprints that
/// several of them have, masked or not. Identical articles are masked alike, as the site of their leader says.
///
/// # Errors
/// What does not fit into memory cannot be kept.
pub(super) fn mask_boilerplate(
    corpus: &mut Corpus,
    copies: &IdenticalArticles,
    leaders: &[ArticleId],
    book: &Sketchbook,
    settings: &Settings,
    budget: Budget,
) -> Result<(usize, ValueFilter), Error> {
    let (ids, sites) = sites(corpus, leaders);
    let room = MaskingBudget {
        folder: settings.temp_folder(),
        reserve: settings.reserve(),
        held: budget.divided_held(),
        sorted: budget.sorted(),
        found: budget.boilerplate_found(),
    };
    let repeated = Repeated::new(&Sketched { corpus, book, ids: &ids }, &sites, &room)?;
    give_memory_back();
    corpus.take_tokens_back(budget.tokens_taken_back_to_mask());
    let masks = masks(&Sketched { corpus, book, ids: &ids }, &repeated, settings.boilerplate_rule());
    let shared = repeated.into_shared();
    let mut found: Vec<(ArticleId, Mask)> = masks
        .into_iter()
        .map(|(page, mask)| (ids[page], mask))
        .filter(|(leader, mask)| {
            let kept = corpus.words(*leader) - mask.iter().map(ExactSizeIterator::len).sum::<usize>();
            // Identical pages with nothing else on them are still identical pages.
            kept >= settings.shortest_article() || copies.of(*leader).len() == 1
        })
        .collect();
    found.par_sort_unstable_by_key(|&(leader, _)| leader);
    corpus.leave_tokens(0);
    corpus.mask_with_copies(&found, copies);
    Ok((found.len(), shared))
}

/// Articles as the pages of sites.
struct Sketched<'a> {
    corpus: &'a Corpus,
    book: &'a Sketchbook,
    ids: &'a [ArticleId],
}

impl Pages for Sketched<'_> {
    fn count(&self) -> usize {
        self.ids.len()
    }

    fn words(&self, page: u32) -> usize {
        self.corpus.words(self.ids[page as usize])
    }

    fn tokens<'a>(&'a self, page: u32, some: Range<usize>, room: &'a mut Vec<Token>) -> &'a [Token] {
        self.corpus.read_all_tokens(self.ids[page as usize], some, room)
    }

    fn fingerprints(&self, page: u32) -> &[Fingerprint] {
        self.book.fingerprints(self.corpus, self.ids[page as usize])
    }

    fn read_fingerprints<'a>(&'a self, page: u32, room: &'a mut Vec<Fingerprint>) -> &'a [Fingerprint] {
        self.book.read_fingerprints(self.corpus, self.ids[page as usize], room)
    }
}

/// Puts the pages of each known site with more than one page together, by the site's name, behind them those of the
/// other known sites, and then those of unknown ones; gives them all, and where each site's stand.
fn sites(corpus: &Corpus, leaders: &[ArticleId]) -> (Vec<ArticleId>, Vec<Site>) {
    let mut known: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for &id in leaders {
        match corpus.site(id) {
            Some(site) => known.entry(site).or_default().push(id),
            None => unknown.push(id),
        }
    }
    let (several, apart): (Vec<_>, Vec<_>) = known.into_values().partition(|ids| ids.len() > 1);
    let (mut pages, mut sites) = (Vec::with_capacity(leaders.len()), Vec::new());
    let of_sites = several.into_iter().map(|ids| (Origin::OneSite, ids));
    let others = [(Origin::Apart, apart.concat()), (Origin::Unknown, unknown)];
    for (origin, mut ids) in of_sites.chain(others) {
        let begin = pages.len();
        pages.append(&mut ids);
        sites.push(Site { origin, pages: begin..pages.len() });
    }
    (pages, sites)
}
