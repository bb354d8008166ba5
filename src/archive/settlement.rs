//! Decides how stories continue, when articles are added or gone.
//!
//! A run finds stories among new articles and those that the archive knows to be near them. A story of the archive
//! continues in the story of the run that has most of its articles, if these are two or more, and at least half of those
//! that are left. Of several that continue in one, the id that was seen first survives; the others become its aliases. A
//! story of the run in which none continues gets a new id.
//!
//! Only what touches a new article changes, and what lost an article. What else the run finds among old articles may be
//! incomplete, since not all articles near them were looked at.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use xxhash_rust::xxh3::xxh3_64;

use super::event::EventKind;
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

/// How the stories of a run continue those of an archive.
#[derive(Debug)]
pub(super) struct Settlement {
    /// The id of each story of the run.
    pub(super) ids: Vec<StoryId>,
    pub(super) events: Vec<EventKind>,
}

/// Changes the stories of an archive to what a run found near new articles. The articles that are gone must be in
/// `state.gone` already; those among them that were there before are `lost`.
pub(super) fn settle(
    state: &mut State,
    stories_of: &StoriesOf,
    found: &[FoundStory],
    lost: &[u32],
    seen: Seconds,
) -> Settlement {
    let losing: BTreeSet<usize> = lost.iter().flat_map(|&number| stories_of.of(number)).collect();
    settle_some(state, stories_of, found, &losing, seen, reduced)
}

/// Changes the stories of an archive to what a run over all its articles found. A story that was not found again ends.
pub(super) fn settle_all(
    state: &mut State,
    stories_of: &StoriesOf,
    found: &[FoundStory],
    seen: Seconds,
) -> Settlement {
    let all: BTreeSet<usize> = (0..state.stories.len()).collect();
    settle_some(state, stories_of, found, &all, seen, |_, story, events| {
        events.push(EventKind::Ended { story_id: story.id });
        None
    })
}

/// Changes the stories of an archive that are `losing`, and those of which the run found more. `reduce` returns what is left
/// of one that is losing and was not found again.
fn settle_some(
    state: &mut State,
    stories_of: &StoriesOf,
    found: &[FoundStory],
    losing: &BTreeSet<usize>,
    seen: Seconds,
    reduce: impl Fn(&State, &Story, &mut Vec<EventKind>) -> Option<Story>,
) -> Settlement {
    let continued = continuations(state, stories_of, found);
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
    for (&old, &into) in &continued {
        if let Some(parts) = parts.get_mut(&into) {
            parts.push(old);
        }
    }
    let mut replaced: BTreeSet<usize> = parts.values().flatten().copied().collect();
    // What left a story that is replaced, and is a story of its own.
    let continuing: BTreeSet<usize> = continued.values().copied().collect();
    for (index, story) in found.iter().enumerate() {
        let has_left = |&number: &u32| stories_of.of(number).any(|old| replaced.contains(&old));
        let is_new = !continuing.contains(&index) && !parts.contains_key(&index);
        if is_new && story.members.iter().filter(|number| has_left(number)).count() > 1 {
            parts.insert(index, Vec::new());
        }
    }
    let mut events = Vec::new();
    let mut taken: BTreeSet<StoryId> = state.stories.iter().map(|story| story.id).collect();
    taken.extend(state.aliases.keys());
    let (mut ids, mut changed) = (vec![None; found.len()], Vec::new());
    for (&index, olds) in &parts {
        let story = settled(state, stories_of, &found[index], olds, &mut taken, seen, &mut events);
        ids[index] = Some(story.id);
        changed.push(story);
    }
    for &old in losing.iter().filter(|old| !continued.contains_key(old)) {
        replaced.insert(old);
        changed.extend(reduce(state, &state.stories[old], &mut events));
    }
    let of_old: BTreeMap<usize, StoryId> =
        continued.iter().map(|(&old, &into)| (into, state.current(state.stories[old].id))).collect();
    let kept = std::mem::take(&mut state.stories).into_iter().enumerate();
    state.stories = kept.filter(|(index, _)| !replaced.contains(index)).map(|(_, story)| story).collect();
    state.stories.extend(changed);
    state.stories.sort_by_key(|story| (story.seen, story.id));
    let id = |(index, id): (usize, Option<StoryId>)| {
        id.or_else(|| of_old.get(&index).copied()).unwrap_or(found[index].id)
    };
    Settlement { ids: ids.into_iter().enumerate().map(id).collect(), events }
}

/// Returns for each story of the archive that continues the story of the run in which it does.
fn continuations(state: &State, stories_of: &StoriesOf, found: &[FoundStory]) -> BTreeMap<usize, usize> {
    // For each story of the archive the stories of the run that share articles with it, and how many.
    let mut shared: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for (index, story) in found.iter().enumerate() {
        for old in story.members.iter().flat_map(|&number| stories_of.of(number)) {
            *shared.entry(old).or_default().entry(index).or_default() += 1;
        }
    }
    let continued = |(old, shared): (usize, BTreeMap<usize, usize>)| {
        let story = &state.stories[old];
        let left = story.members.iter().filter(|&&number| state.is_live(number)).count();
        let has_representative =
            |index: usize| found[index].members.binary_search(&story.representative).is_ok();
        let (into, count) = shared
            .into_iter()
            .max_by_key(|&(index, count)| (count, has_representative(index), Reverse(index)))?;
        (count > 1 && 2 * count >= left).then_some((old, into))
    };
    shared.into_iter().filter_map(continued).collect()
}

/// Returns a story of the run as the archive remembers it; `olds` continue in it.
fn settled(
    state: &mut State,
    stories_of: &StoriesOf,
    found: &FoundStory,
    olds: &[usize],
    taken: &mut BTreeSet<StoryId>,
    seen: Seconds,
    events: &mut Vec<EventKind>,
) -> Story {
    let (representative, key) = (found.representative.0, &found.representative.1);
    // What `dedup` removed was not looked at, and stays a member.
    let not_looked_at = |number: &u32| state.is_live(*number) && state.not_kept.contains(*number);
    let others = olds.iter().flat_map(|&old| &state.stories[old].members).copied().filter(not_looked_at);
    let members: BTreeSet<u32> = found.members.iter().copied().chain(others).collect();
    let members: Vec<u32> = members.into_iter().collect();
    let Some(&oldest) = olds.iter().min_by_key(|&&old| (state.stories[old].seen, state.stories[old].id))
    else {
        let mut id = found.id;
        // An id is never used again.
        while !taken.insert(id) {
            id = StoryId(xxh3_64(&id.0.to_le_bytes()));
        }
        events.push(EventKind::Assigned { story_id: id, representative: key.clone(), size: members.len() });
        let from: BTreeSet<usize> = members.iter().flat_map(|&number| stories_of.of(number)).collect();
        let shared = |old: usize| {
            let story = &state.stories[old].members;
            members.iter().filter(|number| story.binary_search(number).is_ok()).count()
        };
        events.extend(
            from.into_iter()
                .filter(|&old| shared(old) > 1)
                .map(|old| EventKind::Split { story_id: id, from: state.stories[old].id }),
        );
        return Story { id, seen, representative, members };
    };
    let Story { id, seen, representative: before, .. } = state.stories[oldest];
    for merged in olds.iter().filter(|&&old| old != oldest).map(|&old| state.stories[old].id) {
        state.aliases.insert(merged, id);
        events.push(EventKind::Merged { story_id: merged, into: id });
    }
    if before != representative {
        events.push(EventKind::RepresentativeChanged { story_id: id, representative: key.clone() });
    }
    Story { id, seen, representative, members }
}

/// Returns what is left of a story that lost articles and was not found again.
fn reduced(state: &State, story: &Story, events: &mut Vec<EventKind>) -> Option<Story> {
    let members: Vec<u32> = story.members.iter().copied().filter(|&number| state.is_live(number)).collect();
    if members.len() < 2 {
        events.push(EventKind::Ended { story_id: story.id });
        return None;
    }
    let representative = if state.is_live(story.representative) { story.representative } else { members[0] };
    Some(Story { representative, members, ..story.clone() })
}
