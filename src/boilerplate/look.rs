//! A few pages that share a text in, the stories that stand around it out.
//!
//! Cost: two looks at a bit for each fingerprint of these pages, and one into a small table for each that several have.

use super::{Origin, Pages};
use crate::sketch::{Fingerprint, keep_repeated};

/// Pages that are looked at for one shared text.
pub(super) const SAMPLE: usize = 12;
/// Fingerprints of the rest of a page that make a story of their own: about 30 words, a brief.
const BRIEF: usize = 6;
/// Different stories that a text must stand in where sites are unknown: a story is seldom on so many pages without
/// being seen alone on some.
pub(super) const STORIES_OF_UNKNOWN: usize = MANY_STORIES;
/// Different stories around a text that leave no doubt that its site repeats it: a story seldom has so many versions of
/// which each tells something else besides.
const MANY_STORIES: usize = 6;

/// Some of the pages that are looked at: a bit for each.
type Places = u16;

const _: () = assert!(SAMPLE <= Places::BITS as usize, "a bit for each page that is looked at");

/// Looks at pages. Holds the memory of one thread that does.
pub(super) struct Looker<'a> {
    pages: &'a dyn Pages,
    /// The values of all of them, each with the place of its page.
    values: Vec<(u32, u32)>,
    /// Those that may be repeated.
    table: Vec<Slot>,
    /// The slots of fingerprints that several pages have.
    joint: Vec<u32>,
    /// How far a hash is shifted to fall into the table.
    shift: u32,
    multiplier: u32,
}

/// A fingerprint of the pages that are looked at; empty if none stands there.
#[derive(Clone, Copy, Default)]
struct Slot {
    value: u32,
    /// The pages that have it.
    places: Places,
    /// Nearly all pages have it: it is one text with the one in question.
    is_shared: bool,
}

/// What stands around a text that is boilerplate.
pub(super) struct Around {
    /// A page of each of the stories.
    pub(super) stories: Vec<u32>,
    /// Whether the text may be a story in several versions all the same, if more speaks for that.
    pub(super) may_be_versions: bool,
}

/// What a look shows.
struct Look<'a> {
    sample: &'a [u32],
    /// How many fingerprints nearly all pages share.
    shared: usize,
    /// For each page how many others it has.
    rests: [usize; SAMPLE],
    /// The pages that hold something else than the text.
    telling: Places,
    /// The stories besides the text: the pages that hold each.
    stories: Vec<Places>,
}

impl<'a> Looker<'a> {
    pub(super) fn new(pages: &'a dyn Pages) -> Self {
        let (values, table, joint) = (Vec::new(), Vec::new(), Vec::new());
        Self { pages, values, table, joint, shift: 0, multiplier: 0 }
    }

    /// Gives what stands around what a few pages share, if it is boilerplate.
    pub(super) fn around(&mut self, sample: &[u32], origin: Origin) -> Option<Around> {
        let look = self.look(sample);
        let is_boilerplate = match origin {
            Origin::OneSite => self.repeats(&look),
            Origin::Unknown => self.repeats_without_doubt(&look),
            Origin::Apart => false,
        };
        let first = |story: &Places| sample[story.trailing_zeros() as usize];
        is_boilerplate.then(|| Around {
            stories: look.stories.iter().map(first).collect(),
            may_be_versions: origin == Origin::OneSite && look.may_be_versions(),
        })
    }

    fn look<'b>(&mut self, sample: &'b [u32]) -> Look<'b> {
        let mut rests = self.fill(sample);
        let mut shared = 0;
        // For each page how many fingerprints of its rest each other page has.
        let mut common = [[0_u32; SAMPLE]; SAMPLE];
        for &at in &self.joint {
            let slot = &mut self.table[at as usize];
            slot.is_shared = slot.places.count_ones() as usize * 5 >= sample.len() * 4;
            shared += usize::from(slot.is_shared);
            for place in each(slot.places) {
                if slot.is_shared {
                    rests[place] -= 1;
                } else {
                    for (other, common) in common[place].iter_mut().enumerate() {
                        *common += u32::from(slot.places & 1 << other != 0);
                    }
                }
            }
        }
        let telling = (0..sample.len()).filter(|&place| rests[place] >= BRIEF);
        let telling = telling.fold(0, |telling, place| telling | 1 << place);
        let linked = |one: usize| {
            let is_linked = |&other: &usize| common[one][other] as usize * 3 >= rests[one].min(rests[other]);
            each(telling).filter(is_linked).fold(0, |linked, other| linked | 1 << other)
        };
        Look { sample, shared, rests, telling, stories: group(telling, linked) }
    }

    /// Puts the fingerprints that may be repeated into the table; gives how many different ones each page has.
    fn fill(&mut self, sample: &[u32]) -> [usize; SAMPLE] {
        /// Should many values fall on one place by the first (input may be made for that), the next is taken.
        const MULTIPLIERS: [u32; 3] = [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D];
        let mut room = Vec::new();
        let mut counts = [0; SAMPLE];
        let mut values = std::mem::take(&mut self.values);
        values.clear();
        for (place, &page) in sample.iter().enumerate() {
            let found = self.pages.read_fingerprints(page, &mut room);
            values.extend(found.iter().map(|found| (found.value, place as u32)));
            counts[place] = found.len();
        }
        let some = keep_repeated(&mut values, |&(value, _)| value);
        let size = (2 * some.len()).next_power_of_two().max(2);
        self.shift = u32::BITS - size.ilog2();
        let tries = MULTIPLIERS.into_iter().zip([4 * size, 4 * size, usize::MAX]);
        let filled = tries.into_iter().find_map(|(multiplier, patience)| {
            self.multiplier = multiplier;
            self.table.clear();
            self.table.resize(size, Slot::default());
            self.joint.clear();
            self.insert_all(some, patience)
        });
        let again = filled.expect("the last try has patience for any table");
        self.values = values;
        std::array::from_fn(|place| counts[place] - again[place])
    }

    /// Puts values into the table, unless it meets more occupied slots than it has patience for; gives how many were
    /// there already, from the same page.
    fn insert_all(&mut self, values: &[(u32, u32)], mut patience: usize) -> Option<[usize; SAMPLE]> {
        let mut again = [0; SAMPLE];
        let mask = self.table.len() - 1;
        for &(value, place) in values {
            let mut at = self.place_of(value);
            while self.table[at].places != 0 && self.table[at].value != value {
                at = (at + 1) & mask;
                patience = patience.checked_sub(1)?;
            }
            let slot = &mut self.table[at];
            let (before, bit) = (slot.places, 1 << place);
            again[place as usize] += usize::from(before & bit != 0);
            *slot = Slot { value, places: before | bit, is_shared: false };
            if before & bit == 0 && before.is_power_of_two() {
                self.joint.push(at as u32);
            }
        }
        Some(again)
    }

    fn place_of(&self, value: u32) -> usize {
        (value.wrapping_mul(self.multiplier) >> self.shift) as usize
    }

    /// Tells whether nearly all pages share a fingerprint.
    fn is_shared(&self, value: u32) -> bool {
        let mut at = self.place_of(value);
        while self.table[at].places != 0 && self.table[at].value != value {
            at = (at + 1) & (self.table.len() - 1);
        }
        self.table[at].is_shared
    }

    /// Tells whether a site repeats what a few of its pages share: it stands around several stories, and not too many
    /// of the pages hold nothing else.
    fn repeats(&self, look: &Look<'_>) -> bool {
        if look.silent() * 3 > look.sample.len() {
            return false;
        }
        let mut telling = each(look.telling);
        match look.stories.as_slice() {
            [] | [_] => false,
            // Each of two stories is given several times, or is more than what they share, in one piece.
            [one, other] => {
                one.count_ones().min(other.count_ones()) > 1
                    || telling.all(|place| look.outweighs(place) && self.frames(look.sample[place]))
            }
            _ => true,
        }
    }

    /// Tells the same of pages of unknown sites, which may all carry one story.
    fn repeats_without_doubt(&self, look: &Look<'_>) -> bool {
        let outweighed = || each(look.telling).filter(|&place| look.outweighs(place)).count();
        let framed = || each(look.telling).filter(|&place| self.frames(look.sample[place])).count();
        look.stories.len() >= STORIES_OF_UNKNOWN
            && look.silent() * 8 <= look.sample.len()
            && outweighed() * 2 > look.sample.len()
            && framed() * 5 >= look.telling.count_ones() as usize * 4
    }

    /// Tells whether all that is shared stands before and behind the rest of a page, as a template does; what two
    /// versions of a story share stands between what was changed.
    fn frames(&self, page: u32) -> bool {
        let mut room = Vec::new();
        let fingerprints = self.pages.read_fingerprints(page, &mut room);
        let (mut pieces, mut in_rest) = (0, false);
        for &Fingerprint { value, .. } in fingerprints {
            let is_rest = !self.is_shared(value);
            pieces += usize::from(is_rest && !in_rest);
            in_rest = is_rest;
        }
        pieces == 1
    }
}

impl Look<'_> {
    /// Counts the pages that hold nothing else than the text.
    fn silent(&self) -> usize {
        self.sample.len() - self.telling.count_ones() as usize
    }

    /// Tells whether the text may be a story in several versions: there are few, and most hold more of it than of
    /// something else.
    fn may_be_versions(&self) -> bool {
        let outweighed = each(self.telling).filter(|&place| self.outweighs(place)).count();
        self.stories.len() < MANY_STORIES && outweighed * 2 <= self.telling.count_ones() as usize
    }

    /// Tells whether a page holds more of something else than of the text.
    fn outweighs(&self, place: usize) -> bool {
        self.rests[place] > self.shared
    }
}

/// Gives the numbers of pages, ascending.
fn each(mut places: Places) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (places != 0).then_some(places.trailing_zeros() as usize)?;
        places &= places - 1;
        Some(place)
    })
}

/// Puts pages that are linked, directly or by others, together; those with the least page come first.
fn group(pages: Places, linked: impl Fn(usize) -> Places) -> Vec<Places> {
    let mut waiting = pages;
    let mut out = Vec::new();
    while waiting != 0 {
        let mut next = 1 << waiting.trailing_zeros();
        let mut story = 0;
        while next != 0 {
            story |= next;
            waiting &= !next;
            next = each(next).fold(0, |near, page| near | linked(page)) & waiting;
        }
        out.push(story);
    }
    out
}
