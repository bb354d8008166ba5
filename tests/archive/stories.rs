//! The id of a story lasts.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use wirecopy::archive::{Archive, EventKind};
use wirecopy::{Article, Detector, Settings};

use crate::{add, article, new_archive, story_ids};

/// Checks that each id that was handed out is that of a story, or became part of one, or ended, as the events say.
fn check_ids(archive: &Archive) {
    let current: BTreeSet<String> = story_ids(archive).into_values().flatten().collect();
    let (mut assigned, mut ended) = (BTreeSet::new(), BTreeSet::new());
    let mut aliases: BTreeMap<String, String> = BTreeMap::new();
    for event in archive.snapshot().events().unwrap() {
        match event.what {
            EventKind::Assigned { story_id, .. } => {
                assert!(assigned.insert(story_id.to_string()), "{story_id} is given a second time");
            }
            EventKind::Merged { story_id, into } => {
                assert!(assigned.contains(&into.to_string()), "{into} was never given");
                assert_eq!(aliases.insert(story_id.to_string(), into.to_string()), None);
            }
            EventKind::Ended { story_id } => {
                ended.insert(story_id.to_string());
            }
            _ => {}
        }
    }
    for id in &assigned {
        let mut now = id;
        while let Some(next) = aliases.get(now) {
            now = next;
        }
        assert_ne!(current.contains(now), ended.contains(now), "{id} is {now}");
    }
    let is_live = |id: &&String| !aliases.contains_key(*id) && !ended.contains(*id);
    assert_eq!(assigned.iter().filter(is_live).cloned().collect::<BTreeSet<_>>(), current);
    assert_eq!(archive.snapshot().info().stories, current.len());
}

#[derive(Clone, Debug)]
enum Change {
    Add(Vec<(u32, Vec<u32>)>),
    Remove(u32),
    Expire(i64),
    Compact,
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    // Few keys, so that articles are revised; few paragraphs, so that stories merge and split.
    let articles = prop::collection::vec((0_u32..16, prop::collection::vec(0_u32..8, 1..4)), 1..6);
    let change = prop_oneof![
        6 => articles.prop_map(Change::Add),
        1 => (0_u32..16).prop_map(Change::Remove),
        1 => (0_i64..8).prop_map(Change::Expire),
        1 => Just(Change::Compact),
    ];
    prop::collection::vec(change, 1..8)
}

proptest! {
    // Each case writes an archive.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_id_stays_or_says_where_it_went(changes in changes()) {
        let folder = tempfile::tempdir().unwrap();
        let archive = new_archive(&folder.path().join("archive"));
        for (day, change) in (0..).zip(&changes) {
            match change {
                Change::Add(articles) => {
                    let named = |(key, paragraphs): &(u32, Vec<u32>)| article(&key.to_string(), paragraphs);
                    add(&archive, &articles.iter().map(named).collect::<Vec<_>>(), day);
                }
                Change::Remove(key) => {
                    archive.write().unwrap().remove(&[&key.to_string()], day).unwrap();
                }
                Change::Expire(before) => {
                    archive.write().unwrap().expire(*before, day).unwrap();
                }
                Change::Compact => archive.write().unwrap().compact(Settings::default(), day, &()).unwrap(),
            }
            check_ids(&archive);
        }
        archive.snapshot().check().unwrap();
    }
}

#[test]
fn a_search_gives_the_ids_of_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    let archive = new_archive(&folder.path().join("archive"));
    let dated = |key: &str, published: &str| {
        let published = Some(published.to_owned());
        Article { published, ..article(key, &[1, 2]) }
    };
    let (_, first) = add(&archive, &[dated("b", "2031-01-02"), dated("c", "2031-01-03")], 1);
    let id = first.clusters().get(0).story_id;
    // An earlier copy represents the story, whose id stays.
    add(&archive, &[dated("a", "2031-01-01")], 2);
    let mut detector = Detector::new(Settings::default()).unwrap();
    detector.add(dated("d", "2031-01-04")).unwrap();
    let found = archive.snapshot().find(detector, &()).unwrap();
    assert_eq!(found.clusters().len(), 1);
    let cluster = found.clusters().get(0);
    assert_eq!((found.key(cluster.representative), cluster.story_id), ("a", id));
    assert_ne!(cluster.id.0, id.0);
    assert_eq!(archive.snapshot().len(), 3);
}
