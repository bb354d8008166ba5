//! Tests how stories continue.

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
        FoundStory { id, representative: (representative, representative.to_string()), members, is_touched }
    };
    stories.iter().map(found).collect()
}

/// The articles that were looked at: all but those from 40 to 49.
fn compared() -> NumberSet {
    (0..40).chain(50..1000).collect()
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
    let (found, compared) = (found(stories), compared());
    let found = FoundStories { stories: &found, compared: Some(&compared), revisions: &revisions };
    let settlement = settle(state, &stories_of, found, &lost, 50);
    let mut events: Vec<String> = settlement.events.iter().map(shown_event).collect();
    let anew = |(id, number): &(StoryId, u32)| format!("{} by {number} anew", id.0);
    events.extend(settlement.represented_anew.iter().map(anew));
    (state.stories.iter().map(shown).collect(), events)
}

#[test]
fn stories_continue() {
    /// The name of the case, the stories before, those that a run found, those after, and the events.
    type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str], &'a [&'a str]);
    let cases: [Case<'_>; 16] = [
        (
            "a page has a further story, which was not looked at",
            &["7: 1 2 3", "8: 3 40 41"],
            &["5: 1 2 3 100"],
            &["7: 1 2 3 100", "8: 3 40 41"],
            &[],
        ),
        (
            "most pages of a further story were looked at",
            &["7: 1 2 3", "8: 2 3 40"],
            &["5: 1 2 3 100"],
            &["7: 1 2 3 100", "8: 2 3 40"],
            &[],
        ),
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
            &["3 of 3, 1 first", "3 from 7", "7 by 3 anew"],
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
        (&[1], &["7: 2 3", "8: 4 5"], &["7 by 2 anew"]),
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
    /// The name of the case, the stories that a run found, the revisions, the stories after, and the events.
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
    /// The name of the case, the stories before, those that a run found, and those after.
    type Case<'a> = (&'a str, &'a [&'a str], &'a [&'a str], &'a [&'a str]);
    let cases: [Case<'_>; 4] = [
        ("one was kept", &["7: 1 2 3"], &["5: 1 100"], &["7: 1 2 3 100"]),
        ("two were kept", &["7: 1 10 2 3 4 5"], &["5: 1 10 100"], &["7: 1 2 3 4 5 10 100"]),
        ("the run found the others, too", &["7: 1 2 3"], &["4: 2 3", "5: 1 100"], &["7: 1 2 3", "5: 1 100"]),
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
            let (compared, revisions) = (compared(), BTreeMap::new());
            let found = FoundStories { stories: &found, compared: Some(&compared), revisions: &revisions };
            let mut events = settle(&mut state, &stories_of, found, &[], day as i64).events;
            let gone: Vec<u32> = (NEW..next).filter(|&number| state.is_live(number) && lost >> (number % 64) & 1 == 1 && number % 5 == day as u32 % 5).collect();
            state.gone.extend(gone.iter().copied());
            let stories_of = StoriesOf::new(&state.stories);
            events.extend(settle_without(&mut state, &stories_of, &gone, day as i64).events);
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
