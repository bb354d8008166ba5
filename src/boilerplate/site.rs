//! Pages of a site in, the fingerprints that are boilerplate out, each with the stories that it was seen in.

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::{Origin, Page};
use crate::sketch::Fingerprint;

/// Pages that are looked at for one shared text.
const SAMPLE: usize = 12;
/// Fingerprints of the rest of a page that make a story of their own: about 30 words, a brief.
const BRIEF: usize = 6;
/// Different stories that a text must stand in; two are enough where the site leaves no doubt about them.
const STORIES: usize = 3;
/// The same where sites are unknown: a story is seldom on so many pages without being seen alone on some.
const STORIES_OF_UNKNOWN: usize = 6;
/// Pages of a site of which two may be all the evidence there is.
const FEW_PAGES: usize = 3;

/// The pages of a site, or of sites that are unknown.
pub(super) struct Site<'a> {
    pages: &'a [Page<'a>],
    origin: Origin,
}

/// The fingerprints that are boilerplate.
#[derive(Default)]
pub(super) struct Boilerplate {
    /// Each with the place of its stories in `stories`, ascending.
    values: Vec<(u32, u32)>,
    /// Pages of different stories, one of each.
    stories: Vec<Vec<u32>>,
}

impl Boilerplate {
    /// Tells whether nothing is.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Gives a page of each of the stories around a fingerprint, if it is boilerplate.
    pub(super) fn stories_of(&self, value: u32) -> Option<&[u32]> {
        let place = self.values.binary_search_by_key(&value, |&(value, _)| value).ok()?;
        Some(&self.stories[self.values[place].1 as usize])
    }
}

impl<'a> Site<'a> {
    pub(super) fn new(pages: &'a [Page<'a>], origin: Origin) -> Self {
        Self { pages, origin }
    }

    /// Gives the distinct fingerprints of a page, ascending.
    fn values(&self, page: u32) -> Vec<u32> {
        let mut values: Vec<u32> =
            self.pages[page as usize].fingerprints.iter().map(|found| found.value).collect();
        values.sort_unstable();
        values.dedup();
        values
    }

    pub(super) fn boilerplate(&self, elsewhere: impl Fn(u32) -> bool + Sync) -> Boilerplate {
        let mut postings: Vec<(u32, u32)> = (0..)
            .zip(self.pages)
            .flat_map(|(page, at): (u32, _)| at.fingerprints.iter().map(move |found| (found.value, page)))
            .collect();
        postings.par_sort_unstable();
        postings.dedup();
        let fewest = match self.origin {
            Origin::OneSite if self.pages.len() <= FEW_PAGES => 2,
            _ => STORIES,
        };
        // Fingerprints with the same pages are one text: they are brought together by a hash of these pages.
        let mut texts: Vec<(u64, &[(u32, u32)])> = postings
            .chunk_by(|one, other| one.0 == other.0)
            .filter(|list| list.len() >= fewest && !elsewhere(list[0].0))
            .map(|list| {
                let mut hasher = Xxh3::new();
                list.iter().for_each(|&(_, page)| hasher.update(&page.to_le_bytes()));
                (hasher.digest(), list)
            })
            .collect();
        let pages_of = |list: &[(u32, u32)]| list.iter().map(|&(_, page)| page).collect::<Vec<u32>>();
        texts.par_sort_unstable_by_key(|&(hash, list)| (hash, list[0].0));
        let found: Vec<(Vec<u32>, Vec<u32>)> = texts
            .par_chunk_by(|one, other| one.0 == other.0)
            .filter_map(|text| {
                let stories = self.stories_around(&pages_of(text[0].1))?;
                Some((text.iter().map(|(_, list)| list[0].0).collect(), stories))
            })
            .collect();
        let mut out = Boilerplate::default();
        for (values, stories) in found {
            let place = out.stories.len() as u32;
            out.values.extend(values.into_iter().map(|value| (value, place)));
            out.stories.push(stories);
        }
        out.values.sort_unstable();
        out
    }

    /// Gives a page of each of the stories that stand around what these pages share, if it is boilerplate.
    fn stories_around(&self, pages: &[u32]) -> Option<Vec<u32>> {
        let look = self.look(pages);
        let stories = look.stories();
        let is_boilerplate = match self.origin {
            Origin::OneSite => self.repeats(&look, &stories),
            Origin::Unknown => self.repeats_without_doubt(&look, &stories),
        };
        is_boilerplate.then(|| stories.iter().map(|story| look.pages[story[0]]).collect())
    }

    fn look(&self, pages: &[u32]) -> Look {
        let step = pages.len().div_ceil(SAMPLE);
        let pages: Vec<u32> = pages.iter().copied().step_by(step).collect();
        let values: Vec<Vec<u32>> = pages.iter().map(|&page| self.values(page)).collect();
        let mut seen: Vec<u32> = values.concat();
        seen.sort_unstable();
        let shared: Vec<u32> = seen
            .chunk_by(|one, other| one == other)
            .filter(|run| run.len() * 5 >= pages.len() * 4)
            .map(|run| run[0])
            .collect();
        let rests: Vec<Vec<u32>> = values.iter().map(|values| without(values, &shared)).collect();
        let telling = (0..pages.len()).filter(|&place| rests[place].len() >= BRIEF).collect();
        Look { pages, shared, rests, telling }
    }

    /// Tells whether a site repeats what a few of its pages share: it stands around several stories, and not too many
    /// of the pages hold nothing else.
    fn repeats(&self, look: &Look, stories: &[Vec<usize>]) -> bool {
        if (look.pages.len() - look.telling.len()) * 3 > look.pages.len() {
            return false;
        }
        let outweighed = || look.telling.iter().all(|&place| look.outweighs(place));
        let framed = || look.telling.iter().all(|&place| self.frames(look, place));
        match stories.len() {
            0 | 1 => false,
            // Each of two stories is given several times, or is more than what they share, in one piece.
            2 => stories.iter().all(|story| story.len() > 1) || outweighed() && framed(),
            _ => true,
        }
    }

    /// Tells the same of pages of unknown sites, which may all carry one story.
    fn repeats_without_doubt(&self, look: &Look, stories: &[Vec<usize>]) -> bool {
        let outweighed = look.telling.iter().filter(|&&place| look.outweighs(place)).count();
        let framed = look.telling.iter().filter(|&&place| self.frames(look, place)).count();
        stories.len() >= STORIES_OF_UNKNOWN
            && (look.pages.len() - look.telling.len()) * 8 <= look.pages.len()
            && outweighed * 2 > look.pages.len()
            && framed * 5 >= look.telling.len() * 4
    }

    /// Tells whether all that is shared stands before and behind the rest of a page, as a template does; what two
    /// versions of a story share stands between what was changed.
    fn frames(&self, look: &Look, place: usize) -> bool {
        let is_rest = |found: &Fingerprint| look.shared.binary_search(&found.value).is_err();
        let fingerprints = self.pages[look.pages[place] as usize].fingerprints;
        fingerprints
            .chunk_by(|one, other| is_rest(one) == is_rest(other))
            .filter(|run| is_rest(&run[0]))
            .count()
            == 1
    }
}

/// A look at a few of the pages that share a text.
struct Look {
    pages: Vec<u32>,
    /// The fingerprints that nearly all of them share, ascending: one text with the one in question.
    shared: Vec<u32>,
    /// For each page its other fingerprints, ascending.
    rests: Vec<Vec<u32>>,
    /// The places of the pages that hold something else than the text.
    telling: Vec<usize>,
}

impl Look {
    /// Gives the stories besides the text, each as the places of the pages that hold it.
    fn stories(&self) -> Vec<Vec<usize>> {
        group(&self.telling, |one, other| {
            let common = common(&self.rests[one], &self.rests[other]);
            common * 3 >= self.rests[one].len().min(self.rests[other].len())
        })
    }

    /// Tells whether a page holds more of something else than of the text.
    fn outweighs(&self, place: usize) -> bool {
        self.rests[place].len() > self.shared.len()
    }
}

/// Puts pages that are linked, directly or by others, together.
fn group(pages: &[usize], linked: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut waiting = pages.to_vec();
    let mut out = Vec::new();
    while let Some(first) = waiting.first().copied() {
        waiting.remove(0);
        let mut story = vec![first];
        let mut next = 0;
        while next < story.len() {
            let page = story[next];
            let (near, far): (Vec<usize>, Vec<usize>) =
                waiting.iter().partition(|&&other| linked(page, other));
            story.extend(near);
            waiting = far;
            next += 1;
        }
        out.push(story);
    }
    out
}

/// Gives the values of one ascending list that are not in another.
fn without(values: &[u32], others: &[u32]) -> Vec<u32> {
    let mut others = others.iter().peekable();
    let mut is_other = |value: &u32| {
        while others.next_if(|next| *next < value).is_some() {}
        others.peek() == Some(&value)
    };
    values.iter().copied().filter(|value| !is_other(value)).collect()
}

/// Counts the values in both of two ascending lists.
fn common(one: &[u32], other: &[u32]) -> usize {
    let mut other = other.iter().peekable();
    let mut count = 0;
    for value in one {
        while other.next_if(|next| *next < value).is_some() {}
        count += usize::from(other.peek() == Some(&value));
    }
    count
}
