//! Labeled articles and a method in, what every threshold makes of their pairs out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::clusters::Compared;
use super::kinds::{KindSeries, Kinds, kind_of_two, pairs_of_kinds};
use super::methods::{Method, Scorer};
use super::{Items, SweepOptions, confusion_of};
use crate::article::ArticleId;
use crate::cluster::{DisjointSets, Group};
use crate::detect::survey::Survey;
use crate::evaluate::{Interval, LabeledPair, PairCurve, Resampling, ScoredPair, Truth};

/// What every threshold makes of labeled pairs, by one method.
#[derive(Clone, Debug, PartialEq)]
pub struct PairSeries {
    /// The method.
    pub method: Method,
    /// The curve.
    pub curve: PairCurve,
    /// What thresholds make of each kind of pair; empty where labels name none.
    pub kinds: Vec<KindSeries>,
}

/// A labeled pair that a threshold calls wrongly.
#[derive(Clone, Debug, PartialEq)]
pub struct WrongPair {
    /// The articles.
    pub articles: [ArticleId; 2],
    /// Whether it is labeled a copy, so that it is missed; else it is a false positive.
    pub positive: bool,
    /// The greatest threshold at which it is called a copy.
    pub score: f64,
    /// The grade that it was given, where pairs are labeled.
    pub grade: Option<f64>,
    /// What it is an example of, where the label says so.
    pub kind: Option<Box<str>>,
}

/// What labels say, in the form in which methods are compared with it.
pub(in crate::detect) enum LabeledSet<'s> {
    Pairs {
        pairs: &'s [LabeledPair],
        /// For each pair what hangs together with it, by articles that several pairs have in common.
        units: Vec<u32>,
        unit_count: usize,
    },
    Groups {
        survey: &'s Survey,
        items: Items<'s>,
    },
}

impl<'s> LabeledSet<'s> {
    pub(super) fn new(survey: &'s Survey, truth: &'s Truth) -> Self {
        let pairs = match truth {
            Truth::Groups(groups) => return Self::Groups { survey, items: Items::new(groups) },
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

    /// Counts the labeled pairs: positive ones, and negative ones.
    pub(super) fn totals(&self) -> (f64, f64) {
        match self {
            Self::Pairs { pairs, .. } => {
                let positive = pairs.iter().filter(|pair| pair.positive).count();
                (positive as f64, (pairs.len() - positive) as f64)
            }
            Self::Groups { items, .. } => {
                let positive = items.grouping.pairs_together().count() as f64;
                (positive, items.grouping.all_pairs() - positive)
            }
        }
    }

    /// Counts the positive pairs that are candidates, and all of them.
    pub(in crate::detect) fn in_index(
        &self,
        is_candidate: &dyn Fn(ArticleId, ArticleId) -> bool,
    ) -> (usize, usize) {
        let count = |pairs: &mut dyn Iterator<Item = (ArticleId, ArticleId)>| {
            pairs.fold((0, 0), |(found, all), (a, b)| (found + usize::from(is_candidate(a, b)), all + 1))
        };
        match self {
            Self::Pairs { pairs, .. } => {
                count(&mut pairs.iter().filter(|pair| pair.positive).map(|pair| (pair.a, pair.b)))
            }
            Self::Groups { items, .. } => {
                let id = |number: u32| items.ids[number as usize];
                count(&mut items.grouping.pairs_together().map(|[one, other]| (id(one), id(other))))
            }
        }
    }

    /// Lists the pairs that count: all labeled ones; of groups, those that are together and those that the method
    /// calls at some threshold.
    fn scored(&self, scorer: &mut Scorer<'_>, method: Method) -> Vec<(ScoredPair, [ArticleId; 2])> {
        match self {
            Self::Pairs { pairs, units, .. } => pairs
                .iter()
                .zip(units)
                .map(|(pair, &unit)| {
                    let score = scorer.score(method, pair.a, pair.b);
                    (ScoredPair { units: [unit; 2], positive: pair.positive, score }, [pair.a, pair.b])
                })
                .collect(),
            Self::Groups { survey, items } => {
                let pairs = Self::called(survey, items, scorer, method);
                let scored = |(pair, score): ([u32; 2], f64)| {
                    let units = items.grouping.units_of(pair);
                    let positive = items.grouping.are_together(pair);
                    (ScoredPair { units, positive, score }, pair.map(|number| items.ids[number as usize]))
                };
                pairs.into_iter().map(scored).collect()
            }
        }
    }

    /// Gives the scores of pairs of labeled articles: of those that the method looks at, and of those that are
    /// together.
    fn called(
        survey: &Survey,
        items: &Items<'_>,
        scorer: &mut Scorer<'_>,
        method: Method,
    ) -> BTreeMap<[u32; 2], f64> {
        let numbers = |leader: ArticleId| {
            let labeled = survey.copies().of(leader).iter();
            labeled.filter_map(|id| items.number_of.get(id).copied()).collect::<Vec<u32>>()
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
        for set in survey.copies().sets() {
            let same = numbers(set[0]);
            for (place, &one) in same.iter().enumerate() {
                for &other in &same[place + 1..] {
                    scores.insert([one.min(other), one.max(other)], 1.0);
                }
            }
        }
        for pair in items.grouping.pairs_together() {
            let [one, other] = pair.map(|number| items.ids[number as usize]);
            scores.entry(pair).or_insert_with(|| scorer.score(method, one, other));
        }
        scores
    }

    /// Follows a method over all thresholds.
    pub(super) fn series(
        &self,
        scorer: &mut Scorer<'_>,
        method: Method,
        options: &SweepOptions,
    ) -> PairSeries {
        let scored = self.scored(scorer, method);
        let kinds = self.kinds(&scored).series(scorer.threshold(), &options.thresholds);
        let pairs: Vec<ScoredPair> = scored.into_iter().map(|(pair, _)| pair).collect();
        let (positive, negative) = self.totals();
        let others = positive + negative - pairs.len() as f64;
        let units = match self {
            Self::Pairs { unit_count, .. } => *unit_count,
            Self::Groups { items, .. } => items.grouping.units(),
        };
        let curve = PairCurve::new(&pairs, others, units, &options.thresholds, options.resampling);
        PairSeries { method, curve, kinds }
    }

    /// Sorts pairs by kind.
    fn kinds(&self, scored: &[(ScoredPair, [ArticleId; 2])]) -> Kinds {
        let mut pairs: BTreeMap<String, usize> = BTreeMap::new();
        match self {
            Self::Pairs { pairs: labels, .. } => {
                for kind in labels.iter().filter_map(|label| label.kind.as_deref()) {
                    *pairs.entry(kind.to_owned()).or_default() += 1;
                }
            }
            Self::Groups { items, .. } => pairs = pairs_of_kinds(&items.kinds),
        }
        let mut kinds = Kinds::new(pairs);
        for (place, (pair, articles)) in scored.iter().enumerate() {
            if let Some(kind) = self.kind_of(place, *articles) {
                kinds.count(&kind, pair.positive, pair.score);
            }
        }
        kinds
    }

    /// Names the kind of a scored pair, where labels say one.
    fn kind_of(&self, place: usize, articles: [ArticleId; 2]) -> Option<Cow<'_, str>> {
        match self {
            Self::Pairs { pairs, .. } => pairs[place].kind.as_deref().map(Cow::Borrowed),
            Self::Groups { items, .. } => {
                let [one, other] = articles.map(|id| items.kind(id));
                kind_of_two(one, other).map(Cow::Owned)
            }
        }
    }

    /// Lists the pairs that a threshold calls wrongly.
    pub(super) fn wrong(&self, scorer: &mut Scorer<'_>, method: Method, threshold: f64) -> Vec<WrongPair> {
        let scored = self.scored(scorer, method);
        let grade = |place: usize| match self {
            Self::Pairs { pairs, .. } => Some(pairs[place].grade),
            Self::Groups { .. } => None,
        };
        let wrong = |(place, (pair, articles)): (usize, (ScoredPair, [ArticleId; 2]))| {
            ((pair.score >= threshold) != pair.positive).then(|| WrongPair {
                articles,
                positive: pair.positive,
                score: pair.score,
                grade: grade(place),
                kind: self.kind_of(place, articles).map(Into::into),
            })
        };
        let mut wrong: Vec<WrongPair> = scored.into_iter().enumerate().filter_map(wrong).collect();
        wrong.sort_by(|one, other| {
            let distance = |pair: &WrongPair| (pair.score - threshold).abs();
            let far_first = distance(other).total_cmp(&distance(one));
            one.positive.cmp(&other.positive).then(far_first).then(one.articles.cmp(&other.articles))
        });
        wrong
    }

    /// Compares clusters with what labels say.
    pub(super) fn compare(&self, groups: &[Group], resampling: Resampling) -> Compared {
        match self {
            Self::Groups { items, .. } => {
                let clusters: Vec<Vec<(u32, f64)>> =
                    groups.iter().map(|group| items.of_group(group)).collect();
                let quality = items.grouping.quality(&clusters, resampling);
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
                    let mut confusion = crate::evaluate::Confusion::default();
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
