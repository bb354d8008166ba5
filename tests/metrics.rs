//! Compares the measures of `evaluate` with those of scikit-learn (`tests/metrics.json`, written by
//! `tests/metrics.py`), and with examples calculated by hand.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use serde::Deserialize;
use wirecopy::evaluate::{
    BCubed, Cover, Grouping, Interval, PairCurve, Resampling, ScoredPair, adjusted_rand_index,
    average_precision,
};

#[derive(Deserialize)]
struct Examples {
    ranked: Vec<Ranked>,
    partitions: Vec<Partitions>,
}

#[derive(Deserialize)]
struct Ranked {
    labels: Vec<u8>,
    scores: Vec<f64>,
    average_precision: f64,
    points: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    threshold: f64,
    precision: f64,
    recall: f64,
    f1: f64,
    accuracy: f64,
}

#[derive(Deserialize)]
struct Partitions {
    truth: Vec<u32>,
    found: Vec<u32>,
    adjusted_rand_index: f64,
    pairs_together: f64,
    pairs_called: f64,
    pairs_right: f64,
}

fn examples() -> Examples {
    serde_json::from_str(include_str!("metrics.json")).unwrap()
}

const NONE: Resampling = Resampling { resamples: 0, seed: 1 };

fn close(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() < 1e-9, "{what}: expected {expected} as in scikit-learn, found {found}");
}

fn scored(ranked: &Ranked) -> Vec<ScoredPair> {
    let pairs = (0..).zip(ranked.labels.iter().zip(&ranked.scores));
    pairs
        .map(|(unit, (&label, &score))| ScoredPair { units: [unit; 2], positive: label == 1, score })
        .collect()
}

#[test]
fn curves_are_those_of_scikit_learn() {
    for ranked in examples().ranked {
        let thresholds: Vec<f64> = ranked.points.iter().map(|point| point.threshold).collect();
        let curve = PairCurve::new(&scored(&ranked), 0.0, ranked.labels.len(), &thresholds, NONE);
        close(curve.average_precision, ranked.average_precision, "average precision");
        for (found, expected) in curve.points.iter().zip(&ranked.points) {
            close(found.confusion.precision(), expected.precision, "precision");
            close(found.confusion.recall(), expected.recall, "recall");
            close(found.confusion.f1(), expected.f1, "F1");
            close(found.confusion.accuracy(), expected.accuracy, "accuracy");
        }
    }
}

#[test]
fn partitions_are_compared_as_scikit_learn_does() {
    for example in examples().partitions {
        let found = adjusted_rand_index(&example.truth, &example.found);
        close(found, example.adjusted_rand_index, "adjusted Rand index");
        // The same as clusters. Groups are numbered without gaps, and each article is in one group.
        let groups: Vec<Vec<u32>> = example.truth.iter().map(|&group| vec![group]).collect();
        let last = example.found.iter().max().unwrap();
        let clusters: Vec<Vec<(u32, f64)>> = (0..=*last)
            .map(|cluster| {
                let articles = (0..).zip(&example.found);
                articles.filter(|&(_, &of)| of == cluster).map(|(article, _)| (article, 1.0)).collect()
            })
            .collect();
        let quality = Grouping::new(&groups).quality(&clusters, NONE);
        close(quality.adjusted_rand_index, example.adjusted_rand_index, "adjusted Rand index of clusters");
        let pairs = quality.pairs;
        close(pairs.true_positives, example.pairs_right, "right pairs");
        close(pairs.true_positives + pairs.false_positives, example.pairs_called, "pairs in clusters");
        close(pairs.true_positives + pairs.false_negatives, example.pairs_together, "pairs in groups");
    }
}

/// Pairs that are not listed count as negative pairs with score 0.
#[test]
fn unlisted_pairs_are_negative() {
    let ranked = examples().ranked.pop().unwrap();
    let mut listed = scored(&ranked);
    let thresholds = [0.2, 0.6];
    let unlisted = PairCurve::new(&listed, 7.0, 500, &thresholds, NONE);
    listed.extend((450..457).map(|unit| ScoredPair { units: [unit; 2], positive: false, score: 0.0 }));
    assert_eq!(unlisted, PairCurve::new(&listed, 0.0, 500, &thresholds, NONE));
    assert_eq!(average_precision(vec![(0.5, 0.0, 3.0)]), 0.0, "nothing is positive");
}

fn bcubed(articles: usize, clusters: &[&[u32]], truth: &[&[u32]]) -> [f64; 3] {
    let cover =
        |sets: &[&[u32]]| Cover::new(articles, &sets.iter().map(|set| set.to_vec()).collect::<Vec<_>>());
    BCubed::new(&cover(clusters), &cover(truth)).means(|_| 1.0)
}

#[test]
fn bcubed_by_hand() {
    type Case = (&'static str, usize, &'static [&'static [u32]], &'static [&'static [u32]], f64, f64);
    let cases: &[Case] = &[
        ("the same", 3, &[&[0, 1], &[2]], &[&[0, 1], &[2]], 1.0, 1.0),
        // Precision: 2/3 for 0 and 1, 1/3 for 2, and 1 for 3 and 4. Recall by symmetry.
        ("no overlap", 5, &[&[0, 1, 2], &[3, 4]], &[&[0, 1], &[2, 3, 4]], 11.0 / 15.0, 11.0 / 15.0),
        ("all in one", 4, &[&[0, 1, 2, 3]], &[&[0, 1], &[2, 3]], 0.5, 1.0),
        ("no clusters", 4, &[], &[&[0, 1], &[2, 3]], 1.0, 0.5),
        // The articles share two groups, but only one cluster: half of that is found.
        ("a group is missed", 2, &[&[0, 1]], &[&[0, 1], &[0, 1]], 1.0, 0.5),
        ("both groups are found", 2, &[&[0, 1], &[0, 1]], &[&[0, 1], &[0, 1]], 1.0, 1.0),
        ("a cluster too many", 2, &[&[0, 1], &[0, 1]], &[&[0, 1]], 0.5, 1.0),
        // A page of two stories (1) is in the cluster of only one. With itself it shares one cluster, but two
        // groups. Recall of 0: 1. Recall of 1: 1/2 with itself, 1 with 0, 0 with 2. Recall of 2: 1 with itself, 0
        // with 1.
        ("a page of two stories", 3, &[&[0, 1], &[2]], &[&[0, 1], &[1, 2]], 1.0, (1.0 + 0.5 + 0.5) / 3.0),
        ("a page of two stories, found", 3, &[&[0, 1], &[1, 2]], &[&[0, 1], &[1, 2]], 1.0, 1.0),
    ];
    for (name, articles, clusters, truth, precision, recall) in cases {
        let [found_precision, found_recall, f] = bcubed(*articles, clusters, truth);
        assert!((found_precision - precision).abs() < 1e-12, "{name}: precision {found_precision}");
        assert!((found_recall - recall).abs() < 1e-12, "{name}: recall {found_recall}");
        let expected = 2.0 * precision * recall / (precision + recall);
        assert!((f - expected).abs() < 1e-12, "{name}: F {f}");
    }
}

/// Checks the four constraints for which B-cubed was chosen (Amigó et al. 2009, section 3): in each, the second
/// clustering is better.
#[test]
fn bcubed_keeps_its_constraints() {
    let f = |articles, clusters: &[&[u32]], truth: &[&[u32]]| bcubed(articles, clusters, truth)[2];
    let two: &[&[u32]] = &[&[0, 1, 2], &[3, 4, 5]];
    assert!(f(6, &[&[0, 1, 2, 3, 4, 5]], two) < f(6, two, two), "homogeneity");
    let one: &[&[u32]] = &[&[0, 1, 2, 3]];
    assert!(f(4, &[&[0, 1], &[2, 3]], one) < f(4, one, one), "completeness");
    let strange: &[&[u32]] = &[&[0, 1, 2, 3], &[4], &[5], &[6], &[7], &[8]];
    let in_clean = f(9, &[&[0, 1, 2, 3, 8], &[4, 5, 6, 7]], strange);
    let in_rag_bag = f(9, &[&[0, 1, 2, 3], &[4, 5, 6, 7, 8]], strange);
    assert!(in_clean < in_rag_bag, "rag bag");
    let sizes: &[&[u32]] = &[&[0, 1, 2, 3, 4], &[5, 6], &[7, 8], &[9, 10], &[11, 12]];
    let small = f(13, &[&[0, 1, 2, 3, 4]], sizes);
    let large = f(13, &[&[0, 1, 2, 3], &[5, 6], &[7, 8], &[9, 10], &[11, 12]], sizes);
    assert!(small < large, "size against quantity");
}

#[test]
fn distinguishes_merged_from_divided_stories() {
    // Two stories of three articles each; article 6 contains both.
    let truth = vec![vec![0], vec![0], vec![0], vec![1], vec![1], vec![1], vec![1, 0]];
    let grouping = Grouping::new(&truth);
    let quality = |clusters: &[&[(u32, f64)]]| {
        grouping.quality(&clusters.iter().map(|cluster| cluster.to_vec()).collect::<Vec<_>>(), NONE)
    };
    let right =
        quality(&[&[(0, 1.0), (1, 1.0), (2, 1.0), (6, 0.4)], &[(3, 1.0), (4, 1.0), (5, 1.0), (6, 0.6)]]);
    assert_eq!((right.glued, right.largest_wrong, right.fragmentation), (0, 0, 1.0));
    assert_eq!((right.bcubed, right.adjusted_rand_index, right.pairs.f1()), ([1.0; 3], 1.0, 1.0));
    let glued = quality(&[&[(0, 1.0), (1, 1.0), (3, 1.0), (4, 1.0), (6, 1.0)], &[(2, 1.0), (3, 1.0)]]);
    assert_eq!((glued.glued, glued.largest_wrong), (2, 5));
    // Story 0: one cluster, and article 2 alone. Story 1: one cluster, and article 5 alone.
    assert!((glued.fragmentation - 2.0).abs() < 1e-12);
    let torn = quality(&[&[(0, 1.0), (1, 1.0)], &[(2, 1.0), (6, 1.0)]]);
    // Story 0: two clusters. Story 1: four articles alone.
    assert!((torn.fragmentation - 3.0).abs() < 1e-12, "{}", torn.fragmentation);
    assert_eq!(torn.glued, 0);
    // Two pages of two stories are in the clusters of both, which divides neither story.
    let truth = vec![vec![0], vec![0], vec![0, 1], vec![0, 1], vec![1], vec![1]];
    let both = Grouping::new(&truth).quality(
        &[[0, 1, 2, 3], [2, 3, 4, 5]].map(|cluster| cluster.map(|article| (article, 1.0)).to_vec()),
        NONE,
    );
    assert_eq!((both.fragmentation, both.bcubed), (1.0, [1.0; 3]));
}

#[test]
fn intervals_contain_the_measured_value() {
    let ranked = examples().ranked.remove(4);
    let thresholds = [0.3, 0.5, 0.7];
    let curve =
        |resampling| PairCurve::new(&scored(&ranked), 0.0, ranked.labels.len(), &thresholds, resampling);
    let found = curve(Resampling { resamples: 400, seed: 3 });
    for point in &found.points {
        let [.., Interval { low, high }] = point.intervals.unwrap();
        let f1 = point.confusion.f1();
        // With 400 pairs, the interval of F1 is a few hundredths wide.
        assert!(low < f1 && f1 < high && (0.02..0.2).contains(&(high - low)), "{low} {f1} {high}");
    }
    assert_eq!(found, curve(Resampling { resamples: 400, seed: 3 }));
    assert_ne!(found, curve(Resampling { resamples: 400, seed: 4 }));
    assert!(found.best.cross_validated_f1.unwrap() <= found.best.f1);
    let loss = found.best.loss(0.7).unwrap();
    assert!((loss.f1 - (found.best.f1 - found.points[2].confusion.f1())).abs() < 1e-12);
    assert_eq!(found.best.loss(0.8), None, "the threshold .8 was not tried");
}
