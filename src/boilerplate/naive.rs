//! Finds the same as `repeated_texts` in a simple and slow way, to test it. The numbers of the criteria are the same;
//! the code that applies them is written a second time.

use std::collections::{BTreeMap, BTreeSet};

use super::criteria::{Criteria, Fraction, SAMPLE};
use super::page::Page;
use super::page_group::{GroupKind, PageGroup};
use crate::sketch::Fingerprint;

/// A text that was judged.
struct JudgedText {
    /// Its values, each with the page elsewhere that has it, if there is one.
    values: Vec<(u32, Option<u32>)>,
    judged: Judged,
}

/// Returns for each site and fingerprint that is boilerplate a page of each story around it. Pages are compared by their
/// fingerprints, not by shingles.
pub(super) fn repeated(
    pages: &[Page<'_>],
    sites: &[PageGroup],
    criteria: &Criteria,
) -> BTreeMap<(usize, u32), Vec<u32>> {
    let mut out = BTreeMap::new();
    // By site and sample.
    let mut texts: BTreeMap<(usize, Vec<u32>), JudgedText> = BTreeMap::new();
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
        for (&site, of_site) in &holders {
            let mut of_site = of_site.clone();
            of_site.dedup();
            let Some(judged) = judge(pages, &sites[site], &of_site, criteria) else { continue };
            let others = holders.iter().filter(|&(&other, _)| {
                other != site && [GroupKind::OneSite, GroupKind::SinglePages].contains(&sites[other].kind)
            });
            let elsewhere = others.flat_map(|(&other, pages)| {
                let repeats = sites[other].kind == GroupKind::OneSite && pages.len() > 1;
                pages.iter().map(move |&page| (repeats, page))
            });
            out.insert((site, value), judged.stories.clone());
            let text = texts
                .entry((site, judged.sample.clone()))
                .or_insert_with(|| JudgedText { values: Vec::new(), judged });
            text.values.push((value, elsewhere.min().map(|(_, page)| page)));
        }
    }
    let is_story = |site: usize, JudgedText { values, judged }: &JudgedText| {
        let named: BTreeSet<u32> = values.iter().filter_map(|value| value.1).collect();
        let count = |page: u32| values.iter().filter(|value| value.1 == Some(page)).count();
        let of_story = named.into_iter().filter(|&page| {
            count(page) * SAMPLE >= values.len()
                && is_story_elsewhere(pages, sites, (site, judged), page, criteria, &out)
        });
        criteria.reprinted.is_exceeded(of_story.map(count).sum(), values.len())
    };
    let stories: Vec<(usize, u32)> = texts
        .iter()
        .filter(|((site, _), text)| is_story(*site, text))
        .flat_map(|((site, _), text)| text.values.iter().map(|&(value, _)| (*site, value)))
        .collect();
    stories.into_iter().for_each(|value| drop(out.remove(&value)));
    out
}

/// Returns whether a text of a site is the story of a page elsewhere.
fn is_story_elsewhere(
    pages: &[Page<'_>],
    sites: &[PageGroup],
    (site, text): (usize, &Judged),
    page: u32,
    criteria: &Criteria,
    boilerplate: &BTreeMap<(usize, u32), Vec<u32>>,
) -> bool {
    let values = |page: u32, without: usize| -> BTreeSet<u32> {
        let values = pages[page as usize].fingerprints.iter().map(|fingerprint| fingerprint.value);
        values.filter(|&value| !boilerplate.contains_key(&(without, value))).collect()
    };
    let other = sites.iter().position(|site| site.pages.contains(&(page as usize))).unwrap();
    let core = values(page, other);
    let rest: BTreeSet<u32> =
        core.iter().copied().filter(|&value| !boilerplate.contains_key(&(site, value))).collect();
    let is_copy = text.stories.iter().any(|&own| {
        let own = values(own, site);
        !own.is_empty() && criteria.linked.is_reached((&own & &rest).len(), own.len())
    });
    let on_page = core.len() - rest.len();
    let is_alone =
        criteria.nearly_all.is_reached(on_page, core.len()) && rest.len() < criteria.story_fingerprints;
    let is_hardly_known =
        sites[other].kind != GroupKind::OneSite || sites[other].pages.len() < criteria.telling_pages;
    let is_reprint = is_hardly_known && criteria.reprinted.is_exceeded(on_page, core.len());
    !is_copy && (is_alone || text.is_weak && is_reprint)
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
    is_weak: bool,
}

/// Judges the text that these pages of a site have.
fn judge(pages: &[Page<'_>], site: &PageGroup, holders: &[u32], criteria: &Criteria) -> Option<Judged> {
    if site.kind == GroupKind::OneSite && holders.len() < criteria.stories_if_clear {
        return None;
    }
    let sample: Vec<u32> = holders.iter().copied().step_by(holders.len().div_ceil(SAMPLE)).collect();
    let page = |index: usize| &pages[sample[index] as usize];
    let (text, rests) = text_and_rests(pages, &sample, criteria);
    let story_pages: Vec<usize> =
        (0..sample.len()).filter(|&page| rests[page].len() >= criteria.story_fingerprints).collect();
    let is_mostly_text = |index: usize| {
        let values: BTreeSet<u32> = page(index).fingerprints.iter().map(|found| found.value).collect();
        Fraction::new(1, 2).is_exceeded(values.len() - rests[index].len(), values.len())
    };
    let is_one_article = |one: usize, other: usize| {
        page(one).address.is_some()
            && page(one).address == page(other).address
            && (is_mostly_text(one) || is_mostly_text(other))
    };
    let stories = stories(&story_pages, &rests, criteria, &is_one_article);
    let is_alone = |index: &usize| {
        let values: BTreeSet<u32> = page(*index).fingerprints.iter().map(|found| found.value).collect();
        let of_text = values.len() - rests[*index].len();
        !story_pages.contains(index) && criteria.nearly_all.is_reached(of_text, values.len())
    };
    let has_alone = (0..sample.len()).any(|index| is_alone(&index));

    let is_longer = |index: usize| rests[index].len() > text.len();
    let longer = story_pages.iter().filter(|&&index| is_longer(index)).count();
    let is_framed = |index: usize| pieces(page(index), &text, criteria) == 1;
    let framed = story_pages.iter().filter(|&&index| is_framed(index)).count();
    let without = sample.len() - story_pages.len();
    let firsts: Vec<usize> = stories.iter().map(|story| story[0]).collect();
    let on_side = |first: bool, last: bool| {
        firsts.iter().all(|&index| {
            let ends = [page(index).fingerprints.first(), page(index).fingerprints.last()];
            let ends = ends.map(|end| end.is_some_and(|end| text.contains(&end.value)));
            is_framed(index) && ends == [first, last]
        })
    };
    let is_boilerplate = match site.kind {
        GroupKind::OneSite => {
            let is_twice = stories.iter().all(|story| story.len() > 1);
            let is_apart = on_side(false, true) && longer > 0
                || firsts.iter().all(|&index| is_framed(index)) && longer == story_pages.len();
            let is_story = has_alone && (on_side(false, true) || on_side(true, false));
            let is_in_place = || is_in_place(pages, &sample, &firsts, &text, criteria);
            let is_short = stories.len() >= criteria.stories && text.len() < criteria.story_fingerprints;
            let is_enough = stories.len() >= criteria.stories || is_twice || is_apart;
            (sample.len() != 2 || share_an_end(page(0), page(1), criteria))
                && !criteria.without_story.is_exceeded(without, sample.len())
                && (stories.len() >= criteria.stories_beyond_versions
                    || stories.len() >= criteria.stories_if_clear
                        && (stories.len() >= criteria.stories || is_twice || longer > 0)
                        && (is_short || is_in_place() && !is_story && is_enough))
        }
        GroupKind::UnknownSites => {
            (sample.len() != 2 || share_an_end(page(0), page(1), criteria))
                && stories.len() >= criteria.stories_if_unknown
                && !criteria.without_story_if_unknown.is_exceeded(without, sample.len())
                && criteria.longer_rest_if_unknown.is_exceeded(longer, sample.len())
                && criteria.framed_if_unknown.is_reached(framed, story_pages.len())
        }
        GroupKind::SinglePages | GroupKind::Junk => false,
    };
    let is_weak = stories.len() < criteria.stories_beyond_versions
        && (stories.len() < criteria.stories
            || !criteria.longer_rest_of_versions.is_exceeded(longer, story_pages.len()));
    let stories = firsts.iter().map(|&index| sample[index]).collect();
    is_boilerplate.then_some(Judged { sample, stories, is_weak })
}

/// Returns whether two pages share a fingerprint near their beginnings or ends.
fn share_an_end(one: &Page<'_>, other: &Page<'_>, criteria: &Criteria) -> bool {
    let near = criteria.piece_fingerprints + 1;
    let first = |page: &Page<'_>| -> BTreeSet<u32> {
        page.fingerprints.iter().take(near).map(|found| found.value).collect()
    };
    let last = |page: &Page<'_>| -> BTreeSet<u32> {
        page.fingerprints.iter().rev().take(near).map(|found| found.value).collect()
    };
    !first(one).is_disjoint(&first(other)) || !last(one).is_disjoint(&last(other))
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

/// Groups the pages whose rests are linked or that are one article, directly or through other pages.
fn stories(
    pages: &[usize],
    rests: &[BTreeSet<u32>],
    criteria: &Criteria,
    is_one_article: &dyn Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    let are_linked = |one: usize, other: usize| {
        let (first, second) = (&rests[one], &rests[other]);
        criteria.linked.is_reached((first & second).len(), first.len().min(second.len()))
            || is_one_article(one, other)
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

/// Returns the runs of the rest of a page: for each the value of the text before it, and the length.
fn runs(page: &Page<'_>, text: &BTreeSet<u32>) -> Vec<(Option<u32>, usize)> {
    let mut out: Vec<(Option<u32>, usize)> = Vec::new();
    let mut before = Some(None);
    for Fingerprint { value, .. } in page.fingerprints {
        if text.contains(value) {
            before = Some(Some(*value));
            continue;
        }
        match before.take() {
            Some(place) => out.push((place, 1)),
            None => out.last_mut().unwrap().1 += 1,
        }
    }
    out
}

/// Returns the number of pieces of the rest of a page.
fn pieces(page: &Page<'_>, text: &BTreeSet<u32>, criteria: &Criteria) -> usize {
    runs(page, text).iter().filter(|run| run.1 >= criteria.piece_fingerprints).count()
}

/// Returns whether a text is in the same place of some pages of a sample.
fn is_in_place(
    pages: &[Page<'_>],
    sample: &[u32],
    compared: &[usize],
    text: &BTreeSet<u32>,
    criteria: &Criteria,
) -> bool {
    let half = Fraction::new(1, 2);
    let page = |index: usize| &pages[sample[index] as usize];
    let rest = |index: usize| runs(page(index), text).iter().map(|run| run.1).sum::<usize>();
    let one_piece = compared.iter().all(|&index| pieces(page(index), text, criteria) == 1);
    let is_counted = |index: usize, run: usize| !one_piece || half.is_exceeded(run, rest(index));
    let is_common = |place: Option<u32>| {
        let is_there = |index: usize| {
            runs(page(index), text).iter().any(|run| run.0 == place && is_counted(index, run.1))
        };
        half.is_exceeded(compared.iter().filter(|&&index| is_there(index)).count(), compared.len())
    };
    let is_there = |index: usize| {
        let common = runs(page(index), text).iter().filter(|run| is_common(run.0)).map(|run| run.1).sum();
        half.is_exceeded(common, rest(index))
    };
    let there = compared.iter().filter(|&&index| is_there(index)).count();
    criteria.nearly_all.is_reached(there, compared.len())
}
