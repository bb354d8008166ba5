//! The labels of a sweep, in the form in which methods are compared with them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::kind_series::kind_of_two;
use super::method::Method;
use super::scorer::Scorer;
use super::survey::Survey;
use crate::article::ArticleId;
use crate::cluster::{DisjointSets, Group};
use crate::evaluate::{
    ClusterQuality, ConfusionMatrix, Grouping, Interval, LabeledArticle, LabeledPair, Resampling, ScoredPair,
    Truth,
};

/// The labels of articles of a survey.
pub(super) enum LabeledSet<'s> {
    /// Labeled pairs.
    Pairs {
        pairs: &'s [LabeledPair],
        /// For each pair the number of its unit. Pairs are in one unit if they are connected by common articles: they
        /// are resampled together.
        units: Vec<u32>,
        unit_count: usize,
    },
    /// Articles in groups of copies.
    Groups { survey: &'s Survey, articles: LabeledArticles<'s> },
}

/// The quality of clusters by labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Compared {
    /// Of the labeled pairs: which are in one cluster, which are labeled copies; and the confidence interval of the F1.
    pub(super) pairs: Option<(ConfusionMatrix, Option<Interval>)>,
    /// The quality of the clusters, if groups are labeled.
    pub(super) quality: Option<ClusterQuality>,
}

/// A pair of articles, its score by a method, and its label.
pub(super) type ScoredArticles = (ScoredPair, [ArticleId; 2]);

/// Articles that labels put into groups, numbered as `evaluate` counts them.
pub(super) struct LabeledArticles<'s> {
    number_of: BTreeMap<ArticleId, u32>,
    ids: Vec<ArticleId>,
    kinds: Vec<Option<&'s str>>,
    grouping: Grouping,
}

impl<'s> LabeledArticles<'s> {
    fn new(articles: &'s [LabeledArticle]) -> Self {
        let ids: Vec<ArticleId> = articles.iter().map(|article| article.id).collect();
        let groups: Vec<Vec<u32>> = articles.iter().map(|article| article.groups.clone()).collect();
        let number_of = (0..).zip(&ids).map(|(number, &id)| (id, number)).collect();
        let kinds = articles.iter().map(|article| article.kind.as_deref()).collect();
        Self { number_of, ids, kinds, grouping: Grouping::new(&groups) }
    }

    /// Returns the kind of each article, if labels name one.
    pub(super) fn kinds(&self) -> &[Option<&'s str>] {
        &self.kinds
    }

    /// Returns the kind of an article, if labels name one.
    fn kind(&self, id: ArticleId) -> Option<&'s str> {
        self.kinds[*self.number_of.get(&id)? as usize]
    }

    /// Returns the labeled articles of a cluster, by number.
    fn of_group(&self, group: &Group) -> Vec<(u32, f64)> {
        let number = |&(id, share): &(ArticleId, f64)| Some((*self.number_of.get(&id)?, share));
        group.members.iter().filter_map(number).collect()
    }
}

impl<'s> LabeledSet<'s> {
    /// Creates the labels of articles of a survey.
    pub(super) fn new(survey: &'s Survey, truth: &'s Truth) -> Self {
        let pairs = match truth {
            Truth::Groups(groups) => return Self::Groups { survey, articles: LabeledArticles::new(groups) },
            Truth::Pairs(pairs) => pairs,
        };
        let mut forest = DisjointSets::new(survey.corpus().len());
        for pair in pairs {
            forest.join(pair.a.index(), pair.b.index());
        }
        let mut numbers: BTreeMap<usize, u32> = BTreeMap::new();
        let mut unit = |pair: &LabeledPair| {
            let next = numbers.len() as u32;
            *numbers.entry(forest.root(pair.a.index())).or_insert(next)
        };
        let units = pairs.iter().map(&mut unit).collect();
        Self::Pairs { pairs, units, unit_count: numbers.len() }
    }

    /// Returns the number of positive and of negative labeled pairs.
    pub(super) fn totals(&self) -> (f64, f64) {
        match self {
            Self::Pairs { pairs, .. } => {
                let positive = pairs.iter().filter(|pair| pair.positive).count();
                (positive as f64, (pairs.len() - positive) as f64)
            }
            Self::Groups { articles, .. } => {
                let positive = articles.grouping.pairs_together().count() as f64;
                (positive, articles.grouping.all_pairs() - positive)
            }
        }
    }

    /// Returns the number of units, which are resampled.
    pub(super) fn units(&self) -> usize {
        match self {
            Self::Pairs { unit_count, .. } => *unit_count,
            Self::Groups { articles, .. } => articles.grouping.units(),
        }
    }

    /// Returns the number of positive labeled pairs that are candidates, and of all of them.
    pub(super) fn in_index(&self, is_candidate: &dyn Fn(ArticleId, ArticleId) -> bool) -> (usize, usize) {
        let count = |pairs: &mut dyn Iterator<Item = (ArticleId, ArticleId)>| {
            pairs.fold((0, 0), |(found, all), (a, b)| (found + usize::from(is_candidate(a, b)), all + 1))
        };
        match self {
            Self::Pairs { pairs, .. } => {
                count(&mut pairs.iter().filter(|pair| pair.positive).map(|pair| (pair.a, pair.b)))
            }
            Self::Groups { articles, .. } => {
                let id = |number: u32| articles.ids[number as usize];
                count(&mut articles.grouping.pairs_together().map(|[one, other]| (id(one), id(other))))
            }
        }
    }

    /// Returns the scored pairs: all labeled pairs; or, if groups are labeled, all pairs that are in one group and
    /// all pairs that the method scores above 0.
    pub(super) fn scored(&self, scorer: &mut Scorer<'_>, method: Method) -> Vec<ScoredArticles> {
        match self {
            Self::Pairs { pairs, units, .. } => pairs
                .iter()
                .zip(units)
                .map(|(pair, &unit)| {
                    let score = scorer.score(method, pair.a, pair.b);
                    (ScoredPair { units: [unit; 2], positive: pair.positive, score }, [pair.a, pair.b])
                })
                .collect(),
            Self::Groups { survey, articles } => {
                let pairs = Self::called(survey, articles, scorer, method);
                let scored = |(pair, score): ([u32; 2], f64)| {
                    let units = articles.grouping.units_of(pair);
                    let positive = articles.grouping.are_together(pair);
                    (ScoredPair { units, positive, score }, pair.map(|number| articles.ids[number as usize]))
                };
                pairs.into_iter().map(scored).collect()
            }
        }
    }

    /// Returns the pairs, scored by another tool: all labeled pairs; or, if groups are labeled, all pairs that are in one
    /// group and all pairs that have a score. A pair without a score has minus infinity.
    pub(super) fn scored_by(&self, scores: &BTreeMap<[ArticleId; 2], f64>) -> Vec<ScoredPair> {
        let score = |one: ArticleId, other: ArticleId| {
            scores.get(&[one.min(other), one.max(other)]).copied().unwrap_or(f64::NEG_INFINITY)
        };
        match self {
            Self::Pairs { pairs, units, .. } => {
                let scored = |(pair, &unit): (&LabeledPair, &u32)| ScoredPair {
                    units: [unit; 2],
                    positive: pair.positive,
                    score: score(pair.a, pair.b),
                };
                pairs.iter().zip(units).map(scored).collect()
            }
            Self::Groups { articles, .. } => {
                let number = |id: ArticleId| articles.number_of.get(&id).copied();
                let mut all: BTreeMap<[u32; 2], f64> = BTreeMap::new();
                for (&[one, other], &score) in scores {
                    if let (Some(one), Some(other)) = (number(one), number(other)) {
                        all.insert([one.min(other), one.max(other)], score);
                    }
                }
                for pair in articles.grouping.pairs_together() {
                    all.entry(pair).or_insert(f64::NEG_INFINITY);
                }
                let scored = |(pair, score)| ScoredPair {
                    units: articles.grouping.units_of(pair),
                    positive: articles.grouping.are_together(pair),
                    score,
                };
                all.into_iter().map(scored).collect()
            }
        }
    }

    /// Returns the scores of pairs of labeled articles: of all pairs that the method scores above 0, and of all pairs
    /// that the labels put together.
    fn called(
        survey: &Survey,
        articles: &LabeledArticles<'_>,
        scorer: &mut Scorer<'_>,
        method: Method,
    ) -> BTreeMap<[u32; 2], f64> {
        let numbers = |leader: ArticleId| {
            let labeled = survey.identical().of(leader).iter();
            labeled.filter_map(|id| articles.number_of.get(id).copied()).collect::<Vec<u32>>()
        };
        let mut scores: BTreeMap<[u32; 2], f64> = BTreeMap::new();
        for (score, a, b) in scorer.all(method) {
            let others = numbers(b);
            for one in numbers(a) {
                for &other in &others {
                    scores.insert([one.min(other), one.max(other)], score);
                }
            }
        }
        for set in survey.identical().sets() {
            let same = numbers(set[0]);
            for (place, &one) in same.iter().enumerate() {
                for &other in &same[place + 1..] {
                    scores.insert([one.min(other), one.max(other)], 1.0);
                }
            }
        }
        for pair in articles.grouping.pairs_together() {
            let [one, other] = pair.map(|number| articles.ids[number as usize]);
            scores.entry(pair).or_insert_with(|| scorer.score(method, one, other));
        }
        scores
    }

    /// Returns the grade of the scored pair at `index`, if pairs are labeled.
    pub(super) fn grade_of(&self, index: usize) -> Option<f64> {
        match self {
            Self::Pairs { pairs, .. } => Some(pairs[index].grade),
            Self::Groups { .. } => None,
        }
    }

    /// Returns the kind of the scored pair at `index`, if labels name one.
    pub(super) fn kind_of(&self, index: usize, pair: [ArticleId; 2]) -> Option<Cow<'_, str>> {
        match self {
            Self::Pairs { pairs, .. } => pairs[index].kind.as_deref().map(Cow::Borrowed),
            Self::Groups { articles, .. } => {
                let [one, other] = pair.map(|id| articles.kind(id));
                kind_of_two(one, other).map(Cow::Owned)
            }
        }
    }

    /// Compares clusters with the labels.
    pub(super) fn compare(&self, groups: &[Group], resampling: Resampling) -> Compared {
        match self {
            Self::Groups { articles, .. } => {
                let clusters: Vec<Vec<(u32, f64)>> =
                    groups.iter().map(|group| articles.of_group(group)).collect();
                let quality = articles.grouping.quality(&clusters, resampling);
                let f1 = quality.intervals.map(|[f1, _]| f1);
                Compared { pairs: Some((quality.pairs, f1)), quality: Some(quality) }
            }
            Self::Pairs { pairs, units, unit_count } => {
                let mut clusters: BTreeMap<ArticleId, BTreeSet<usize>> = BTreeMap::new();
                for (number, group) in groups.iter().enumerate() {
                    for &(id, _) in &group.members {
                        clusters.entry(id).or_default().insert(number);
                    }
                }
                let together = |pair: &LabeledPair| {
                    let [one, other] = [pair.a, pair.b].map(|id| clusters.get(&id));
                    one.zip(other).is_some_and(|(one, other)| !one.is_disjoint(other))
                };
                let called: Vec<(bool, bool)> =
                    pairs.iter().map(|pair| (pair.positive, together(pair))).collect();
                let f1s = resampling.each(*unit_count, |weights| {
                    let mut confusion = ConfusionMatrix::default();
                    for (&(positive, called), &unit) in called.iter().zip(units) {
                        confusion.count(positive, called, weights[unit as usize]);
                    }
                    confusion.f1()
                });
                let confusion = confusion_of(called.iter().copied());
                Compared { pairs: Some((confusion, Interval::new(f1s))), quality: None }
            }
        }
    }
}

/// Counts pairs of (is labeled a copy, is called a copy).
fn confusion_of(called: impl Iterator<Item = (bool, bool)>) -> ConfusionMatrix {
    let mut confusion = ConfusionMatrix::default();
    for (positive, called) in called {
        confusion.count(positive, called, 1.0);
    }
    confusion
}
