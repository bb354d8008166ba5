//! Checks that clusters are unpacked as they were packed, and listed in the order that is asked for.

use proptest::prelude::*;
use rayon::prelude::*;

use super::*;
use crate::cluster::member_passages::MemberPassages;
use crate::store::Budget;
use crate::verify::Region;

/// An article's number, its relations and kind, and its passages: begin in the representative, begin in the article, length.
type AnyMember = (usize, [Option<Relation>; 2], Option<Kind>, [f64; 3], Vec<(u32, u32, u32)>, bool);

fn any_member() -> impl Strategy<Value = AnyMember> {
    let relation = || prop::option::of(prop::sample::select(Relation::ALL.to_vec()));
    let kind = prop::option::of(prop::sample::select(vec![Kind::Reprint, Kind::Revision]));
    let passages = prop::collection::vec((0_u32..70_000, 0_u32..70_000, 1_u32..9_000), 0..4);
    (
        0_usize..1 << 31,
        [relation(), relation()],
        kind,
        [0.0..=1.0, 0.0..=1.0, 0.0..=1.0],
        passages,
        any::<bool>(),
    )
}

fn any_cluster() -> impl Strategy<Value = Cluster> {
    let reasons = [ChoiceReason::AgencyThatOthersCredit, ChoiceReason::FirstByKey, ChoiceReason::SharedByAll];
    let members = prop::collection::vec(any_member(), 1..9);
    (any::<[u64; 2]>(), prop::sample::select(reasons.to_vec()), members).prop_map(|(ids, why, made)| {
        let mut passages = MemberPassages::default();
        let members: Vec<Member> = made
            .into_iter()
            .map(
                |(
                    id,
                    [relation, passage_relation],
                    kind,
                    [coverage, article_coverage, resemblance],
                    places,
                    bridge,
                )| {
                    let ranges = places.into_iter().map(|(a, b, length)| (a..a + length, b..b + length));
                    Member {
                        id: ArticleId::new(id),
                        relation,
                        passage_relation,
                        kind,
                        coverage,
                        article_coverage,
                        resemblance,
                        passages: passages.push(ranges),
                        bridge,
                    }
                },
            )
            .collect();
        Cluster {
            id: ClusterId(ids[0]),
            story_id: StoryId(ids[1]),
            representative: members[0].id,
            why,
            passage: Region::new(passages.get(members[0].passages).iter().map(|(theirs, _)| theirs.clone())),
            members,
            passages,
        }
    })
}

/// Settings of a store that keeps all in memory, and of one that keeps all in a file.
fn storages() -> [Storage; 2] {
    [Storage::in_memory(), Storage { folder: std::env::temp_dir(), reserve: 0, budget: Budget::new(0, 0, 0) }]
}

proptest! {
    #[test]
    fn clusters_are_unpacked_as_they_were_packed(made in prop::collection::vec(any_cluster(), 0..6)) {
        for storage in storages() {
            let writer = ClusterWriter::new(&storage);
            let heads = made.iter().map(|cluster| writer.add(cluster)).collect();
            let clusters = writer.close(heads).unwrap();
            prop_assert_eq!(format!("{clusters:?}"), format!("{made:?}"));
            prop_assert_eq!((clusters.len(), clusters.is_empty()), (made.len(), made.is_empty()));
            for (head, cluster) in clusters.heads().iter().zip(&made) {
                prop_assert_eq!(head.len(), cluster.members.len());
                prop_assert_eq!(clusters.passage(head), cluster.passage.clone());
            }
        }
    }
}

#[test]
fn every_reason_is_unpacked_as_it_was_packed() {
    for number in 0..=ChoiceReason::SharedByAll as u8 {
        assert_eq!(ChoiceReason::with_number(number).map(|reason| reason as u8), Some(number));
    }
}

/// Returns the clusters of three stories, of three, two and two articles.
fn three_stories() -> Vec<Cluster> {
    let (s, t, u) = (story("s", 100), story("t", 100), story("u", 100));
    let rows = [("a", &s), ("b", &s), ("c", &s), ("d", &t), ("e", &t), ("f", &u), ("g", &u)];
    let rows: Vec<Row<'_>> =
        (1..).zip(rows).map(|(day, (key, text))| (key, key, day, text.clone())).collect();
    clusters(&corpus(&rows), &Preference::default())
}

#[test]
fn many_threads_pack_clusters() {
    let made = three_stories();
    for storage in storages() {
        let writer = ClusterWriter::new(&storage);
        let copies: Vec<&Cluster> = made.iter().cycle().take(3 * 4000).collect();
        let heads: Vec<ClusterHead> = copies.par_iter().map(|cluster| writer.add(cluster)).collect();
        let clusters = writer.close(heads).unwrap();
        let are_equal =
            clusters.iter().zip(&copies).all(|(one, other)| format!("{one:?}") == format!("{other:?}"));
        assert!(are_equal && clusters.len() == copies.len());
    }
}

#[test]
fn an_error_says_where_clusters_cannot_be_stored() {
    let folder = "/nowhere at all";
    let writer =
        ClusterWriter::new(&Storage { folder: folder.into(), reserve: 0, budget: Budget::new(0, 0, 0) });
    let heads = three_stories().iter().map(|cluster| writer.add(cluster)).collect();
    assert!(writer.close(heads).unwrap_err().to_string().starts_with(folder));
}

#[test]
fn listed_clusters_know_their_stories() {
    let mut made = three_stories();
    assert_eq!(made.len(), 3);
    (made[0].story_id, made[1].story_id, made[2].story_id) = (StoryId(1), StoryId(1), StoryId(2));
    let mut clusters = packed(made.iter().cloned());
    let sizes = |listed: &ListedClusters<'_>| listed.stories().map(|story| story.len()).collect::<Vec<_>>();
    let places = |listed: &ListedClusters<'_>| {
        (0..listed.len()).map(|at| listed.place_in_story(at)).collect::<Vec<_>>()
    };
    let all = ListedClusters::all(&clusters);
    assert_eq!((sizes(&all), places(&all)), (vec![2, 1], vec![(0, 2), (1, 2), (0, 1)]));
    let some = ListedClusters::new(&clusters, [2, 1]);
    assert_eq!((sizes(&some), places(&some)), (vec![1, 1], vec![(0, 1), (0, 1)]));
    let representatives =
        |listed: &ListedClusters<'_>| listed.iter().map(|one| one.representative).collect::<Vec<_>>();
    assert_eq!(representatives(&some), [2, 1].map(|index: usize| made[index].representative));
    clusters.retain(|cluster| cluster.story_id == StoryId(1));
    clusters.rename_stories(|StoryId(id)| StoryId(id + 6));
    assert_eq!(
        ListedClusters::all(&clusters).stories().map(|story| story[0].story_id).collect::<Vec<_>>(),
        [StoryId(7)]
    );
    assert_eq!(clusters.len(), 2);
}
