//! Some articles of a collection, with what the whole collection shows of them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::masks::decode_ranges;
use crate::article::ArticleId;
use crate::corpus::{Corpus, Segment, decode_article};
use crate::detect::Findings;
use crate::provenance::Seconds;
use crate::settings::Settings;
use crate::text::Token;
use crate::verify::{Match, Matches, Verifier};

/// An article of a part.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartArticle<'a> {
    /// Its number in the collection.
    pub number: u64,
    /// The article, as [`ArticleSketcher`](super::ArticleSketcher) encoded it.
    pub article: &'a [u8],
    /// Its text, if the step needs it.
    pub text: Option<&'a str>,
    /// The time of publication, if known.
    pub time: Option<Seconds>,
    /// True if its date is not believed.
    pub is_date_doubted: bool,
    /// True if it is junk.
    pub is_junk: bool,
    /// The begin and end of each masked range of its words, as [`encode_ranges`](super::encode_ranges) encodes them.
    pub mask: &'a [u8],
}

/// Some articles of a collection.
#[derive(Debug)]
pub struct Part {
    corpus: Corpus,
    /// The number of each article in the collection, ascending.
    numbers: Vec<u64>,
}

impl Part {
    /// Creates a part. Articles are in ascending order of their numbers; all have a text, or none has. `collections` are names
    /// in the site field that are those of collections, and no sites.
    ///
    /// Returns nothing if an article is not encoded as this version of the library does it.
    pub fn new(articles: &[PartArticle<'_>], collections: &BTreeSet<String>) -> Option<Self> {
        let mut segment = Segment::new();
        for &PartArticle { article, text, time, .. } in articles {
            segment.push_columns(&decode_article(article, text, time)?);
        }
        let mut corpus = Corpus::of_ordered(segment);
        corpus.set_collections(collections.clone());
        let ids = || corpus.ids().zip(articles);
        let masks: Vec<(ArticleId, Vec<Range<u32>>)> = ids()
            .map(|(id, article)| (id, decode_ranges(article.mask)))
            .filter(|(_, ranges)| !ranges.is_empty())
            .collect();
        let doubted = ids().filter(|(_, article)| article.is_date_doubted).map(|(id, _)| id).collect();
        corpus.mask(&masks);
        corpus.set_doubted_dates(doubted);
        corpus.set_junk(articles.iter().map(|article| article.is_junk).collect());
        Some(Self { corpus, numbers: articles.iter().map(|article| article.number).collect() })
    }

    /// Returns the article with a number.
    pub fn id(&self, number: u64) -> Option<ArticleId> {
        self.numbers.binary_search(&number).ok().map(ArticleId::new)
    }

    /// Returns the number of an article in the collection.
    pub fn number(&self, id: ArticleId) -> u64 {
        self.numbers[id.index()]
    }

    /// Returns the numbers of the articles in the collection, ascending.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// Returns the articles.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Returns a verifier of the articles.
    pub fn verifier(&self, settings: &Settings) -> Verifier<'_> {
        Verifier::new(&self.corpus, settings.align_rule(), settings.judge_rule())
    }

    /// Returns a match of two articles of the part, given by their numbers, that was encoded in an earlier step.
    pub fn decode_match(&self, a: u64, b: u64, bytes: &[u8]) -> Option<Match> {
        Match::decode(self.id(a)?, self.id(b)?, bytes)
    }

    /// Finds the clusters. All articles that a chain of matches connects are in the part, with all that are identical to
    /// them.
    pub fn into_findings(self, matches: &[Match], settings: &Settings) -> Findings {
        Findings::of_part(settings.clone(), self.corpus, Matches::new(matches))
    }
}

/// Returns whether a match puts two articles into one cluster.
pub fn joins(found: &Match, settings: &Settings) -> bool {
    settings.cluster_rule().joins(found.relation, found.longest, found.is_other_news)
}

/// Returns the words of an article, as [`ArticleSketcher`](super::ArticleSketcher) encoded it. Returns nothing if it is not
/// encoded as this version of the library does it.
pub fn decode_tokens(article: &[u8]) -> Option<Vec<Token>> {
    decode_article(article, None, None).map(|article| article.tokens.into_owned())
}
