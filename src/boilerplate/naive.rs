//! The naive twin of `repeated`: pages of sites in, for each site and fingerprint the stories around it out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Origin, Page, Site};
use crate::sketch::Fingerprint;

/// Gives for each site and fingerprint that is boilerplate a page of each of the stories that it stands in.
pub(super) fn repeated(pages: &[Page<'_>], sites: &[Site]) -> BTreeMap<(usize, u32), Vec<u32>> {
    // For each value and site the pages that hold it, as often as they do.
    let mut lists: BTreeMap<u32, BTreeMap<usize, Vec<u32>>> = BTreeMap::new();
    for (number, site) in sites.iter().enumerate() {
        for page in site.pages.clone() {
            for &Fingerprint { value, .. } in pages[page].fingerprints {
                lists.entry(value).or_default().entry(number).or_default().push(page as u32);
            }
        }
    }
    let mut out = BTreeMap::new();
    // For each text that may be a story in versions its values, and how many stand on a site of few pages, too.
    let mut doubtful: BTreeMap<(usize, Vec<u32>), (Vec<u32>, usize)> = BTreeMap::new();
    for (value, of_sites) in lists {
        let counts = |&(&number, _): &(&usize, &Vec<u32>)| {
            sites[number].origin == Origin::OneSite && sites[number].pages.len() >= 3
        };
        let (once, several): (Vec<_>, Vec<_>) =
            of_sites.iter().filter(counts).partition(|(_, pages)| pages.len() == 1);
        if !several.is_empty() && once.len() >= several.len() {
            continue;
        }
        let hardly_known = |site: &Site| match site.origin {
            Origin::OneSite => site.pages.len() < 3,
            Origin::Apart => true,
            Origin::Unknown => false,
        };
        let elsewhere = of_sites.keys().any(|&number| hardly_known(&sites[number]));
        for (&number, holders) in &of_sites {
            let site = &sites[number];
            if site.origin == Origin::Apart {
                continue;
            }
            let mut holders = holders.clone();
            holders.dedup();
            let few = site.origin == Origin::OneSite && site.pages.len() <= 3;
            let Some(around) = (holders.len() >= if few { 2 } else { 3 })
                .then(|| stories_around(pages, &holders, site.origin))
                .flatten()
            else {
                continue;
            };
            if around.may_be_versions {
                let (values, elsewhere_of) = doubtful.entry((number, around.sample)).or_default();
                values.push(value);
                *elsewhere_of += usize::from(elsewhere);
            }
            out.insert((number, value), around.stories);
        }
    }
    for ((site, _), (values, elsewhere)) in doubtful {
        if elsewhere * 2 > values.len() {
            values.into_iter().for_each(|value| drop(out.remove(&(site, value))));
        }
    }
    out
}

struct Around {
    sample: Vec<u32>,
    stories: Vec<u32>,
    may_be_versions: bool,
}

fn stories_around(pages: &[Page<'_>], holders: &[u32], origin: Origin) -> Option<Around> {
    let sample: Vec<u32> = holders.iter().copied().step_by(holders.len().div_ceil(12)).collect();
    let values = |&page: &u32| -> BTreeSet<u32> {
        pages[page as usize].fingerprints.iter().map(|found| found.value).collect()
    };
    let values: Vec<BTreeSet<u32>> = sample.iter().map(values).collect();
    let all: BTreeSet<u32> = values.iter().flatten().copied().collect();
    let holds = |value: u32| values.iter().filter(|values| values.contains(&value)).count();
    let shared: BTreeSet<u32> =
        all.into_iter().filter(|&value| holds(value) * 5 >= sample.len() * 4).collect();
    let rests: Vec<BTreeSet<u32>> = values.iter().map(|values| values - &shared).collect();
    let telling: Vec<usize> = (0..sample.len()).filter(|&place| rests[place].len() >= 6).collect();
    let linked = |one: usize, other: usize| {
        (&rests[one] & &rests[other]).len() * 3 >= rests[one].len().min(rests[other].len())
    };
    let mut stories: Vec<Vec<usize>> = Vec::new();
    for &place in &telling {
        let is_near = |story: &Vec<usize>| story.iter().any(|&other| linked(place, other));
        let (near, far): (Vec<_>, Vec<_>) = stories.into_iter().partition(is_near);
        stories = far;
        stories.push(near.into_iter().flatten().chain([place]).collect());
    }
    stories.iter_mut().for_each(|story| story.sort_unstable());
    stories.sort_unstable();
    let outweighs = |place: usize| rests[place].len() > shared.len();
    let frames = |place: usize| {
        let fingerprints = pages[sample[place] as usize].fingerprints;
        let is_rest: Vec<bool> = fingerprints.iter().map(|found| !shared.contains(&found.value)).collect();
        is_rest.chunk_by(|one, other| one == other).filter(|run| run[0]).count() == 1
    };
    let silent = sample.len() - telling.len();
    let is_boilerplate = match origin {
        Origin::OneSite => {
            let each_twice = stories.iter().all(|story| story.len() > 1);
            let clear = each_twice || telling.iter().all(|&place| outweighs(place) && frames(place));
            silent * 3 <= sample.len() && stories.len() >= if clear { 2 } else { 3 }
        }
        Origin::Apart => false,
        Origin::Unknown => {
            stories.len() >= 6
                && silent * 8 <= sample.len()
                && telling.iter().filter(|&&place| outweighs(place)).count() * 2 > sample.len()
                && telling.iter().filter(|&&place| frames(place)).count() * 5 >= telling.len() * 4
        }
    };
    let outweighed = telling.iter().filter(|&&place| outweighs(place)).count();
    let may_be_versions = origin == Origin::OneSite && stories.len() < 6 && outweighed * 2 <= telling.len();
    let stories = stories.iter().map(|story| sample[story[0]]).collect();
    is_boilerplate.then_some(Around { sample, stories, may_be_versions })
}
