//! The results of labeled pairs by kind, at every threshold.

use std::collections::BTreeMap;

/// The results of the pairs of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct KindSeries {
    /// The kind: of labeled pairs as labels name it, of two articles as `one / other`.
    pub kind: Box<str>,
    /// The number of pairs of this kind.
    pub pairs: usize,
    /// The number of these pairs that are labeled copies.
    pub positive: usize,
    /// The result at the threshold of the settings.
    pub own: KindPoint,
    /// The result at every threshold, ascending.
    pub points: Vec<KindPoint>,
}

/// The result of the pairs of one kind at one threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KindPoint {
    /// The threshold.
    pub threshold: f64,
    /// The number of pairs that are called copies and are copies.
    pub found: usize,
    /// The number of pairs that are called copies and are not.
    pub wrong: usize,
}

/// Written in place of the kind of an article without a kind.
const NO_KIND: &str = "-";

/// Returns the kind of two articles, in either order; nothing if neither has one.
pub(super) fn kind_of_two(one: Option<&str>, other: Option<&str>) -> Option<String> {
    one.or(other)?;
    let (one, other) = (one.unwrap_or(NO_KIND), other.unwrap_or(NO_KIND));
    Some(format!("{} / {}", one.min(other), one.max(other)))
}

/// Returns the number of pairs of two articles for each pair of kinds.
pub(super) fn pairs_of_kinds(kinds: &[Option<&str>]) -> BTreeMap<String, usize> {
    let mut articles: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for &kind in kinds {
        *articles.entry(kind).or_default() += 1;
    }
    let mut pairs = BTreeMap::new();
    for (&one, &count) in &articles {
        for (&other, &others) in articles.range(one..) {
            let count = if one == other { count * (count - 1) / 2 } else { count * others };
            if let Some(kind) = kind_of_two(one, other).filter(|_| count > 0) {
                *pairs.entry(kind).or_default() += count;
            }
        }
    }
    pairs
}

/// The scores of pairs, by kind.
pub(super) struct Kinds {
    kinds: BTreeMap<String, Scores>,
}

#[derive(Default)]
struct Scores {
    pairs: usize,
    of_copies: Vec<f64>,
    of_others: Vec<f64>,
}

impl Kinds {
    /// Creates it from the number of pairs of each kind.
    pub(super) fn new(pairs: BTreeMap<String, usize>) -> Self {
        let scores = |(kind, pairs)| (kind, Scores { pairs, ..Scores::default() });
        Self { kinds: pairs.into_iter().map(scores).collect() }
    }

    /// Adds a pair. Pairs that are not copies and have a score of 0 need not be added.
    pub(super) fn count(&mut self, kind: &str, positive: bool, score: f64) {
        if let Some(scores) = self.kinds.get_mut(kind) {
            let list = if positive { &mut scores.of_copies } else { &mut scores.of_others };
            list.push(score);
        }
    }

    /// Returns the results at thresholds; `own` is the threshold of the settings.
    pub(super) fn series(self, own: f64, thresholds: &[f64]) -> Vec<KindSeries> {
        let judge = |(kind, scores): (String, Scores)| {
            let called = |list: &[f64], threshold| list.iter().filter(|&&score| score >= threshold).count();
            let point = |threshold| KindPoint {
                threshold,
                found: called(&scores.of_copies, threshold),
                wrong: called(&scores.of_others, threshold),
            };
            KindSeries {
                kind: kind.into(),
                pairs: scores.pairs,
                positive: scores.of_copies.len(),
                own: point(own),
                points: thresholds.iter().copied().map(point).collect(),
            }
        };
        self.kinds.into_iter().map(judge).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_pairs_of_kinds() {
        assert_eq!(kind_of_two(None, None), None);
        assert_eq!(kind_of_two(Some("wrapped"), Some("cut")).as_deref(), Some("cut / wrapped"));
        assert_eq!(kind_of_two(Some("cut"), Some("cut")).as_deref(), Some("cut / cut"));
        assert_eq!(kind_of_two(Some("cut"), None).as_deref(), Some("- / cut"));
        let kinds = [Some("a"), Some("b"), Some("a"), None, Some("a"), None];
        let pairs: Vec<(String, usize)> = pairs_of_kinds(&kinds).into_iter().collect();
        let expected = [("- / a", 6), ("- / b", 2), ("a / a", 3), ("a / b", 3)];
        assert_eq!(pairs, expected.map(|(kind, count)| (kind.to_owned(), count)));
    }

    #[test]
    fn judges_each_kind() {
        let mut kinds = Kinds::new([("x".to_owned(), 5)].into());
        for (positive, score) in [(true, 0.9), (true, 0.5), (false, 0.5), (false, 0.2)] {
            kinds.count("x", positive, score);
        }
        let series = kinds.series(0.4, &[0.1, 0.5, 0.95]);
        let point = |threshold, found, wrong| KindPoint { threshold, found, wrong };
        assert_eq!(series[0].own, point(0.4, 2, 1));
        assert_eq!(series[0].points, [point(0.1, 2, 2), point(0.5, 2, 1), point(0.95, 0, 0)]);
        assert_eq!((series[0].pairs, series[0].positive), (5, 2));
    }
}
