//! The numbers of clusters: each its own, and the same from day to day.

use super::*;

#[test]
fn clusters_of_one_key_and_text_have_numbers_of_their_own() {
    let copies =
        [1, 10, 20, 28].map(|day| [("wire", "x", day, story("s", 100)), ("wire", "y", day, story("s", 100))]);
    let corpus = corpus(&copies.concat());
    let within = Some(3 * 24 * 3600);
    let (judge, rule) = (JudgeRule { within, ..JUDGE }, ClusterRule { within, ..RULE });
    let clusters = clusters_by(&corpus, judge, rule, &Preference::default());
    assert_eq!(clusters.len(), 4);
    let numbers: BTreeSet<u64> = clusters.iter().map(|cluster| cluster.id).collect();
    assert_eq!(numbers.len(), clusters.len());
}

#[test]
fn a_number_stays_while_most_of_the_representative_is_carried() {
    let number = |words: usize| {
        let corpus = corpus(&[("a", "x", 1, story("s", 200)), ("b", "y", 2, story("s", words))]);
        let clusters = clusters(&corpus, &Preference::default());
        let [cluster] = clusters.as_slice() else { panic!("{} clusters", clusters.len()) };
        assert_eq!(corpus.key(cluster.representative), "a");
        cluster.id
    };
    let whole = number(200);
    assert_eq!([101, 150].map(number), [whole; 2], "most of it");
    let [half, less] = [100, 60].map(number);
    assert!(whole != half && half != less && less != whole, "no more than half of it");
}
