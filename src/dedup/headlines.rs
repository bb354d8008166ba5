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

/// Returns the removals that must stay, one for each headline: the most preferred.
pub(super) fn needed_for_headlines(order: StayOrder<'_>, removals: &[Removal]) -> BTreeSet<ArticleId> {
    let corpus = order.corpus;
    let mut removed: BTreeMap<ArticleId, Vec<(Rank, ArticleId)>> = BTreeMap::new();
    for removal in removals.iter().filter(|removal| !removal.is_known) {
        let [support] = removal.kept_as.as_slice() else { continue };
        let outlet = corpus.outlet(removal.id);
        let is_same_text = match removal.reason() {
            Reason::Exact => true,
            Reason::NearDuplicate => corpus.words(removal.id) < DedupRule::SHORT_ARTICLE,
            _ => false,
        };
        if is_same_text && outlet.is_some() && outlet == corpus.outlet(support.id) {
            removed.entry(support.id).or_default().push((order.rank(removal.id), removal.id));
        }
    }
    let mut needed = BTreeSet::new();
    for (support, mut articles) in removed {
        articles.sort_unstable();
        let (mut headlines, mut addresses) = (BTreeSet::new(), BTreeSet::new());
        let mut is_another = |id: ArticleId| {
            let Some((headline, address)) = headline_and_address(corpus, id) else { return false };
            let is_another = !headlines.contains(&headline)
                && address.as_ref().is_none_or(|address| !addresses.contains(address));
            if is_another {
                headlines.insert(headline);
                addresses.extend(address);
            }
            is_another
        };
        is_another(support);
        let others: Vec<ArticleId> =
            articles.into_iter().map(|(_, id)| id).filter(|&id| is_another(id)).collect();
        if headlines.len() >= DedupRule::HEADLINES {
            needed.extend(others);
        }
    }
    needed
}

/// Returns the words of the headline of an article, and the address of its page. Returns `None` for an article without a
/// headline.
fn headline_and_address(corpus: &Corpus, id: ArticleId) -> Option<(u128, Option<String>)> {
    let header = corpus.header(id);
    let mut tokens = Tokens::new();
    tokenize(header.title?, &mut tokens);
    (!tokens.tokens().is_empty()).then(|| (tokens.content(), header.url.and_then(page_address)))
}
