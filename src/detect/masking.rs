//! Masks boilerplate: hands the pages of each site to [`boilerplate`](crate::boilerplate) and stores the masks in the
//! corpus.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::freed_memory::return_freed_memory_after;
use super::page_addresses::PageAddresses;
use crate::article::ArticleId;
use crate::boilerplate::{GroupKind, MaskingBudget, Masks, PageGroup, Pages, RepeatedTexts, mask_some_pages};
use crate::corpus::{Corpus, IdenticalArticles, Role};
use crate::error::Error;
use crate::index::ArticleFingerprints;
use crate::settings::Settings;
use crate::sketch::{BloomFilter, Fingerprint};
use crate::store::Storage;
use crate::text::Token;
use crate::verify::Region;

/// The result of masking.
#[derive(Debug, Default)]
pub(super) struct Masked {
    /// The number of leaders of which something is masked.
    pub(super) leaders: usize,
    /// For each long text that is masked though another site, which does not repeat it, prints it in an article: an
    /// article of which it is masked, and that article.
    pub(super) printed_elsewhere: Vec<(ArticleId, ArticleId)>,
    /// The fingerprints that several leaders have, masked or not; nothing if boilerplate is not masked.
    pub(super) shared: Option<BloomFilter>,
}

/// The pages of sites, and what is masked of them.
pub(super) struct MaskedPages {
    /// For each page its article.
    pub(super) ids: Vec<ArticleId>,
    /// The pages of each site.
    pub(super) sites: Vec<PageGroup>,
    /// The masks, each with the index of its page, ascending.
    pub(super) masks: Masks<u32>,
    printed_elsewhere: Vec<(ArticleId, ArticleId)>,
    shared: BloomFilter,
}

/// Masks what sites repeat around different stories. Identical articles are masked alike: each of their sites has a page
/// with their text, and what is boilerplate on one of these sites is masked.
///
/// # Errors
/// [`Error::Storage`] if what does not fit into memory cannot be stored.
pub(super) fn mask_boilerplate(
    corpus: &mut Corpus,
    identical: &IdenticalArticles,
    leaders: &[ArticleId],
    fingerprints: &ArticleFingerprints,
    settings: &Settings,
    storage: &Storage,
) -> Result<Masked, Error> {
    let mut found = masked_pages(corpus, identical, leaders, fingerprints, settings, storage)?;
    let masks = masks_of_leaders(&found.masks, &found.ids, corpus, identical, settings);
    // There is a mask of nearly every page.
    found.masks = Masks::default();
    corpus.unload_tokens_to(0);
    corpus.mask_with_identical(masks.iter(), identical);
    let mut printed_elsewhere = found.printed_elsewhere;
    // The mask of a page that is compared with nothing is not known.
    let is_masked = |id| corpus.is_masked(id) || corpus.role(identical.leader(id)) == Role::Context;
    printed_elsewhere.retain(|&(masked, _)| is_masked(masked));
    Ok(Masked { leaders: masks.len(), printed_elsewhere, shared: Some(found.shared) })
}

/// Finds what is masked of each page that is compared: what its site repeats around different stories, or what an archive
/// recorded of that, and the templates of its site.
///
/// # Errors
/// [`Error::Storage`] if what does not fit into memory cannot be stored.
pub(super) fn masked_pages(
    corpus: &mut Corpus,
    identical: &IdenticalArticles,
    leaders: &[ArticleId],
    fingerprints: &ArticleFingerprints,
    settings: &Settings,
    storage: &Storage,
) -> Result<MaskedPages, Error> {
    let (ids, sites) = pages_by_site(corpus, identical, leaders);
    let budget = storage.budget;
    let masking_budget = MaskingBudget {
        folder: storage.folder.clone(),
        reserve: storage.reserve,
        held: budget.fingerprints_by_value(),
        sorted: budget.sort_buffer(),
        found: budget.boilerplate(),
    };
    let rule = settings.masking_rule();
    let addresses = PageAddresses::new(corpus, &ids, &sites);
    let pages = CorpusPages { corpus, fingerprints, ids: &ids, addresses: &addresses };
    let repeated = RepeatedTexts::new(&pages, &sites, rule, &masking_budget)?;
    return_freed_memory_after(corpus);
    corpus.load_tokens(budget.tokens_to_mask());
    let pages = CorpusPages { corpus, fingerprints, ids: &ids, addresses: &addresses };
    // A page that only shows what its site repeats is compared with nothing, so its mask is not needed.
    let is_compared = |page: usize| corpus.role(identical.leader(ids[page])) != Role::Context;
    let recorded = |page: usize| corpus.recorded_mask(ids[page]);
    let is_masked_anew = |page: usize| is_compared(page) && recorded(page).is_none();
    let found = mask_some_pages(&pages, is_masked_anew, &repeated, rule);
    let mut of_archive = Masks::default();
    for page in 0..ids.len() {
        of_archive.push(page as u32, recorded(page).unwrap_or_default());
    }
    let outlet =
        |page: usize| corpus.outlet(ids[page]).filter(|_| !corpus.is_junk(ids[page]) && is_compared(page));
    let of_templates = settings.templates.mask_pages(&pages, outlet);
    let masks = if of_archive.is_empty() && of_templates.is_empty() {
        found
    } else {
        united(&Masks::joined(vec![found, of_archive, of_templates]), |page| page, |_, _| true)
    };
    let printed_elsewhere: Vec<(ArticleId, ArticleId)> = repeated
        .reported()
        .iter()
        .map(|text| (ids[text.masked as usize], ids[text.elsewhere as usize]))
        .collect();
    let shared = repeated.into_shared_fingerprints();
    Ok(MaskedPages { ids, sites, masks, printed_elsewhere, shared })
}

/// Returns the masks of the leaders of identical articles, from those of pages. Identical pages stay copies of each other: a
/// mask that would leave too little of them is left out.
pub(super) fn masks_of_leaders(
    masks: &Masks<u32>,
    ids: &[ArticleId],
    corpus: &Corpus,
    identical: &IdenticalArticles,
    settings: &Settings,
) -> Masks<ArticleId> {
    let leader = |page: u32| identical.leader(ids[page as usize]);
    united(masks, leader, |leader, mask| {
        leaves_enough(mask, corpus.words(leader), identical.of(leader).len(), settings)
    })
}

/// Returns whether a mask leaves enough of an article of `words` words, of which there are so many identical ones. Of one
/// that has no copy, it may leave nothing.
pub(crate) fn leaves_enough(
    mask: &[Range<u32>],
    words: usize,
    identical: usize,
    settings: &Settings,
) -> bool {
    let masked: usize = mask.iter().map(ExactSizeIterator::len).sum();
    words - masked >= settings.shortest_article() || identical == 1
}

/// Unites masks of the same article or page, which `to` returns. Returns those for which `is_kept` is true, ascending.
fn united<Of: Copy, To: Copy + Ord + Send>(
    masks: &Masks<Of>,
    to: impl Fn(Of) -> To,
    is_kept: impl Fn(To, &[Range<u32>]) -> bool,
) -> Masks<To> {
    let mut order: Vec<(To, u32)> = (0..).zip(masks.iter()).map(|(index, (of, _))| (to(of), index)).collect();
    order.par_sort_unstable();
    let mut united = Masks::with_capacity_of(masks);
    for same in order.chunk_by(|(one, _), (other, _)| one == other) {
        let mask = |&(_, index): &(To, u32)| masks.get(index as usize).1;
        let region = (same.len() > 1).then(|| Region::new(same.iter().flat_map(mask).cloned()));
        let mask = region.as_ref().map_or_else(|| mask(&same[0]), Region::ranges);
        if is_kept(same[0].0, mask) {
            united.push(same[0].0, mask);
        }
    }
    united
}

/// Articles of a corpus, seen as the pages of sites.
pub(super) struct CorpusPages<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) fingerprints: &'a ArticleFingerprints,
    pub(super) ids: &'a [ArticleId],
    pub(super) addresses: &'a PageAddresses,
}

impl Pages for CorpusPages<'_> {
    fn count(&self) -> usize {
        self.ids.len()
    }

    fn words(&self, page: u32) -> usize {
        self.corpus.words(self.ids[page as usize])
    }

    fn tokens<'a>(&'a self, page: u32, some: Range<usize>, buffer: &'a mut Vec<Token>) -> &'a [Token] {
        self.corpus.read_all_tokens(self.ids[page as usize], some, buffer)
    }

    fn fingerprints(&self, page: u32) -> &[Fingerprint] {
        self.fingerprints.get(self.corpus, self.ids[page as usize])
    }

    fn read_fingerprints<'a>(&'a self, page: u32, buffer: &'a mut Vec<Fingerprint>) -> &'a [Fingerprint] {
        self.fingerprints.read(self.corpus, self.ids[page as usize], buffer)
    }

    fn address(&self, page: u32) -> Option<u64> {
        self.addresses.get(page)
    }

    fn recorded_mask(&self, page: u32) -> Option<&[Range<u32>]> {
        self.corpus.recorded_mask(self.ids[page as usize])
    }
}

/// Sorts pages by outlet, whose address variants have the same templates: those of each known outlet with more than one
/// page, by its name; then those of the other known ones; then those of unknown ones; then junk. Of identical articles,
/// each outlet has one page. Returns the articles of all pages, ascending within each outlet, and the range of each group.
fn pages_by_site(
    corpus: &Corpus,
    identical: &IdenticalArticles,
    leaders: &[ArticleId],
) -> (Vec<ArticleId>, Vec<PageGroup>) {
    let mut known: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
    let (mut unknown, mut junk) = (Vec::new(), Vec::new());
    for &leader in leaders {
        if corpus.is_junk(leader) {
            junk.push(leader);
            continue;
        }
        let mut by_outlet: Vec<(Option<&str>, ArticleId)> =
            identical.of(leader).iter().map(|&id| (corpus.outlet(id), id)).collect();
        by_outlet.sort_unstable();
        by_outlet.dedup_by_key(|&mut (outlet, _)| outlet);
        for (outlet, id) in by_outlet {
            match outlet {
                Some(outlet) => known.entry(outlet).or_default().push(id),
                None => unknown.push(id),
            }
        }
    }
    let (several, apart): (Vec<_>, Vec<_>) = known.into_values().partition(|ids| ids.len() > 1);
    let (mut pages, mut sites) = (Vec::with_capacity(leaders.len()), Vec::new());
    let of_sites = several.into_iter().map(|ids| (GroupKind::OneSite, ids));
    let others = [
        (GroupKind::SinglePages, apart.concat()),
        (GroupKind::UnknownSites, unknown),
        (GroupKind::Junk, junk),
    ];
    for (kind, mut ids) in of_sites.chain(others) {
        let begin = pages.len();
        if kind != GroupKind::SinglePages {
            ids.sort_unstable();
        }
        pages.append(&mut ids);
        sites.push(PageGroup { kind, pages: begin..pages.len() });
    }
    (pages, sites)
}
