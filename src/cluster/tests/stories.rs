//! Checks which clusters make one story, and the ids and the order of stories.

use std::ops::Range;

use super::*;
use crate::cluster::member_passages::MemberPassages;
use crate::cluster::stories::assign_stories;
use crate::verify::Region;

/// Describes each cluster by its members, after the number of its story: stories are numbered as they occur.
fn stories(corpus: &Corpus, clusters: &[Cluster]) -> Vec<String> {
    let mut ids: Vec<StoryId> = clusters.iter().map(|cluster| cluster.story_id).collect();
    ids.dedup();
    let number = |cluster: &Cluster| ids.iter().position(|&id| id == cluster.story_id).unwrap() + 1;
    let keys = |cluster: &Cluster| -> String {
        cluster.members.iter().map(|member| corpus.key(member.id)).collect::<Vec<_>>().join(" ")
    };
    clusters.iter().map(|cluster| format!("{}: {}", number(cluster), keys(cluster))).collect()
}

#[test]
fn two_stories_on_one_page_stay_two() {
    let (s, t, u) = (story("s", 100), story("t", 100), story("u", 100));
    let cases: Vec<Case<'_>> = vec![
        (
            "two stories, a page with both, and another scrape of it",
            vec![
                ("a", "x", 1, s.clone()),
                ("b", "y", 2, t.clone()),
                ("c", "z", 3, s.clone() + &t),
                ("d", "z", 4, s.clone() + &t + "end"),
            ],
            &["1: a c d", "2: b c d"],
        ),
        (
            "a chain of articles, two of which share nothing",
            vec![
                ("a", "x", 1, s.clone() + &t),
                ("b", "y", 2, t.clone() + &u),
                ("c", "z", 3, u.clone() + &story("v", 100)),
            ],
            &["1: a b", "2: b c"],
        ),
    ];
    for (name, articles, expected) in cases {
        let corpus = corpus(&articles);
        let clusters = clusters(&corpus, &Preference::default());
        assert_eq!(stories(&corpus, &clusters), expected, "{name}");
    }
}

/// Articles with ranges of their words; the first article is the representative.
type Made = Vec<(usize, Range<u32>)>;

/// Creates a cluster whose id is `id`.
fn made_cluster(id: u64, members: &Made) -> Cluster {
    let mut passages = MemberPassages::default();
    let member = |(id, range): &(usize, Range<u32>)| Member {
        id: ArticleId::new(*id),
        relation: None,
        passage_relation: None,
        kind: None,
        coverage: 1.0,
        article_coverage: 1.0,
        resemblance: 1.0,
        passages: passages.push([(range.clone(), range.clone())]),
        bridge: false,
    };
    let members: Vec<Member> = members.iter().map(member).collect();
    let passage = Region::new(
        members[..1].iter().flat_map(|first| passages.get(first.passages)).map(|(_, own)| own.clone()),
    );
    let representative = members[0].id;
    Cluster {
        id: ClusterId(id),
        story_id: StoryId::default(),
        representative,
        why: ChoiceReason::EarliestSeen,
        passage,
        members,
        passages,
    }
}

/// Name, clusters (the first has id 1), the ids of the clusters of each story after the id of the story.
type Stories<'a> = (&'a str, Vec<Made>, &'a [(u64, &'a [u64])]);

#[test]
fn clusters_that_share_members_in_one_place_are_one_story() {
    // Article 0 is the latest.
    let rows: Vec<Row<'_>> =
        (0..).zip(["a", "b", "c", "d", "e", "f"]).map(|(n, key)| (key, "x", 9 - n, story(key, 9))).collect();
    let corpus = corpus(&rows);
    let made = |members: &[usize], range: Range<u32>| -> Made {
        members.iter().map(|&id| (id, range.clone())).collect()
    };
    let cases: Vec<Stories<'_>> = vec![
        ("no shared member", vec![made(&[0, 1], 0..9), made(&[2, 3], 0..9)], &[(1, &[1]), (2, &[2])]),
        (
            "half of the members, half of the passage; the second representative is the earlier",
            vec![made(&[0, 1, 2], 0..60), made(&[3, 2], 30..90)],
            &[(2, &[1, 2])],
        ),
        (
            "less than half of the passage",
            vec![made(&[0, 1, 2], 0..59), made(&[3, 2], 30..90)],
            &[(1, &[1]), (2, &[2])],
        ),
        (
            "less than half of the members",
            vec![made(&[0, 1, 2], 0..9), made(&[3, 4, 2], 0..9)],
            &[(1, &[1]), (2, &[2])],
        ),
        (
            "in one of two members in another place",
            vec![made(&[0, 1], 0..9), [made(&[0], 0..9), made(&[1], 20..29)].concat()],
            &[(1, &[1]), (2, &[2])],
        ),
        (
            "a later cluster of the first story comes after it",
            vec![made(&[0, 1, 2], 0..9), made(&[3, 4, 5], 0..9), made(&[1, 2], 0..5)],
            &[(3, &[1, 3]), (2, &[2])],
        ),
        (
            "a chain of clusters",
            vec![made(&[0, 1], 0..9), made(&[1, 2], 0..9), made(&[2, 3], 0..9)],
            &[(3, &[1, 2, 3])],
        ),
        (
            "a chain of clusters, the ends of which share a member in different places",
            vec![
                made(&[0, 1, 2], 0..50),
                made(&[1, 2, 3], 20..90),
                [made(&[2], 60..99), made(&[3, 4], 40..99)].concat(),
            ],
            &[(3, &[1, 2, 3])],
        ),
        (
            "two stories of a page, and the whole page",
            vec![made(&[0, 1, 2], 0..50), made(&[3, 1, 2], 50..99), made(&[1, 2], 0..99)],
            &[(3, &[1, 3]), (2, &[2])],
        ),
    ];
    for (name, made, expected) in cases {
        let mut clusters = packed((1..).zip(&made).map(|(id, made)| made_cluster(id, made)));
        assign_stories(&corpus, &mut clusters);
        let found: Vec<(u64, Vec<u64>)> = ListedClusters::all(&clusters)
            .stories()
            .map(|story| (story[0].story_id.0, story.iter().map(|cluster| cluster.id.0).collect()))
            .collect();
        let expected: Vec<(u64, Vec<u64>)> = expected.iter().map(|&(id, ids)| (id, ids.to_vec())).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn junk_is_no_story() {
    let page = "Page not found. The page you requested is no longer here, so try to search for it.";
    let mut corpus = corpus(&[("a", "x", 1, page.to_owned()), ("b", "y", 1, page.to_owned())]);
    corpus.mark_junk(&IdenticalArticles::new(&corpus, None));
    let made = vec![(0, 0..9), (1, 0..9)];
    let mut clusters = packed([made_cluster(1, &made), made_cluster(2, &made)]);
    assign_stories(&corpus, &mut clusters);
    assert_eq!([0, 1].map(|index| clusters.heads()[index].story_id), [StoryId(1), StoryId(2)]);
}
