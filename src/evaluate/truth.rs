//! Rows of labels and articles in, the truth about these articles out: labeled pairs, or groups.

use std::collections::BTreeMap;

use crate::article::{ArticleId, Location};
use crate::corpus::{Corpus, IdenticalArticles};
use crate::read::LabelRow;

/// A pair that somebody judged.
#[derive(Clone, Debug, PartialEq)]
pub struct LabeledPair {
    /// The first article, as the label names them.
    pub a: ArticleId,
    /// The second article.
    pub b: ArticleId,
    /// Whether they count as copies.
    pub positive: bool,
    /// The grade that was given.
    pub grade: f64,
    /// What the pair is an example of, where the label says so.
    pub kind: Option<Box<str>>,
}

/// What labels say.
#[derive(Clone, Debug, PartialEq)]
pub enum Truth {
    /// Some pairs are judged, nothing is said about others. By `a`, then `b`.
    Pairs(Vec<LabeledPair>),
    /// The articles that are labeled, ascending: those that have a group in common belong together, no others do.
    Groups(Vec<LabeledArticle>),
}

/// An article of which somebody said where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabeledArticle {
    /// The article.
    pub id: ArticleId,
    /// Its groups by number, the main one first.
    pub groups: Vec<u32>,
    /// What it is an example of, where labels say so.
    pub kind: Option<Box<str>>,
}

/// How many labels were used, and what became of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelCounts {
    /// Labels that are used: pairs, or articles.
    pub used: usize,
    /// Rows that nobody filled in.
    pub unlabeled: usize,
    /// Rows that name a key which no article has.
    pub unknown: usize,
    /// Rows that name a key which articles with different texts have.
    pub ambiguous: usize,
    /// Rows that say again what another one says, or pair an article with itself.
    pub repeated: usize,
    /// Pairs that are labeled a copy and none; they are left out.
    pub contradictory: usize,
}

impl Truth {
    /// Finds the articles that labels are about. A pair counts as copies from `positive_grade` on. Keys that repeat
    /// mean the first of their articles where all of these are identical, or the one that was read where the row says;
    /// an article that the row itself stands in is meant, whatever its key. Where rows are of several forms, pairs are
    /// dropped for groups.
    pub fn new(
        rows: &[(Location, LabelRow)],
        corpus: &Corpus,
        copies: &IdenticalArticles,
        positive_grade: f64,
    ) -> (Self, LabelCounts) {
        let articles = Names::new(corpus, copies);
        let mut counts = LabelCounts::default();
        let mut pairs: BTreeMap<(ArticleId, ArticleId), Vec<LabeledPair>> = BTreeMap::new();
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut groups: BTreeMap<ArticleId, Vec<u32>> = BTreeMap::new();
        let mut kinds: BTreeMap<ArticleId, Box<str>> = BTreeMap::new();
        let mut put = |id: ArticleId, group: u32| {
            let of = groups.entry(id).or_default();
            let is_new = !of.contains(&group);
            if is_new {
                of.push(group);
            }
            is_new
        };
        // Groups without a name are numbered from the other end.
        let mut unnamed = u32::MAX;
        for (place, row) in rows {
            match row {
                LabelRow::Pair { grade: None, .. } => counts.unlabeled += 1,
                LabelRow::Pair { keys, grade: Some(grade), kind, at } => {
                    let mut find = |side: usize| {
                        let said = at[side].as_deref().and_then(|at| articles.said_at(at, &keys[side]));
                        said.or_else(|| articles.find(&keys[side], &mut counts))
                    };
                    let [Some(a), Some(b)] = [0, 1].map(&mut find) else {
                        continue;
                    };
                    if a == b {
                        counts.repeated += 1;
                        continue;
                    }
                    let kind = kind.as_deref().map(Into::into);
                    let pair = LabeledPair { a, b, positive: *grade >= positive_grade, grade: *grade, kind };
                    pairs.entry((a.min(b), a.max(b))).or_default().push(pair);
                }
                LabelRow::Article { groups, .. } if groups.is_empty() => counts.unlabeled += 1,
                LabelRow::Article { key, groups, kind } => {
                    let Some(id) = articles.at(place, key).or_else(|| articles.find(key, &mut counts)) else {
                        continue;
                    };
                    for group in groups {
                        let next = numbers.len() as u32;
                        if !put(id, *numbers.entry(group).or_insert(next)) {
                            counts.repeated += 1;
                        }
                    }
                    if let Some(kind) = kind {
                        kinds.entry(id).or_insert_with(|| kind.as_str().into());
                    }
                }
                LabelRow::Group(keys) => {
                    for key in keys {
                        if let Some(id) = articles.find(key, &mut counts)
                            && !put(id, unnamed)
                        {
                            counts.repeated += 1;
                        }
                    }
                    unnamed -= 1;
                }
            }
        }
        if !groups.is_empty() {
            counts.used = groups.len();
            return (Self::Groups(renumbered(groups, kinds)), counts);
        }
        let mut used = Vec::new();
        for same in pairs.into_values() {
            counts.repeated += same.len() - 1;
            if same.iter().any(|pair| pair.positive != same[0].positive) {
                counts.contradictory += 1;
            } else {
                used.extend(same.into_iter().next());
            }
        }
        used.sort_by_key(|pair| (pair.a, pair.b));
        counts.used = used.len();
        (Self::Pairs(used), counts)
    }
}

/// Gives groups numbers from 0 on, in the order in which articles name them.
fn renumbered(
    groups: BTreeMap<ArticleId, Vec<u32>>,
    mut kinds: BTreeMap<ArticleId, Box<str>>,
) -> Vec<LabeledArticle> {
    let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
    let mut renumber = |group: u32| {
        let next = numbers.len() as u32;
        *numbers.entry(group).or_insert(next)
    };
    groups
        .into_iter()
        .map(|(id, of)| LabeledArticle {
            id,
            groups: of.into_iter().map(&mut renumber).collect(),
            kind: kinds.remove(&id),
        })
        .collect()
}

/// The keys of articles.
struct Names<'a> {
    corpus: &'a Corpus,
    copies: &'a IdenticalArticles,
    by_key: BTreeMap<&'a str, Vec<ArticleId>>,
}

impl<'a> Names<'a> {
    fn new(corpus: &'a Corpus, copies: &'a IdenticalArticles) -> Self {
        let mut by_key: BTreeMap<&str, Vec<ArticleId>> = BTreeMap::new();
        for id in corpus.ids() {
            by_key.entry(corpus.key(id)).or_default().push(id);
        }
        Self { corpus, copies, by_key }
    }

    /// Finds the article of a key, and counts what stands against it.
    fn find(&self, key: &str, counts: &mut LabelCounts) -> Option<ArticleId> {
        let Some(ids) = self.by_key.get(key) else {
            counts.unknown += 1;
            return None;
        };
        if ids.iter().any(|&id| self.copies.leader(id) != self.copies.leader(ids[0])) {
            counts.ambiguous += 1;
            return None;
        }
        Some(ids[0])
    }

    /// Finds the article with a key that was read at a place, as reports say it.
    fn said_at(&self, at: &str, key: &str) -> Option<ArticleId> {
        let ids = self.by_key.get(key)?;
        ids.iter().copied().find(|&id| self.corpus.header(id).place.to_string() == at)
    }

    /// Finds the article with a key that was read at a location.
    fn at(&self, location: &Location, key: &str) -> Option<ArticleId> {
        let ids = self.by_key.get(key)?;
        ids.iter().copied().find(|&id| self.corpus.place(id) == location)
    }
}
