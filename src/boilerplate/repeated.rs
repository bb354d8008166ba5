//! Pages of sites in, for each site the fingerprints that are boilerplate out, each with the stories that it was seen
//! in, and a filter of those that several pages have.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::lists::Lists;
use super::look::{Around, Looker, SAMPLE, STORIES_OF_UNKNOWN};
use super::{MaskingBudget, Origin, Pages, Site};
use crate::error::Error;
use crate::sketch::ValueFilter;

/// Different stories that a text of a site must stand in; two are enough where the site leaves no doubt about them.
const STORIES: usize = 3;
/// Pages of a site of which two may be all the evidence there is.
const FEW_PAGES: usize = 3;
/// Pages from which on a site would show that it repeats something; those with fewer say nothing either way.
const TELLING_PAGES: usize = 3;

/// Looks that one thread takes before others may take over.
const LOOKS: usize = 256;

/// What sites repeat around different stories.
///
/// What other sites mostly carry once, as they carry a story, is no boilerplate. Where sites are unknown a text that
/// many pages share may be a story that many sites carry, each on a page with much of its own. So only what frames its
/// pages, is mostly shorter than what it frames, and is hardly ever seen without, is boilerplate there.
#[derive(Debug)]
pub struct Repeated {
    /// For each page the number of its site.
    site_of: Vec<u32>,
    sites: Vec<Boilerplate>,
    stories: Stories,
    shared: ValueFilter,
}

/// The boilerplate of a site.
#[derive(Debug)]
pub(super) struct Boilerplate {
    /// Its fingerprints, ascending, each with the number of its stories.
    values: Vec<(u32, u32)>,
    /// Has a bit set for each of them: most others are told from them at a glance.
    filter: ValueFilter,
}

/// Pages of different stories, one of each, for each text that is boilerplate.
#[derive(Debug, Default)]
struct Stories {
    pages: Vec<u32>,
    ends: Vec<u32>,
}

/// A fingerprint that pages of a site share. Those with the same pages to look at are one text.
struct Shared {
    text: Text,
    value: u32,
    /// Where the pages that are looked at stand.
    sample: Range<u32>,
    /// Whether it stands on a site, too, of which too few pages are known to show what that repeats.
    elsewhere: bool,
}

/// What tells a text from others: the first of the pages that are looked at, and a hash of them all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    page: u32,
    hash: u64,
}

/// What was found of a text.
struct Verdict {
    text: Text,
    /// The number of its stories, if it is boilerplate.
    stories: Option<u32>,
    /// Whether it may be a story in several versions, too.
    may_be_versions: bool,
    /// How many fingerprints it has, and how many of them stand elsewhere, too.
    counts: [u32; 2],
}

/// What is shared, with the pages that are looked at.
#[derive(Default)]
struct Finds {
    shared: Vec<Shared>,
    samples: Vec<u32>,
    /// All values that stand in several places.
    values: Vec<u32>,
}

impl Repeated {
    /// Finds it. `sites` stand one behind the other in `pages`.
    ///
    /// # Errors
    /// An [`Error::Storage`] where what does not fit into memory cannot be kept.
    pub fn new(pages: &dyn Pages, sites: &[Site], room: &MaskingBudget) -> Result<Self, Error> {
        let mut stories = Stories::default();
        let mut verdicts: Vec<Verdict> = Vec::new();
        let mut values: Vec<(u32, u32, u32)> = Vec::new();
        let site_of: Vec<u32> =
            (0..).zip(sites).flat_map(|(number, site)| site.pages.clone().map(move |_| number)).collect();
        let of = |text: Text| site_of[text.page as usize];
        let known_sites = Sites { sites, of_page: &site_of };
        let lists = Lists::new(pages, room)?;
        let mut shared = ValueFilter::new(lists.len());
        for slice in lists.slices() {
            let mut finds = Finds::default();
            for more in lists.for_each(&slice, Finds::default, |finds, value, pages| {
                finds.add(&known_sites, value, pages);
            }) {
                finds.append(more);
            }
            finds.values.iter().for_each(|&value| shared.insert(value));
            finds.shared.par_sort_unstable_by_key(|shared| (shared.text, shared.value));
            let texts = || finds.shared.chunk_by(|one, other| one.text == other.text);
            let known = |text: Text| verdicts.binary_search_by_key(&text, |verdict| verdict.text);
            let new: Vec<&[Shared]> = texts().filter(|text| known(text[0].text).is_err()).collect();
            // Texts with the same first page, and often others in common, are looked at one after the other.
            let looked: Vec<Option<Around>> = new
                .par_iter()
                .with_max_len(LOOKS)
                .map_init(
                    || Looker::new(pages),
                    |looker, text| {
                        let origin = sites[of(text[0].text) as usize].origin;
                        looker.around(finds.sample(&text[0]), origin)
                    },
                )
                .collect();
            let verdict = |(text, around): (&&[Shared], Option<Around>)| Verdict {
                text: text[0].text,
                may_be_versions: around.as_ref().is_some_and(|around| around.may_be_versions),
                stories: around.map(|around| stories.push(&around.stories)),
                counts: [0; 2],
            };
            verdicts.extend(new.iter().zip(looked).map(verdict));
            // Two ascending stretches, which this sort merges.
            verdicts.sort_by_key(|verdict| verdict.text);
            let mut known = verdicts.iter_mut();
            for text in texts() {
                let Some(verdict) = known.find(|verdict| verdict.text == text[0].text) else { continue };
                let elsewhere = text.iter().filter(|shared| shared.elsewhere).count();
                verdict.counts[0] += text.len() as u32;
                verdict.counts[1] += elsewhere as u32;
                if let Some(number) = verdict.stories {
                    let site = of(text[0].text);
                    values.extend(text.iter().map(|shared| (site, shared.value, number)));
                }
            }
        }
        let versions = verdicts.iter().filter(|verdict| verdict.is_versions());
        let versions: BTreeSet<u32> = versions.filter_map(|verdict| verdict.stories).collect();
        values.retain(|(_, _, number)| !versions.contains(number));
        values.par_sort_unstable();
        let mut values = values.as_slice();
        let mut boilerplate = |site: usize| {
            let (here, behind) = values.split_at(values.partition_point(|value| value.0 as usize <= site));
            values = behind;
            Boilerplate::new(here.iter().map(|&(_, value, stories)| (value, stories)).collect())
        };
        let sites = (0..sites.len()).map(&mut boilerplate).collect();
        Ok(Self { site_of, sites, stories, shared })
    }

    /// Gives what the site of a page repeats.
    pub(super) fn on_site_of(&self, page: u32) -> &Boilerplate {
        &self.sites[self.site_of[page as usize] as usize]
    }

    /// Gives a page of each of the stories of that number.
    pub(super) fn stories(&self, number: u32) -> &[u32] {
        self.stories.of(number)
    }

    /// Gives all fingerprints that several pages have, of one site or of several. A filter of these says now and then
    /// that another one is, too.
    pub(crate) fn into_shared(self) -> ValueFilter {
        self.shared
    }
}

impl Boilerplate {
    /// Makes it of fingerprints, ascending.
    fn new(values: Vec<(u32, u32)>) -> Self {
        /// Bits for each value: one of so many others passes.
        const BITS: usize = 16;
        let mut filter = ValueFilter::new(values.len() * BITS);
        values.iter().for_each(|&(value, _)| filter.insert(value));
        Self { values, filter }
    }

    /// Tells whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Gives the number of a fingerprint's stories, if it is boilerplate.
    pub(super) fn stories_of(&self, value: u32) -> Option<u32> {
        if !self.filter.may_hold(value) {
            return None;
        }
        let place = self.values.binary_search_by_key(&value, |&(value, _)| value).ok()?;
        Some(self.values[place].1)
    }
}

impl Verdict {
    /// Tells whether it is a story in several versions rather than boilerplate: most of it stands on another site,
    /// which is not known to repeat it.
    fn is_versions(&self) -> bool {
        let [all, elsewhere] = self.counts;
        self.may_be_versions && elsewhere * 2 > all
    }
}

impl Stories {
    /// Puts the stories of a text behind the others; gives their number.
    fn push(&mut self, stories: &[u32]) -> u32 {
        self.pages.extend(stories);
        self.ends.push(self.pages.len() as u32);
        self.ends.len() as u32 - 1
    }

    fn of(&self, number: u32) -> &[u32] {
        let begin = if number == 0 { 0 } else { self.ends[number as usize - 1] };
        &self.pages[begin as usize..self.ends[number as usize] as usize]
    }
}

impl Finds {
    /// Adds a value for each site of which enough of these pages are, unless most sites tell a story by it.
    fn add(&mut self, sites: &Sites<'_>, value: u32, pages: &[u32]) {
        self.values.push(value);
        let is_repeated = |&(site, pages): &(&Site, &[u32])| distinct(pages).count() >= site.fewest();
        if !sites.divide(pages).any(|on_site| is_repeated(&on_site)) || sites.mostly_once(pages) {
            return;
        }
        let elsewhere =
            sites.divide(pages).any(|(site, _)| !site.is_telling() && site.origin != Origin::Unknown);
        for (_, pages) in sites.divide(pages).filter(is_repeated) {
            let step = distinct(pages).count().div_ceil(SAMPLE);
            let begin = self.samples.len();
            self.samples.extend(distinct(pages).step_by(step));
            let mut bytes = [0; SAMPLE * size_of::<u32>()];
            let sample = &self.samples[begin..];
            for (bytes, page) in bytes.chunks_exact_mut(size_of::<u32>()).zip(sample) {
                bytes.copy_from_slice(&page.to_le_bytes());
            }
            let hash = xxh3_64(&bytes[..size_of_val(sample)]);
            let text = Text { page: sample[0], hash };
            let sample = begin as u32..self.samples.len() as u32;
            self.shared.push(Shared { text, value, sample, elsewhere });
        }
    }

    fn append(&mut self, more: Self) {
        let begin = self.samples.len() as u32;
        self.samples.extend(more.samples);
        self.values.extend(more.values);
        let shift = |shared: Shared| Shared {
            sample: shared.sample.start + begin..shared.sample.end + begin,
            ..shared
        };
        self.shared.extend(more.shared.into_iter().map(shift));
    }

    fn sample(&self, shared: &Shared) -> &[u32] {
        &self.samples[shared.sample.start as usize..shared.sample.end as usize]
    }
}

impl Site {
    /// Gives the fewest pages that may show boilerplate.
    fn fewest(&self) -> usize {
        match self.origin {
            Origin::OneSite if self.pages.len() <= FEW_PAGES => 2,
            Origin::OneSite => STORIES,
            Origin::Unknown => STORIES_OF_UNKNOWN,
            Origin::Apart => usize::MAX,
        }
    }

    /// Tells whether there are enough pages to show what it repeats.
    fn is_telling(&self) -> bool {
        self.origin == Origin::OneSite && self.pages.len() >= TELLING_PAGES
    }
}

/// Sites, with the number of each page's.
struct Sites<'a> {
    sites: &'a [Site],
    of_page: &'a [u32],
}

impl Sites<'_> {
    /// Gives the pages of each site among ascending ones.
    fn divide<'a>(&'a self, pages: &'a [u32]) -> impl Iterator<Item = (&'a Site, &'a [u32])> {
        let number = |page: &u32| self.of_page[*page as usize];
        let of_sites = pages.chunk_by(move |one, other| number(one) == number(other));
        of_sites.map(move |pages| (&self.sites[number(&pages[0]) as usize], pages))
    }

    /// Tells whether more sites carry a value in one place than in several: a story, not a template, if some site
    /// repeats it.
    fn mostly_once(&self, pages: &[u32]) -> bool {
        let (mut once, mut several) = (0, 0);
        for (site, pages) in self.divide(pages) {
            if site.is_telling() {
                *(if pages.len() == 1 { &mut once } else { &mut several }) += 1;
            }
        }
        several > 0 && once >= several
    }
}

/// Passes over what is repeated among ascending pages.
fn distinct(pages: &[u32]) -> impl Iterator<Item = u32> {
    pages.chunk_by(|one, other| one == other).map(|run| run[0])
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::{Page, naive};
    use super::*;
    use crate::sketch::Fingerprint;

    /// Makes the fingerprints of a page: blocks that other pages may have, and some of its own between them.
    fn fingerprints(number: usize, blocks: &[(u32, u32)]) -> Vec<Fingerprint> {
        let own = |block: u32, count: u32| {
            (0..count).map(move |at| 1_000_000 * (number as u32 + 1) + 50 * block + at)
        };
        let mut values: Vec<u32> = Vec::new();
        for (place, &(block, count)) in (0..).zip(blocks) {
            values.extend((0..3 + block).map(|at| 100 * block + at));
            values.extend(own(place, count));
        }
        // Spread over the range of values.
        let spread = |value: u32| value.wrapping_mul(0x9E37_79B1);
        (0..).zip(values).map(|(position, value)| Fingerprint { value: spread(value), position }).collect()
    }

    fn found(repeated: &Repeated) -> BTreeMap<(usize, u32), Vec<u32>> {
        let of_site = |(site, boilerplate): (usize, &Boilerplate)| {
            let value = |&(value, number): &(u32, u32)| ((site, value), repeated.stories(number).to_vec());
            boilerplate.values.iter().map(value).collect::<Vec<_>>()
        };
        repeated.sites.iter().enumerate().flat_map(of_site).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn same_as_the_naive_twin_in_any_memory(
            blocks in prop::collection::vec(prop::collection::vec((0_u32..9, 0_u32..30), 1..4), 0..40),
            cuts in prop::collection::vec(0_usize..40, 0..3),
            last in prop::sample::select(vec![Origin::OneSite, Origin::Unknown, Origin::Apart]),
        ) {
            let fingerprints: Vec<Vec<Fingerprint>> =
                blocks.iter().enumerate().map(|(number, blocks)| fingerprints(number, blocks)).collect();
            let pages: Vec<Page<'_>> =
                fingerprints.iter().map(|fingerprints| Page { tokens: &[], fingerprints }).collect();
            let mut ends: Vec<usize> = cuts.into_iter().map(|cut| cut.min(pages.len())).collect();
            ends.push(pages.len());
            ends.sort_unstable();
            let begins = std::iter::once(0).chain(ends.iter().copied());
            let mut sites: Vec<Site> = begins
                .zip(&ends)
                .map(|(begin, &end)| Site { origin: Origin::OneSite, pages: begin..end })
                .collect();
            if let Some(site) = sites.last_mut() {
                site.origin = last;
            }
            let naive = naive::repeated(&pages, &sites);
            let mut holders: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
            for (page, all) in fingerprints.iter().enumerate() {
                for found in all {
                    holders.entry(found.value).or_default().insert(page);
                }
            }
            holders.retain(|_, pages| pages.len() > 1);
            let several: Vec<u32> = holders.into_keys().collect();
            for bytes in [0, 2000, usize::MAX] {
                let folder = std::env::temp_dir();
                let room = MaskingBudget { folder, reserve: 0, held: bytes, sorted: bytes, found: bytes };
                let repeated = Repeated::new(&pages, &sites, &room).unwrap();
                prop_assert_eq!(&found(&repeated), &naive);
                let shared = repeated.into_shared();
                prop_assert!(several.iter().all(|&value| shared.may_hold(value)));
            }
        }
    }
}
