//! Decides how stories continue, when articles are added or gone.
//!
//! A run finds stories among new articles and those that the archive knows to be near them. A story of the archive
//! continues in the story of the run that has most of its articles, if these are two or more, and at least half of those
//! that are left; or the only one that is left. What `dedup` removed does not count, unless the run found it. An article
//! that was taken in again with other words counts as the one whose place it takes. Of several stories that continue in
//! one, the id that was seen first survives; the others become its aliases. A story of the run in which none continues gets
//! a new id, which no story had before.
//!
//! Only what touches a new article changes, and what lost an article, to another story or altogether. What else the run
//! finds among old articles may be incomplete, since not all articles near them were looked at. A story of the archive of
//! which only some articles were looked at, such as one on the same page as a near one, does not continue in anything.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

use super::event::EventKind;
use super::number_set::NumberSet;
use super::state::{State, StoriesOf, Story};
use crate::cluster::StoryId;
use crate::provenance::Seconds;

/// A story that a run found.
#[derive(Clone, Debug)]
pub(super) struct FoundStory {
    /// The id that the run gave it.
    pub(super) id: StoryId,
    /// The number and the key of the article that represents it.
    pub(super) representative: (u32, String),
    /// The numbers of its articles, ascending.
    pub(super) members: Vec<u32>,
    /// True if one of them is new.
    pub(super) is_touched: bool,
}

/// The result of a run over some articles of an archive and new ones, or over all.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoundStories<'a> {
    pub(super) stories: &'a [FoundStory],
    /// The numbers of the articles that were looked at; nothing if all were.
    pub(super) compared: Option<&'a NumberSet>,
    /// The numbers of articles that take the place of others, with the numbers of these.
    pub(super) revisions: &'a BTreeMap<u32, u32>,
}

/// The ids that the stories of a run get, and the events by which they continue those of an archive.
#[derive(Debug)]
pub(super) struct Settlement {
    /// The id of each story of the run.
    pub(super) ids: Vec<StoryId>,
    pub(super) events: Vec<EventKind>,
    /// The stories that lost the article that represented them, each with the number of the one that does now.
    pub(super) represented_anew: Vec<(StoryId, u32)>,
}

/// Changes the stories of an archive to what a run found near new articles. The articles that are gone must be in
/// `state.gone` already; those among them that were there before are `lost`.
pub(super) fn settle(
    state: &mut State,
    stories_of: &StoriesOf,
    found: FoundStories<'_>,
    lost: &[u32],
    seen: Seconds,
) -> Settlement {
    let continuation = Continuation::new(state, stories_of, found);
    let mut losing: BTreeSet<usize> = lost.iter().flat_map(|&number| stories_of.of(number)).collect();
    let is_touched = |(&index, &count): (&usize, &usize)| count > 1 && found.stories[index].is_touched;
    let touched = continuation.shared.iter().filter(|(_, shared)| shared.iter().any(is_touched));
    losing.extend(touched.map(|(&old, _)| old));
    settle_some(state, &continuation, &losing, seen, reduced)
}

/// Changes the stories of an archive that lost articles, which must be in `state.gone` already.
pub(super) fn settle_without(
    state: &mut State,
    stories_of: &StoriesOf,
    lost: &[u32],
    seen: Seconds,
) -> Settlement {
    let (compared, revisions) = (NumberSet::default(), BTreeMap::new());
    let found = FoundStories { stories: &[], compared: Some(&compared), revisions: &revisions };
    settle(state, stories_of, found, lost, seen)
}

/// Changes the stories of an archive to what a run over all its articles found. A story that was not found again ends.
pub(super) fn settle_all(
    state: &mut State,
    stories_of: &StoriesOf,
    found: &[FoundStory],
    seen: Seconds,
) -> Settlement {
    let found = FoundStories { stories: found, compared: None, revisions: &BTreeMap::new() };
    let continuation = Continuation::new(state, stories_of, found);
    let all: BTreeSet<usize> = (0..state.stories.len()).collect();
    settle_some(state, &continuation, &all, seen, |_, _, _| None)
}

/// Changes the stories of an archive that are `losing`, and those of which the run found more. `reduce` returns what is left
/// of one that is losing and does not continue, without articles that other stories got; nothing if it ends.
fn settle_some(
    state: &mut State,
    continuation: &Continuation<'_>,
    losing: &BTreeSet<usize>,
    seen: Seconds,
    reduce: impl Fn(&State, &Story, &BTreeSet<u32>) -> Option<Story>,
) -> Settlement {
    let Continuation { found, continued, .. } = continuation;
    // The stories of the run that change the archive, with the stories that continue in them.
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, _) in found.iter().enumerate().filter(|(_, story)| story.is_touched) {
        parts.insert(index, Vec::new());
    }
    for old in losing {
        if let Some(&into) = continued.get(old) {
            parts.entry(into).or_default();
        }
    }
    for (&old, &into) in continued {
        if let Some(parts) = parts.get_mut(&into) {
            parts.push(old);
        }
    }
    let continued_in_parts = parts.values().flatten().copied();
    let not_continued = losing.iter().copied().filter(|old| !continued.contains_key(old));
    let replaced: BTreeSet<usize> = continued_in_parts.chain(not_continued.clone()).collect();
    // What left a story that is replaced, and is a story of its own.
    let continuing: BTreeSet<usize> = continued.values().copied().collect();
    for (index, story) in found.iter().enumerate() {
        let has_left = |&number: &u32| continuation.olds(number).any(|old| replaced.contains(&old));
        let is_new = !continuing.contains(&index) && !parts.contains_key(&index);
        if is_new && story.members.iter().filter(|number| has_left(number)).count() > 1 {
            parts.insert(index, Vec::new());
        }
    }
    let (mut events, mut represented_anew) = (Vec::new(), Vec::new());
    let mut taken: BTreeSet<StoryId> = state.stories.iter().map(|story| story.id).collect();
    taken.extend(state.aliases.keys());
    let (mut ids, mut changed) = (vec![None; found.len()], Vec::new());
    for (&index, olds) in &parts {
        let story = match olds.iter().min_by_key(|&&old| (state.stories[old].seen, state.stories[old].id)) {
            Some(&oldest) => continued_story(state, continuation, index, olds, oldest, &mut events),
            None => new_story(state, continuation, index, &mut taken, seen, &mut events),
        };
        ids[index] = Some(story.id);
        changed.push(story);
    }
    for old in not_continued {
        let story = &state.stories[old];
        match reduce(state, story, &continuation.moved(old, &parts)) {
            Some(reduced) => {
                if reduced.representative != story.representative {
                    represented_anew.push((story.id, reduced.representative));
                }
                changed.push(reduced);
            }
            None => events.push(EventKind::Ended { story_id: story.id }),
        }
    }
    let of_old: BTreeMap<usize, StoryId> =
        continued.iter().map(|(&old, &into)| (into, state.current(state.stories[old].id))).collect();
    let kept = std::mem::take(&mut state.stories).into_iter().enumerate();
    state.stories = kept.filter(|(index, _)| !replaced.contains(index)).map(|(_, story)| story).collect();
    state.stories.extend(changed);
    state.stories.sort_by_key(|story| (story.seen, story.id));
    state.ended += events.iter().filter(|event| matches!(event, EventKind::Ended { .. })).count() as u64;
    let id = |(index, id): (usize, Option<StoryId>)| {
        id.or_else(|| of_old.get(&index).copied()).unwrap_or(found[index].id)
    };
    Settlement { ids: ids.into_iter().enumerate().map(id).collect(), events, represented_anew }
}

/// The stories of a run in which those of an archive continue.
struct Continuation<'a> {
    stories_of: &'a StoriesOf,
    found: &'a [FoundStory],
    revisions: &'a BTreeMap<u32, u32>,
    /// The stories of the archive of which not all articles were looked at.
    partial: BTreeSet<usize>,
    /// For each story of the archive the stories of the run that share articles with it, and the number of these.
    shared: BTreeMap<usize, BTreeMap<usize, usize>>,
    /// For each story of the archive that continues the story of the run in which it does.
    continued: BTreeMap<usize, usize>,
}

impl<'a> Continuation<'a> {
    fn new(state: &State, stories_of: &'a StoriesOf, found: FoundStories<'a>) -> Self {
        let FoundStories { stories: found, compared, revisions } = found;
        let (partial, shared, continued) = (BTreeSet::new(), BTreeMap::new(), BTreeMap::new());
        let mut out = Self { stories_of, found, revisions, partial, shared, continued };
        let mut shared: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for (index, story) in found.iter().enumerate() {
            for old in story.members.iter().flat_map(|&number| out.olds(number)) {
                *shared.entry(old).or_default().entry(index).or_default() += 1;
            }
        }
        let is_found: BTreeSet<u32> =
            found.iter().flat_map(|story| &story.members).map(|&number| out.before(number)).collect();
        // What `dedup` removed need not have been looked at.
        let counts = |&number: &u32| {
            is_found.contains(&number) || state.is_live(number) && !state.not_kept.contains(number)
        };
        if let Some(compared) = compared {
            let is_whole = |old: &usize| {
                let mut counting = state.stories[*old].members.iter().filter(|number| counts(number));
                counting.all(|&number| is_found.contains(&number) || compared.contains(number))
            };
            shared.retain(|old, _| is_whole(old) || !out.partial.insert(*old));
        }
        let continued = |(&old, shared): (&usize, &BTreeMap<usize, usize>)| {
            let story = &state.stories[old];
            let left = story.members.iter().filter(|number| counts(number)).count();
            let has_representative = |index: usize| {
                found[index].members.iter().any(|&number| out.before(number) == story.representative)
            };
            let (&into, &count) = shared.iter().max_by_key(|&(&index, &count)| {
                // A story is in a longer version of it, too: it continues in what has least besides.
                let size = Reverse(found[index].members.len());
                (count, size, found[index].id == story.id, has_representative(index), Reverse(index))
            })?;
            (count >= left.min(2) && 2 * count >= left).then_some((old, into))
        };
        out.continued = shared.iter().filter_map(continued).collect();
        out.shared = shared;
        out
    }

    /// Returns the number of the article whose place an article took, or its own.
    fn before(&self, number: u32) -> u32 {
        self.revisions.get(&number).copied().unwrap_or(number)
    }

    /// Returns the indexes of the stories of the archive that an article belongs to, or the one whose place it took; without
    /// those of which not all articles were looked at.
    fn olds(&self, number: u32) -> impl Iterator<Item = usize> + '_ {
        self.stories_of.of(self.before(number)).filter(|old| !self.partial.contains(old))
    }

    /// Returns the stories of the archive that two articles or more of a story of the run have left.
    fn left_by(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let has_left = move |old: usize| {
            let stays = |number: &u32| {
                let into = self.continued.get(&old).map(|&into| &self.found[into].members);
                into.is_some_and(|members| members.binary_search(number).is_ok())
            };
            let left = self.found[index].members.iter().filter(|number| !stays(number));
            left.filter(|&&number| self.olds(number).any(|other| other == old)).count() > 1
        };
        let shares = move |(_, shared): &(&usize, &BTreeMap<usize, usize>)| shared.contains_key(&index);
        self.shared.iter().filter(shares).map(|(&old, _)| old).filter(move |&old| has_left(old))
    }

    /// Returns the articles that `parts`, stories of the run, got from a story of the archive that continues in none.
    fn moved(&self, old: usize, parts: &BTreeMap<usize, Vec<usize>>) -> BTreeSet<u32> {
        let shared = self.shared.get(&old).into_iter().flatten();
        let parts = shared.filter(|&(index, &count)| count > 1 && parts.contains_key(index));
        parts.flat_map(|(&index, _)| self.found[index].members.iter().copied()).collect()
    }
}

/// Returns a story of the run in which none of the archive continues, as the archive remembers it.
fn new_story(
    state: &State,
    continuation: &Continuation<'_>,
    index: usize,
    taken: &mut BTreeSet<StoryId>,
    seen: Seconds,
    events: &mut Vec<EventKind>,
) -> Story {
    let FoundStory { id, representative: (representative, key), members, .. } = &continuation.found[index];
    // The run gives the same story the same id each time. If it may have ended meanwhile, it gets another one.
    let mut id = if state.ended == 0 { *id } else { hashed(*id, state.ended) };
    while !taken.insert(id) {
        id = hashed(id, state.ended);
    }
    events.push(EventKind::Assigned { story_id: id, representative: key.clone(), size: members.len() });
    let from = continuation.left_by(index);
    events.extend(from.map(|old| EventKind::Split { story_id: id, from: state.stories[old].id }));
    Story { id, seen, representative: *representative, members: members.clone() }
}

/// Returns an id that depends on another one and on a number.
fn hashed(id: StoryId, salt: u64) -> StoryId {
    StoryId(xxh3_64(&[id.0.to_le_bytes(), salt.to_le_bytes()].concat()))
}

/// Returns a story of the run as the archive remembers it; `olds` continue in it, of which `oldest` was seen first.
fn continued_story(
    state: &mut State,
    continuation: &Continuation<'_>,
    index: usize,
    olds: &[usize],
    oldest: usize,
    events: &mut Vec<EventKind>,
) -> Story {
    let FoundStory { representative: (representative, key), members, .. } = &continuation.found[index];
    // What `dedup` removed was not looked at, and stays a member.
    let not_looked_at = |number: &u32| state.is_live(*number) && state.not_kept.contains(*number);
    let others = olds.iter().flat_map(|&old| &state.stories[old].members).copied().filter(not_looked_at);
    let members: BTreeSet<u32> = members.iter().copied().chain(others).collect();
    let Story { id, seen, representative: before, .. } = state.stories[oldest];
    for merged in olds.iter().filter(|&&old| old != oldest).map(|&old| state.stories[old].id) {
        state.aliases.insert(merged, id);
        events.push(EventKind::Merged { story_id: merged, into: id });
    }
    if before != continuation.before(*representative) {
        events.push(EventKind::RepresentativeChanged { story_id: id, representative: key.clone() });
    }
    Story { id, seen, representative: *representative, members: members.into_iter().collect() }
}

/// Returns what is left of a story that lost articles and does not continue in a story of the run, which are gone or
/// `moved`; nothing if it ends.
fn reduced(state: &State, story: &Story, moved: &BTreeSet<u32>) -> Option<Story> {
    let is_left = |number: u32| state.is_live(number) && !moved.contains(&number);
    let members: Vec<u32> = story.members.iter().copied().filter(|&number| is_left(number)).collect();
    if members.len() < 2 {
        return None;
    }
    let representative = if is_left(story.representative) { story.representative } else { members[0] };
    Some(Story { representative, members, ..story.clone() })
}

#[cfg(test)]
mod tests;
