//! Checks that clustering at several thresholds has the same results as clustering at each of them.

use std::cmp::Reverse;

use super::*;

/// Three articles, of which the second shares most of its words with each of the others, and another story.
fn two_stories() -> Corpus {
    let s = story("s", 100);
    let words: Vec<&str> = s.split_whitespace().collect();
    let (first, last) = (words[8..].join(" "), words[..92].join(" "));
    let t = story("t", 100);
    corpus(&[
        ("a", "x", 1, story("u", 8) + &first),
        ("b", "y", 2, s.clone()),
        ("c", "z", 3, last + " " + &story("v", 8)),
        ("d", "x", 1, t.clone()),
        ("e", "y", 2, t.clone() + &story("w", 30)),
        ("f", "z", 3, t),
    ])
}

/// Clusters at one threshold after another and checks each result. Returns the keys of the representatives at each.
fn checked_at(corpus: &Corpus, judge: JudgeRule, rule: ClusterRule, thresholds: &[f64]) -> Vec<String> {
    let identical = IdenticalArticles::new(corpus, None);
    let mut verifier = Verifier::new(corpus, ALIGN, judge);
    let measures: Vec<Measure> =
        pairs(corpus, &identical).into_iter().filter_map(|(a, b)| verifier.measure(a, b)).collect();
    let mut clusterer =
        ClustersByThreshold::new(corpus, &identical, &measures, verifier, rule, Preference::default());
    let check = |&threshold: &f64| {
        let groups = clusterer.step(threshold);
        let (judge, rule) = (JudgeRule { threshold, ..judge }, ClusterRule { threshold, ..rule });
        let clusters = clusters_by(corpus, judge, rule, &Preference::default());
        let share = |member: &Member| (member.id, member.article_coverage);
        let of_cluster = |cluster: &Cluster| {
            let mut members: Vec<(ArticleId, f64)> = cluster.members.iter().map(share).collect();
            members.sort_by_key(|&(id, _)| id);
            Group { representative: cluster.representative, members }
        };
        // Groups are not sorted by story.
        let mut expected: Vec<Group> = clusters.iter().map(of_cluster).collect();
        expected.sort_by_key(|group| (Reverse(group.members.len()), group.representative));
        assert_eq!(groups, expected, "{judge:?} {rule:?}");
        groups.iter().map(|group| corpus.key(group.representative)).collect()
    };
    thresholds.iter().map(check).collect()
}

#[test]
fn thresholds_may_repeat_ascend_and_descend() {
    // Partial matches do not join.
    let rule = ClusterRule { join_words: 1000, ..RULE };
    let representatives = checked_at(&two_stories(), JUDGE, rule, &[0.5, 0.5, 0.9, 0.9, 0.95, 0.9, 0.5]);
    assert_eq!(representatives, ["ad", "ad", "ad", "ad", "d", "ad", "ad"]);
}

#[test]
fn results_are_the_same_by_any_score_and_rule() {
    let corpus = two_stories();
    for (by, join_words) in [Score::Coverage, Score::Resemblance, Score::Containment]
        .into_iter()
        .flat_map(|by| [40, 90, 1000].map(|join_words| (by, join_words)))
    {
        let (judge, rule) = (JudgeRule { by, ..JUDGE }, ClusterRule { join_words, ..RULE });
        checked_at(&corpus, judge, rule, &[0.3, 0.6, 0.8, 0.87, 0.95, 0.6]);
    }
}
