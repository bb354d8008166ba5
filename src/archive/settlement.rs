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
//! finds among old articles may be incomplete, since not all articles near them were looked at.

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
/// `state.gone` already; those among them that were there before are `lost`. `revisions` has the numbers of articles that
/// take the place of others, with the numbers of these.
pub(super) fn settle(
    state: &mut State,
    stories_of: &StoriesOf,
    found: &[FoundStory],
    lost: &[u32],
    revisions: &BTreeMap<u32, u32>,
    seen: Seconds,
) -> Settlement {
    let continuation = Continuation::new(state, stories_of, found, revisions);
    let mut losing: BTreeSet<usize> = lost.iter().flat_map(|&number| stories_of.of(number)).collect();
    let is_touched = |(&index, &count): (&usize, &usize)| count > 1 && found[index].is_touched;
    let touched = continuation.shared.iter().filter(|(_, shared)| shared.iter().any(is_touched));
    losing.extend(touched.map(|(&old, _)| old));
    settle_some(state, &continuation, &losing, seen, reduced)
}

/// Changes the stories of an archive to what a run over all its articles found. A story that was not found again ends.
pub(super) fn settle_all(
    state: &mut State,
    stories_of: &StoriesOf,
    found: &[FoundStory],
    seen: Seconds,
) -> Settlement {
    let revisions = BTreeMap::new();
    let continuation = Continuation::new(state, stories_of, found, &revisions);
    let all: BTreeSet<usize> = (0..state.stories.len()).collect();
    settle_some(state, &continuation, &all, seen, |_, story, _, events| {
        events.push(EventKind::Ended { story_id: story.id });
        None
    })
}

/// Changes the stories of an archive that are `losing`, and those of which the run found more. `reduce` returns what is left
/// of one that is losing and does not continue, without articles that other stories got.
fn settle_some(
    state: &mut State,
    continuation: &Continuation<'_>,
    losing: &BTreeSet<usize>,
    seen: Seconds,
    reduce: impl Fn(&State, &Story, &BTreeSet<u32>, &mut Vec<EventKind>) -> Option<Story>,
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
    let mut events = Vec::new();
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
        let moved = continuation.moved(old, &parts);
        changed.extend(reduce(state, &state.stories[old], &moved, &mut events));
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
    Settlement { ids: ids.into_iter().enumerate().map(id).collect(), events }
}

/// How the stories of an archive continue in those of a run.
struct Continuation<'a> {
    stories_of: &'a StoriesOf,
    found: &'a [FoundStory],
    revisions: &'a BTreeMap<u32, u32>,
    /// For each story of the archive the stories of the run that share articles with it, and the number of these.
    shared: BTreeMap<usize, BTreeMap<usize, usize>>,
    /// For each story of the archive that continues the story of the run in which it does.
    continued: BTreeMap<usize, usize>,
}

impl<'a> Continuation<'a> {
    fn new(
        state: &State,
        stories_of: &'a StoriesOf,
        found: &'a [FoundStory],
        revisions: &'a BTreeMap<u32, u32>,
    ) -> Self {
        let (shared, continued) = (BTreeMap::new(), BTreeMap::new());
        let mut out = Self { stories_of, found, revisions, shared, continued };
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

    /// Returns the indexes of the stories of the archive that an article belongs to, or the one whose place it took.
    fn olds(&self, number: u32) -> impl Iterator<Item = usize> + '_ {
        self.stories_of.of(self.before(number))
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
/// `moved`.
fn reduced(
    state: &State,
    story: &Story,
    moved: &BTreeSet<u32>,
    events: &mut Vec<EventKind>,
) -> Option<Story> {
    let is_left = |number: u32| state.is_live(number) && !moved.contains(&number);
    let members: Vec<u32> = story.members.iter().copied().filter(|&number| is_left(number)).collect();
    if members.len() < 2 {
        events.push(EventKind::Ended { story_id: story.id });
        return None;
    }
    let representative = if is_left(story.representative) { story.representative } else { members[0] };
    Some(Story { representative, members, ..story.clone() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The number from which on articles are new.
    const NEW: u32 = 100;

    /// Parses a story: its id, the number of its representative, those of its other articles.
    fn story(text: &str) -> (StoryId, u32, Vec<u32>) {
        let (id, members) = text.split_once(": ").unwrap();
        let mut members: Vec<u32> = members.split(' ').map(|number| number.parse().unwrap()).collect();
        let representative = members[0];
        members.sort_unstable();
        (StoryId(id.parse().unwrap()), representative, members)
    }

    fn shown(story: &Story) -> String {
        let others = story.members.iter().filter(|&&number| number != story.representative);
        let others: String = others.map(|number| format!(" {number}")).collect();
        format!("{}: {}{others}", story.id.0, story.representative)
    }

    fn shown_event(event: &EventKind) -> String {
        match event {
            EventKind::Assigned { story_id, representative, size } => {
                format!("{} of {size}, {representative} first", story_id.0)
            }
            EventKind::Merged { story_id, into } => format!("{} into {}", story_id.0, into.0),
            EventKind::Split { story_id, from } => format!("{} from {}", story_id.0, from.0),
            EventKind::RepresentativeChanged { story_id, representative } => {
                format!("{} by {representative}", story_id.0)
            }
            EventKind::Ended { story_id } => format!("{} ended", story_id.0),
            other => format!("{other:?}"),
        }
    }

    /// A state with stories that were seen one after the other.
    fn state(stories: &[&str]) -> State {
        let stories = (0..).zip(stories).map(|(seen, text)| {
            let (id, representative, members) = story(text);
            Story { id, seen, representative, members }
        });
        State { stories: stories.collect(), ..State::default() }
    }

    fn found(stories: &[&str]) -> Vec<FoundStory> {
        let found = |text: &&str| {
            let (id, representative, members) = story(text);
            let is_touched = members.iter().any(|&number| number >= NEW);
            FoundStory {
                id,
                representative: (representative, representative.to_string()),
                members,
                is_touched,
            }
        };
        stories.iter().map(found).collect()
    }

    /// Settles stories. Articles are gone if they are lost or revised. Returns the stories and the events.
    fn settled(
        state: &mut State,
        stories: &[&str],
        lost: &[u32],
        revised: &[(u32, u32)],
    ) -> (Vec<String>, Vec<String>) {
        let revisions: BTreeMap<u32, u32> = revised.iter().copied().collect();
        let lost: Vec<u32> = lost.iter().chain(revisions.values()).copied().collect();
        state.gone.extend(lost.iter().copied());
        let stories_of = StoriesOf::new(&state.stories);
        let settlement = settle(state, &stories_of, &found(stories), &lost, &revisions, 50);
        let events = settlement.events.iter().map(shown_event).collect();
        (state.stories.iter().map(shown).collect(), events)
    }

    #[test]
    fn stories_continue() {
        /// What is the case, the stories before, those that a run found, those after, and the events.
        type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str], &'a [&'a str]);
        let cases: [Case<'_>; 14] = [
            ("a new story", &[], &["5: 100 101"], &["5: 100 101"], &["5 of 2, 100 first"]),
            ("a story grows", &["7: 1 2"], &["5: 1 2 100"], &["7: 1 2 100"], &[]),
            ("a late earlier copy", &["7: 1 2"], &["5: 100 1 2"], &["7: 100 1 2"], &["7 by 100"]),
            (
                "a story that is in a longer one",
                &["7: 1 2", "8: 1 2 3"],
                &["4: 1 2 3 100", "5: 1 2 101"],
                &["7: 1 2 101", "8: 1 2 3 100"],
                &[],
            ),
            (
                "two stories are one",
                &["7: 1 2", "6: 3 4"],
                &["5: 3 1 2 4 100"],
                &["7: 3 1 2 4 100"],
                &["6 into 7", "7 by 3"],
            ),
            (
                "three stories are one",
                &["7: 1 2", "6: 3 4", "8: 5 6"],
                &["5: 1 2 3 4 5 6 100"],
                &["7: 1 2 3 4 5 6 100"],
                &["6 into 7", "8 into 7"],
            ),
            (
                "a story splits",
                &["7: 1 2 3 4 5"],
                &["5: 1 2 3 100", "6: 4 5"],
                &["7: 1 2 3 100", "6: 4 5"],
                &["6 of 2, 4 first", "6 from 7"],
            ),
            (
                "the representative is in the smaller part",
                &["7: 5 1 2 3 4"],
                &["4: 4 5", "5: 1 2 3 100"],
                &["7: 1 2 3 100", "4: 4 5"],
                &["4 of 2, 4 first", "4 from 7", "7 by 1"],
            ),
            (
                "of equal parts, the one with the representative keeps the id",
                &["7: 1 2 3 4"],
                &["5: 3 4 100", "6: 1 2"],
                &["7: 1 2", "5: 3 4 100"],
                &["5 of 3, 3 first", "5 from 7"],
            ),
            (
                "no part has half of a story",
                &["7: 1 2 3 4 5 6"],
                &["3: 1 2 100", "4: 3 4", "5: 5 6"],
                &["3: 1 2 100", "4: 3 4", "5: 5 6"],
                &[
                    "3 of 3, 1 first",
                    "3 from 7",
                    "4 of 2, 3 first",
                    "4 from 7",
                    "5 of 2, 5 first",
                    "5 from 7",
                    "7 ended",
                ],
            ),
            (
                "few articles leave a story that is not found again",
                &["7: 1 2 3 4 5 6"],
                &["3: 1 2 100"],
                &["7: 3 4 5 6", "3: 1 2 100"],
                &["3 of 3, 1 first", "3 from 7"],
            ),
            (
                "a page with two stories",
                &["7: 1 2 9", "8: 3 4 9"],
                &["5: 1 2 9 100", "6: 3 4 9"],
                &["7: 1 2 9 100", "8: 3 4 9"],
                &[],
            ),
            (
                "two pages with two stories, and a third",
                &["7: 1 2 8 9", "6: 3 4 8 9"],
                &["4: 1 2 8 9 100", "5: 3 4 8 9 100"],
                &["7: 1 2 8 9 100", "6: 3 4 8 9 100"],
                &[],
            ),
            (
                "an old story that has no new article",
                &["7: 1 2 3"],
                &["5: 1 2", "6: 100 101"],
                &["7: 1 2 3", "6: 100 101"],
                &["6 of 2, 100 first"],
            ),
        ];
        for (case, before, found, after, events) in cases {
            let shown = settled(&mut state(before), found, &[], &[]);
            assert_eq!(shown, (strings(after), strings(events)), "{case}");
        }
    }

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn articles_are_lost() {
        /// The articles that are lost, the stories after, and the events.
        type Case<'a> = (&'a [u32], &'a [&'a str], &'a [&'a str]);
        let cases: [Case<'_>; 5] = [
            (&[2], &["7: 1 3", "8: 4 5"], &[]),
            (&[1], &["7: 2 3", "8: 4 5"], &[]),
            (&[1, 3], &["8: 4 5"], &["7 ended"]),
            (&[1, 2, 3, 4], &[], &["7 ended", "8 ended"]),
            (&[6], &["7: 1 2 3", "8: 4 5"], &[]),
        ];
        for (lost, after, events) in cases {
            let shown = settled(&mut state(&["7: 1 2 3", "8: 4 5"]), &[], lost, &[]);
            assert_eq!(shown, (strings(after), strings(events)), "{lost:?}");
        }
    }

    #[test]
    fn a_revised_article_is_the_same_article() {
        /// What is the case, the stories that a run found, the revisions, the stories after, and the events.
        type Case<'a> = (&'a str, &'a [&'a str], &'a [(u32, u32)], &'a [&'a str], &'a [&'a str]);
        let cases: [Case<'_>; 5] = [
            ("one of two", &["5: 1 100"], &[(100, 2)], &["7: 1 100"], &[]),
            ("all", &["5: 100 101"], &[(100, 1), (101, 2)], &["7: 100 101"], &[]),
            ("with other words", &[], &[(100, 2)], &[], &["7 ended"]),
            ("with other words, and a new one", &["5: 1 101"], &[(100, 2)], &["7: 1 101"], &[]),
            (
                "another one represents the story",
                &["5: 102 1 100"],
                &[(100, 2)],
                &["7: 102 1 100"],
                &["7 by 102"],
            ),
        ];
        for (case, found, revised, after, events) in cases {
            let shown = settled(&mut state(&["7: 1 2"]), found, &[], revised);
            assert_eq!(shown, (strings(after), strings(events)), "{case}");
        }
    }

    #[test]
    fn what_dedup_removed_stays_and_does_not_count() {
        /// What is the case, the stories before, those that a run found, and those after.
        type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str]);
        let cases: [Case<'_>; 4] = [
            ("one was kept", &["7: 1 2 3"], &["5: 1 100"], &["7: 1 2 3 100"]),
            ("two were kept", &["7: 1 10 2 3 4 5"], &["5: 1 10 100"], &["7: 1 2 3 4 5 10 100"]),
            (
                "the run found the others, too",
                &["7: 1 2 3"],
                &["4: 2 3", "5: 1 100"],
                &["7: 1 2 3", "5: 1 100"],
            ),
            ("only another one was kept", &["7: 10 1 2"], &["5: 1 100"], &["7: 10 1 2", "5: 1 100"]),
        ];
        for (case, before, found, after) in cases {
            let mut state = state(before);
            state.not_kept.extend(2..6);
            assert_eq!(settled(&mut state, found, &[], &[]).0, strings(after), "{case}");
        }
    }

    #[test]
    fn an_id_is_not_used_again() {
        let mut state = state(&[]);
        let mut ids = BTreeSet::new();
        for round in 0..4 {
            let number = NEW + 2 * round;
            let stories = format!("7: {number} {}", number + 1);
            settled(&mut state, &[&stories], &[], &[]);
            assert_eq!(state.stories.len(), 1);
            assert!(ids.insert(state.stories[0].id), "round {round}");
            assert_eq!(round == 0, state.stories[0].id == StoryId(7));
            settled(&mut state, &[], &[number], &[]);
            assert!(state.stories.is_empty());
        }
        // Nor is that of an alias, or of another story of the same run.
        let mut state = self::state(&["7: 1 2", "8: 3 4"]);
        settled(&mut state, &["5: 1 2 3 4 100"], &[], &[]);
        assert_eq!(state.current(StoryId(8)), StoryId(7));
        settled(&mut state, &["8: 200 201", "7: 202 203"], &[], &[]);
        let ids: BTreeSet<StoryId> = state.stories.iter().map(|story| story.id).collect();
        assert_eq!((ids.len(), ids.contains(&StoryId(8))), (3, false));
    }

    #[test]
    fn a_run_over_all_articles_ends_what_it_does_not_find() {
        let mut state = state(&["7: 1 2 3", "8: 4 5", "9: 6 7"]);
        let stories_of = StoriesOf::new(&state.stories);
        let found = found(&["1: 2 1 3 8", "2: 6 7"]);
        let settlement = settle_all(&mut state, &stories_of, &found, 50);
        assert_eq!(settlement.ids, [StoryId(7), StoryId(9)]);
        let events: Vec<String> = settlement.events.iter().map(shown_event).collect();
        assert_eq!(events, ["7 by 2", "8 ended"]);
        let stories: Vec<String> = state.stories.iter().map(shown).collect();
        assert_eq!(stories, ["7: 2 1 3 8", "9: 6 7"]);
    }

    proptest! {
        /// An id that was handed out is that of a story, an alias of one, or ended; and each changes hands only as events say.
        #[test]
        fn no_id_disappears(days in prop::collection::vec(prop::collection::vec(0_u32..6, 1..8), 1..12), lost in any::<u64>()) {
            let mut state = State::default();
            let (mut handed_out, mut ended) = (BTreeSet::new(), BTreeSet::new());
            let mut topics: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            let mut next = NEW;
            for (day, batch) in days.iter().enumerate() {
                let first = next;
                for &topic in batch {
                    topics.entry(topic).or_default().push(next);
                    next += 1;
                }
                // A topic is one story on even days, and two on others; two topics are one story for a time.
                let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
                for (&topic, numbers) in &topics {
                    for &number in numbers.iter().filter(|&&number| state.is_live(number)) {
                        let part = if day % 3 == 2 { number % 2 * 10 } else { 0 };
                        let topic = if day % 4 == 3 { topic / 2 } else { topic };
                        groups.entry(topic + part).or_default().push(number);
                    }
                }
                groups.values_mut().for_each(|members| members.sort_unstable());
                let found: Vec<FoundStory> = groups
                    .into_values()
                    .filter(|members| members.len() > 1)
                    .map(|members| FoundStory {
                        id: StoryId(members[0].into()),
                        representative: (members[0], members[0].to_string()),
                        is_touched: members.iter().any(|&number| number >= first),
                        members,
                    })
                    .collect();
                let stories_of = StoriesOf::new(&state.stories);
                let mut events = settle(&mut state, &stories_of, &found, &[], &BTreeMap::new(), day as i64).events;
                let gone: Vec<u32> = (NEW..next).filter(|&number| state.is_live(number) && lost >> (number % 64) & 1 == 1 && number % 5 == day as u32 % 5).collect();
                state.gone.extend(gone.iter().copied());
                let stories_of = StoriesOf::new(&state.stories);
                events.extend(settle(&mut state, &stories_of, &[], &gone, &BTreeMap::new(), day as i64).events);
                for event in &events {
                    match event {
                        EventKind::Assigned { story_id, .. } => prop_assert!(handed_out.insert(*story_id), "{story_id} again"),
                        EventKind::Ended { story_id } => prop_assert!(ended.insert(*story_id)),
                        _ => {}
                    }
                }
                let current: BTreeSet<StoryId> = state.stories.iter().map(|story| story.id).collect();
                prop_assert_eq!(current.len(), state.stories.len());
                for &id in &handed_out {
                    let now = state.current(id);
                    prop_assert!(current.contains(&now) || ended.contains(&now), "{} is nowhere", id);
                }
                for story in &state.stories {
                    prop_assert!(story.members.len() > 1 && story.members.is_sorted());
                    prop_assert!(story.members.contains(&story.representative));
                    prop_assert!(story.members.iter().all(|&number| state.is_live(number)));
                }
            }
        }
    }
}
