//! Lists the pairs of a run, including pairs of identical articles.

use std::collections::BTreeMap;

use crate::article::ArticleId;
use crate::corpus::{Corpus, IdenticalArticles, Role};
use crate::detect::Findings;
use crate::verify::{Match, MatchHead, Matches, Relation, Verifier};

/// The pairs that identical articles are listed in: with every article that they match, or with their leader only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listed {
    /// Each article that is identical to an earlier one is listed with that one, its leader, and with no other.
    #[default]
    Leaders,
    /// Each article is listed with every article that it matches. The number of pairs grows with the square of the
    /// number of identical articles.
    All,
}

impl Findings {
    /// Returns the pairs of a run, including identical articles, by the number of `a`, then of `b`. Pairs of two articles
    /// of the reference collection are left out. Pairs are created one by one, so a long list takes no memory.
    pub fn pairs(&self, listed: Listed) -> impl Iterator<Item = Match> + '_ {
        list(self.corpus(), self.identical(), self.matches(), self.verifier(), listed)
    }
}

fn list<'a>(
    corpus: &'a Corpus,
    identical: &'a IdenticalArticles,
    matches: &'a Matches,
    mut verifier: Verifier<'a>,
    listed: Listed,
) -> impl Iterator<Item = Match> + 'a {
    let mut matches_of: BTreeMap<ArticleId, Vec<&MatchHead>> = BTreeMap::new();
    for found in matches.heads() {
        for id in [found.a, found.b] {
            matches_of.entry(id).or_default().push(found);
        }
    }
    let partners = move |a: ArticleId| {
        let leader = identical.leader(a);
        let mut partners: Vec<(ArticleId, Option<&MatchHead>)> = Vec::new();
        if a == leader || listed == Listed::All {
            // The leader may have a greater number than an identical article of the reference collection.
            let is_later = |b| if listed == Listed::All { b > a } else { b != a };
            partners.extend(identical.of(a).iter().filter(|&&b| is_later(b)).map(|&b| (b, None)));
            for &found in matches_of.get(&leader).into_iter().flatten() {
                let other = if found.a == leader { found.b } else { found.a };
                let others = match listed {
                    Listed::Leaders => std::slice::from_ref(&other),
                    Listed::All => identical.of(other),
                };
                // `a` is the excerpt, or the article with the smaller number if neither is one.
                let is_a = |b| if found.relation() == Relation::Excerpt { found.a == leader } else { a < b };
                partners.extend(others.iter().filter(|&&b| is_a(b)).map(|&b| (b, Some(found))));
            }
        }
        partners.retain(|&(b, _)| !(corpus.role(a) == Role::Reference && corpus.role(b) == Role::Reference));
        partners.sort_by_key(|&(b, _)| b);
        partners.into_iter().map(move |(b, found)| (a, b, leader, found))
    };
    corpus.ids().flat_map(partners).filter_map(move |(a, b, leader, found)| match found {
        Some(found) => Some(Match { a, b, ..matches.unpack(found).seen_from(leader) }),
        None => verifier.verify(a, b),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::{Retained, Segment};
    use crate::text::{Tokens, tokenize};
    use crate::verify::{AlignRule, JudgeRule, Score};

    #[test]
    fn lists_identical_articles() {
        let story =
            "The ferry to Lund island stopped on Monday after its second engine failed in the harbour.";
        let longer = format!("{story} {}", "Nothing else happened there on that day or after it.".repeat(3));
        let mut part = Segment::new();
        let mut tokens = Tokens::new();
        // c is an excerpt of a and b, so it comes first in its pairs with them.
        for (key, text) in [("a", longer.as_str()), ("b", &longer), ("c", story), ("d", story)] {
            let location = Location { file: "test".into(), line: 1 };
            let (key, text) = (key.to_owned(), text.to_owned());
            tokenize(&text, &mut tokens);
            part.push(Article { location, ..Article::new(key, text) }, &tokens, Retained::TOKENS);
        }
        let corpus = Corpus::new(vec![part]);
        let identical = IdenticalArticles::new(&corpus, None);
        let align = AlignRule { shingle_size: 5, bridge: 8, shortest_passage: 12 };
        let judge = JudgeRule { by: Score::Coverage, threshold: 0.6, partial_words: 12, within: None };
        let mut verifier = Verifier::new(&corpus, align, judge);
        let matches: Vec<Match> = verifier.verify(ArticleId::new(0), ArticleId::new(2)).into_iter().collect();
        let key = |id| corpus.key(id);
        let pairs = |listed| -> Vec<String> {
            list(&corpus, &identical, &Matches::new(&matches), verifier.clone(), listed)
                .map(|found| format!("{} {} {}", key(found.a), key(found.b), found.relation.name()))
                .collect()
        };
        assert_eq!(pairs(Listed::Leaders), ["a b exact", "c a excerpt", "c d exact"]);
        let all = ["a b exact", "c a excerpt", "c b excerpt", "c d exact", "d a excerpt", "d b excerpt"];
        assert_eq!(pairs(Listed::All), all);
    }
}
