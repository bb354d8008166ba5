//! Finds removals that must stay because their text does not say what the record is about.
//!
//! If an outlet has the same words under three headlines or more, at different addresses, the words are what the site
//! prints on its pages, such as a column beside pictures. What the pages are about is not in their text. One article of
//! each headline stays. Two headlines are no sign: a story is printed again under a better one. Nor are headlines above
//! articles that differ: each update of a story has another one. Only texts that are shorter than an article may differ a bit,
//! by a caption.
//!
//! Cost: the headlines of removed articles are compared.

use std::collections::{BTreeMap, BTreeSet};

use super::order::StayOrder;
use super::removal::{Reason, Removal};
use super::rule::DedupRule;
use crate::article::ArticleId;
use crate::cluster::Rank;
use crate::corpus::Corpus;
use crate::site::page_address;
use crate::text::{Tokens, tokenize};

/// The headline above an article, and the page on which it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// A hash of its words.
    pub words: u128,
    /// The address of the page, if known.
    pub page: Option<String>,
}

impl Headline {
    /// Returns the headline of an article, if it has one.
    pub(super) fn of(corpus: &Corpus, id: ArticleId) -> Option<Self> {
        let header = corpus.header(id);
        let mut tokens = Tokens::new();
        tokenize(header.title?, &mut tokens);
        let has_words = !tokens.tokens().is_empty();
        has_words.then(|| Self { words: tokens.content(), page: header.url.and_then(page_address) })
    }
}

/// Returns the removals that must stay, one for each headline: the most preferred.
pub(super) fn needed_for_headlines(order: StayOrder<'_>, removals: &[Removal]) -> BTreeSet<ArticleId> {
    let corpus = order.corpus;
    let mut removed: BTreeMap<ArticleId, Vec<(Rank, ArticleId)>> = BTreeMap::new();
    for removal in removals {
        if let Some(support) = same_text_of_outlet(corpus, removal) {
            removed.entry(support).or_default().push((order.rank(removal.id), removal.id));
        }
    }
    let mut needed = BTreeSet::new();
    for (support, mut articles) in removed {
        articles.sort_unstable();
        let headlines = articles.iter().map(|&(_, id)| Headline::of(corpus, id));
        let others = needed_for_other_headlines(Headline::of(corpus, support), headlines);
        needed.extend(others.into_iter().map(|index| articles[index].1));
    }
    needed
}

/// Returns the article in favor of which an article is removed, if both have the same text and are of one outlet.
pub(super) fn same_text_of_outlet(corpus: &Corpus, removal: &Removal) -> Option<ArticleId> {
    let [support] = removal.kept_as.as_slice() else { return None };
    let is_same_text = match removal.reason() {
        Reason::Exact => true,
        Reason::NearDuplicate => corpus.words(removal.id) < DedupRule::SHORT_ARTICLE,
        _ => false,
    };
    let outlet = corpus.outlet(removal.id);
    let is_of_outlet = outlet.is_some() && outlet == corpus.outlet(support.id);
    (is_same_text && is_of_outlet).then_some(support.id)
}

/// Returns the indexes of the articles that must stay, of those that are removed in favor of one article with the same
/// text: `stays` is its headline, and `removed` are theirs, the most preferred first.
pub fn needed_for_other_headlines(
    stays: Option<Headline>,
    removed: impl IntoIterator<Item = Option<Headline>>,
) -> Vec<usize> {
    let (mut headlines, mut pages) = (BTreeSet::new(), BTreeSet::new());
    let mut is_another = |headline: Option<Headline>| {
        let Some(Headline { words, page }) = headline else { return false };
        let is_another =
            !headlines.contains(&words) && page.as_ref().is_none_or(|page| !pages.contains(page));
        if is_another {
            headlines.insert(words);
            pages.extend(page);
        }
        is_another
    };
    is_another(stays);
    let removed = removed.into_iter().enumerate();
    let others: Vec<usize> =
        removed.filter_map(|(index, headline)| is_another(headline).then_some(index)).collect();
    if headlines.len() >= DedupRule::HEADLINES { others } else { Vec::new() }
}
