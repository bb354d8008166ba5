//! Finds the same as `repeated_texts` in a simple and slow way, to test it. The numbers of the criteria are the same;
//! the code that applies them is written a second time.

use std::collections::{BTreeMap, BTreeSet};

use super::criteria::{Criteria, SAMPLE};
use super::page::Page;
use super::page_group::{GroupKind, PageGroup};
use crate::sketch::Fingerprint;

/// Returns for each site and fingerprint that is boilerplate a page of each story around it.
pub(super) fn repeated(
    pages: &[Page<'_>],
    sites: &[PageGroup],
    criteria: &Criteria,
) -> BTreeMap<(usize, u32), Vec<u32>> {
    let mut out = BTreeMap::new();
    // For each text that may be a story in versions its values, and how many of them are on a hardly known site.
    let mut doubtful: BTreeMap<(usize, Vec<u32>), (Vec<u32>, usize)> = BTreeMap::new();
    for (value, holders) in holders(pages, sites) {
        let is_telling =
            |site: &PageGroup| site.kind == GroupKind::OneSite && site.pages.len() >= criteria.telling_pages;
        let (once, several): (Vec<_>, Vec<_>) = holders
            .iter()
            .filter(|(site, _)| is_telling(&sites[**site]))
            .partition(|(_, pages)| pages.len() == 1);
        if !several.is_empty() && once.len() >= several.len() {
            continue;
        }
        let is_hardly_known = |site: &PageGroup| match site.kind {
            GroupKind::OneSite => site.pages.len() < criteria.telling_pages,
            GroupKind::SinglePages => true,
            GroupKind::UnknownSites => false,
        };
        let is_reprint = holders.keys().any(|&site| is_hardly_known(&sites[site]));
        for (site, mut holders) in holders {
            holders.dedup();
            let Some(judged) = judge(pages, &sites[site], &holders, criteria) else { continue };
            if judged.may_be_versions {
                let (values, reprinted) = doubtful.entry((site, judged.sample)).or_default();
                values.push(value);
                *reprinted += usize::from(is_reprint);
            }
            out.insert((site, value), judged.stories);
        }
    }
    for ((site, _), (values, reprinted)) in doubtful {
        if criteria.reprinted.is_exceeded(reprinted, values.len()) {
            values.into_iter().for_each(|value| drop(out.remove(&(site, value))));
        }
    }
    out
}

/// Returns for each value and site the pages that have the value, each as often as it has it.
fn holders(pages: &[Page<'_>], sites: &[PageGroup]) -> BTreeMap<u32, BTreeMap<usize, Vec<u32>>> {
    let mut out: BTreeMap<u32, BTreeMap<usize, Vec<u32>>> = BTreeMap::new();
    for (index, site) in sites.iter().enumerate() {
        for page in site.pages.clone() {
            for &Fingerprint { value, .. } in pages[page].fingerprints {
                out.entry(value).or_default().entry(index).or_default().push(page as u32);
            }
        }
    }
    out
}

/// A text that is boilerplate.
struct Judged {
    sample: Vec<u32>,
    /// The first page of each story.
    stories: Vec<u32>,
    may_be_versions: bool,
}

/// Judges the text that these pages of a site have.
fn judge(pages: &[Page<'_>], site: &PageGroup, holders: &[u32], criteria: &Criteria) -> Option<Judged> {
    let has_few_pages = site.pages.len() <= criteria.few_pages;
    let fewest = if has_few_pages { criteria.stories_if_clear } else { criteria.stories };
    if site.kind == GroupKind::OneSite && holders.len() < fewest {
        return None;
    }
    let sample: Vec<u32> = holders.iter().copied().step_by(holders.len().div_ceil(SAMPLE)).collect();
    let (text, rests) = text_and_rests(pages, &sample, criteria);
    let story_pages: Vec<usize> =
        (0..sample.len()).filter(|&page| rests[page].len() >= criteria.story_fingerprints).collect();
    let stories = stories(&story_pages, &rests, criteria);

    let longer = story_pages.iter().filter(|&&page| rests[page].len() > text.len()).count();
    let framed = story_pages.iter().filter(|&&page| is_framed(&pages[sample[page] as usize], &text)).count();
    let both = story_pages
        .iter()
        .filter(|&&page| rests[page].len() > text.len() && is_framed(&pages[sample[page] as usize], &text));
    let without = sample.len() - story_pages.len();
    let is_boilerplate = match site.kind {
        GroupKind::OneSite => {
            let is_clear = stories.iter().all(|story| story.len() > 1) || both.count() == story_pages.len();
            let fewest = if is_clear { criteria.stories_if_clear } else { criteria.stories };
            !criteria.without_story.is_exceeded(without, sample.len()) && stories.len() >= fewest
        }
        GroupKind::SinglePages => false,
        GroupKind::UnknownSites => {
            stories.len() >= criteria.stories_if_unknown
                && !criteria.without_story_if_unknown.is_exceeded(without, sample.len())
                && criteria.longer_rest_if_unknown.is_exceeded(longer, sample.len())
                && criteria.framed_if_unknown.is_reached(framed, story_pages.len())
        }
    };
    let may_be_versions = site.kind == GroupKind::OneSite
        && stories.len() < criteria.stories_beyond_versions
        && !criteria.longer_rest_of_versions.is_exceeded(longer, story_pages.len());
    let stories = stories.iter().map(|story| sample[story[0]]).collect();
    is_boilerplate.then_some(Judged { sample, stories, may_be_versions })
}

/// Returns the fingerprints that nearly all pages of a sample have, and the others of each page.
fn text_and_rests(
    pages: &[Page<'_>],
    sample: &[u32],
    criteria: &Criteria,
) -> (BTreeSet<u32>, Vec<BTreeSet<u32>>) {
    let values = |&page: &u32| -> BTreeSet<u32> {
        pages[page as usize].fingerprints.iter().map(|fingerprint| fingerprint.value).collect()
    };
    let values: Vec<BTreeSet<u32>> = sample.iter().map(values).collect();
    let all: BTreeSet<u32> = values.iter().flatten().copied().collect();
    let count = |value: u32| values.iter().filter(|values| values.contains(&value)).count();
    let text: BTreeSet<u32> =
        all.into_iter().filter(|&value| criteria.nearly_all.is_reached(count(value), sample.len())).collect();
    let rests = values.iter().map(|values| values - &text).collect();
    (text, rests)
}

/// Groups the pages whose rests are linked, directly or through other pages.
fn stories(pages: &[usize], rests: &[BTreeSet<u32>], criteria: &Criteria) -> Vec<Vec<usize>> {
    let are_linked = |one: usize, other: usize| {
        let (one, other) = (&rests[one], &rests[other]);
        criteria.linked.is_reached((one & other).len(), one.len().min(other.len()))
    };
    let mut out: Vec<Vec<usize>> = Vec::new();
    for &page in pages {
        let is_near = |story: &Vec<usize>| story.iter().any(|&other| are_linked(page, other));
        let (near, far): (Vec<_>, Vec<_>) = out.into_iter().partition(is_near);
        out = far;
        out.push(near.into_iter().flatten().chain([page]).collect());
    }
    out.iter_mut().for_each(|story| story.sort_unstable());
    out.sort_unstable();
    out
}

/// Returns whether the rest of a page is in one piece.
fn is_framed(page: &Page<'_>, text: &BTreeSet<u32>) -> bool {
    let is_of_rest: Vec<bool> =
        page.fingerprints.iter().map(|fingerprint| !text.contains(&fingerprint.value)).collect();
    is_of_rest.chunk_by(|one, other| one == other).filter(|run| run[0]).count() == 1
}
