//! Converts rows of labels to labeled pairs or groups of articles.

use std::collections::BTreeMap;

use super::articles_by_key::{ArticlesByKey, KeyError};
use crate::article::{ArticleId, Location};
use crate::corpus::{Corpus, IdenticalArticles};
use crate::read::LabelRow;

/// A pair of articles that has a label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabeledPair {
    /// The first article, in the order of the label.
    pub a: ArticleId,
    /// The second article.
    pub b: ArticleId,
    /// True if the pair counts as a copy.
    pub positive: bool,
    /// The grade of the label.
    pub grade: f64,
    /// The score that a tool gives the pair, if it gives one.
    pub score: Option<f64>,
    /// The kind of pair of which it is an example, if the label names one.
    pub kind: Option<Box<str>>,
}

/// The labels of the articles of a corpus, or of pairs of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Truth {
    /// Some pairs have a label; nothing is known about others. Sorted by `a`, then `b`.
    Pairs(Vec<LabeledPair>),
    /// Some articles have labels, ascending. Two of them are copies if they have a group in common, and only then.
    Groups(Vec<LabeledArticle>),
}

/// An article with the groups that labels assign it to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabeledArticle {
    /// The article.
    pub id: ArticleId,
    /// The numbers of its groups, the main one first.
    pub groups: Vec<u32>,
    /// The kind of article of which it is an example, if a label names one.
    pub kind: Option<Box<str>>,
}

/// The number of labels that are used, and the number that are not, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelCounts {
    /// The number of pairs or of articles with labels that are used.
    pub used: usize,
    /// The number of rows that are not filled in.
    pub unlabeled: usize,
    /// The number of times that a row names a key which no article has.
    pub unknown: usize,
    /// The number of times that a row names a key which articles with different texts have.
    pub ambiguous: usize,
    /// The number of labels that repeat another one, or pair an article with itself.
    pub repeated: usize,
    /// The number of pairs that are labeled both a copy and not a copy. They are not used.
    pub contradictory: usize,
}

impl LabelCounts {
    /// Returns the number of labels that are not used for each reason, and the reason in words; only numbers above 0.
    pub fn unused(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let reasons = [
            (self.unlabeled, "not filled in"),
            (self.unknown, "with a key that no article has"),
            (self.ambiguous, "with a key that different articles have"),
            (self.repeated, "repeated"),
            (self.contradictory, "contradicted by others"),
        ];
        reasons.into_iter().filter(|&(count, _)| count > 0)
    }
}

impl Truth {
    /// Finds the articles that rows of labels name. A pair counts as a copy if its grade is `positive_grade` or
    /// more. If there are both rows about groups and rows about pairs, pairs are ignored.
    ///
    /// If several articles have the key that a row names, these rules find the one that is meant, in this order:
    /// the article at the location that the row gives; the article that was read from this very row, if labels are
    /// in the input; the first of the articles, if all of them are identical. Otherwise the key is ambiguous.
    pub fn new(
        rows: &[(Location, LabelRow)],
        corpus: &Corpus,
        identical: &IdenticalArticles,
        positive_grade: f64,
    ) -> (Self, LabelCounts) {
        let mut labels = LabelCollector::new(ArticlesByKey::new(corpus, identical), positive_grade);
        for (index, (location, row)) in rows.iter().enumerate() {
            labels.add(index, location, row);
        }
        labels.finish()
    }
}

/// A group as rows refer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum GroupRef<'a> {
    /// A group that rows of articles name.
    Named(&'a str),
    /// A group without a name: the index of the row that lists its articles.
    Row(usize),
}

/// Collects rows of labels until all of them are known.
struct LabelCollector<'a> {
    articles: ArticlesByKey<'a>,
    positive_grade: f64,
    counts: LabelCounts,
    /// The labels of each pair, by its articles in ascending order.
    pairs: BTreeMap<(ArticleId, ArticleId), Vec<LabeledPair>>,
    groups: BTreeMap<ArticleId, Vec<GroupRef<'a>>>,
    kinds: BTreeMap<ArticleId, Box<str>>,
}

impl<'a> LabelCollector<'a> {
    fn new(articles: ArticlesByKey<'a>, positive_grade: f64) -> Self {
        Self {
            articles,
            positive_grade,
            counts: LabelCounts::default(),
            pairs: BTreeMap::new(),
            groups: BTreeMap::new(),
            kinds: BTreeMap::new(),
        }
    }

    fn add(&mut self, index: usize, location: &Location, row: &'a LabelRow) {
        match row {
            LabelRow::Pair { grade: None, .. } => self.counts.unlabeled += 1,
            LabelRow::Pair { keys, grade: Some(grade), score, kind, locations } => {
                self.add_pair(keys, locations, (*grade, *score), kind.as_deref());
            }
            LabelRow::Article { groups, .. } if groups.is_empty() => self.counts.unlabeled += 1,
            LabelRow::Article { key, groups, kind } => {
                self.add_article(location, key, groups, kind.as_deref());
            }
            LabelRow::Group(keys) => {
                for key in keys {
                    if let Some(id) = self.find(key) {
                        self.assign(id, GroupRef::Row(index));
                    }
                }
            }
        }
    }

    fn add_pair(
        &mut self,
        keys: &[String; 2],
        locations: &[Option<String>; 2],
        (grade, score): (f64, Option<f64>),
        kind: Option<&str>,
    ) {
        // Both articles are looked for even if the first is not found, so that both keys are counted.
        let found = [0, 1].map(|side| {
            let location = locations[side].as_deref();
            location
                .and_then(|location| self.articles.at_written(location, &keys[side]))
                .or_else(|| self.find(&keys[side]))
        });
        let [Some(a), Some(b)] = found else { return };
        if a == b {
            self.counts.repeated += 1;
            return;
        }
        let positive = grade >= self.positive_grade;
        let pair = LabeledPair { a, b, positive, grade, score, kind: kind.map(Into::into) };
        self.pairs.entry((a.min(b), a.max(b))).or_default().push(pair);
    }

    fn add_article(&mut self, location: &Location, key: &str, groups: &'a [String], kind: Option<&str>) {
        let Some(id) = self.articles.at(location, key).or_else(|| self.find(key)) else { return };
        for group in groups {
            self.assign(id, GroupRef::Named(group));
        }
        if let Some(kind) = kind {
            self.kinds.entry(id).or_insert_with(|| kind.into());
        }
    }

    /// Returns the article with a key, or counts why there is none.
    fn find(&mut self, key: &str) -> Option<ArticleId> {
        match self.articles.first(key) {
            Ok(id) => return Some(id),
            Err(KeyError::Unknown) => self.counts.unknown += 1,
            Err(KeyError::Ambiguous) => self.counts.ambiguous += 1,
        }
        None
    }

    /// Assigns an article to a group.
    fn assign(&mut self, id: ArticleId, group: GroupRef<'a>) {
        let groups = self.groups.entry(id).or_default();
        if groups.contains(&group) {
            self.counts.repeated += 1;
        } else {
            groups.push(group);
        }
    }

    fn finish(mut self) -> (Truth, LabelCounts) {
        if self.groups.is_empty() {
            let pairs = consistent_pairs(self.pairs, &mut self.counts);
            self.counts.used = pairs.len();
            (Truth::Pairs(pairs), self.counts)
        } else {
            self.counts.used = self.groups.len();
            (Truth::Groups(numbered(self.groups, self.kinds)), self.counts)
        }
    }
}

/// Returns the first label of each pair that has no contradictory labels, sorted, and counts the others.
fn consistent_pairs(
    pairs: BTreeMap<(ArticleId, ArticleId), Vec<LabeledPair>>,
    counts: &mut LabelCounts,
) -> Vec<LabeledPair> {
    let mut used = Vec::new();
    for labels in pairs.into_values() {
        counts.repeated += labels.len() - 1;
        if labels.iter().any(|pair| pair.positive != labels[0].positive) {
            counts.contradictory += 1;
        } else {
            used.extend(labels.into_iter().next());
        }
    }
    used.sort_by_key(|pair| (pair.a, pair.b));
    used
}

/// Numbers the groups from 0, in the order in which they occur in the articles.
fn numbered<'a>(
    groups: BTreeMap<ArticleId, Vec<GroupRef<'a>>>,
    mut kinds: BTreeMap<ArticleId, Box<str>>,
) -> Vec<LabeledArticle> {
    let mut numbers: BTreeMap<GroupRef<'a>, u32> = BTreeMap::new();
    let mut number = |group: GroupRef<'a>| {
        let next = numbers.len() as u32;
        *numbers.entry(group).or_insert(next)
    };
    groups
        .into_iter()
        .map(|(id, groups)| LabeledArticle {
            id,
            groups: groups.into_iter().map(&mut number).collect(),
            kind: kinds.remove(&id),
        })
        .collect()
}
