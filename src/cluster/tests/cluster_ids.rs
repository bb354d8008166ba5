//! Checks that ids of clusters are different, and stay the same from day to day.

use super::*;

#[test]
fn clusters_of_one_key_and_text_have_different_ids() {
    let articles =
        [1, 10, 20, 28].map(|day| [("wire", "x", day, story("s", 100)), ("wire", "y", day, story("s", 100))]);
    let corpus = corpus(&articles.concat());
    let within = Some(3 * 24 * 3600);
    let (judge, rule) = (JudgeRule { within, ..JUDGE }, ClusterRule { within, ..RULE });
    let clusters = clusters_by(&corpus, judge, rule, &Preference::default());
    assert_eq!(clusters.len(), 4);
    let ids: BTreeSet<ClusterId> = clusters.iter().map(|cluster| cluster.id).collect();
    assert_eq!(ids.len(), clusters.len());
}

#[test]
fn an_id_stays_the_same_while_the_passage_is_most_of_the_representative() {
    let id = |words: usize| {
        let corpus = corpus(&[("a", "x", 1, story("s", 200)), ("b", "y", 2, story("s", words))]);
        let clusters = clusters(&corpus, &Preference::default());
        let [cluster] = clusters.as_slice() else { panic!("{} clusters", clusters.len()) };
        assert_eq!(corpus.key(cluster.representative), "a");
        cluster.id
    };
    let whole = id(200);
    assert_eq!([101, 150].map(id), [whole; 2], "most of it");
    let [half, less] = [100, 60].map(id);
    assert!(whole != half && half != less && less != whole, "no more than half of it");
}
