//! Sketches in, the pairs of articles that are worth verifying out.

use rayon::prelude::*;

use super::sketches::Sketchbook;
use crate::article::ArticleId;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::index::{Pair, Posting, for_each_list, link};
use crate::text::Token;

/// Finds the pairs of leaders that share a bucket or a fingerprint, ascending, each once.
pub(super) fn candidates(
    corpus: &Corpus,
    leaders: &[ArticleId],
    book: &Sketchbook,
    settings: &Settings,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for band in 0..settings.bands {
        let postings = leaders.iter().filter_map(|&id| {
            let value = *book.buckets(corpus, id).get(band)?;
            Some(Posting { value, id, position: 0 })
        });
        pairs.extend(linked(corpus, postings.collect(), settings, |_, _| true));
    }
    let fingerprints = leaders.iter().flat_map(|&id| {
        book.fingerprints(corpus, id).iter().map(move |&(value, position)| Posting { value, id, position })
    });
    let guaranteed = settings.window + settings.shingle_size - 1;
    pairs.extend(linked(corpus, fingerprints.collect(), settings, |a, b| {
        let at = |posting: Posting| (corpus.tokens(posting.id), posting.position as usize);
        equal_run(at(a), at(b)) >= guaranteed
    }));
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// Makes the pairs of the lists of some postings that are candidates: those that `proves` accepts by one shared
/// value, and those that share two. A phrase that many articles have in common makes no candidates of them all.
fn linked(
    corpus: &Corpus,
    postings: Vec<Posting>,
    settings: &Settings,
    proves: impl Fn(Posting, Posting) -> bool + Sync,
) -> Vec<Pair> {
    let rule = settings.link_rule();
    let stretches = for_each_list(
        postings,
        || (Vec::new(), Vec::new()),
        |(proved, hinted): &mut (Vec<Pair>, Vec<Pair>), list| {
            let length = |id| corpus.tokens(id).len();
            link(list, rule, length, |a, b| {
                let pairs = if proves(a, b) { &mut *proved } else { &mut *hinted };
                pairs.push(Pair::new(a.id, b.id));
            });
        },
    );
    let (proved, hinted): (Vec<_>, Vec<_>) = stretches.into_iter().unzip();
    let (mut proved, mut hinted) = (proved.concat(), hinted.concat());
    hinted.par_sort_unstable();
    proved.extend(hinted.chunk_by(|one, other| one == other).filter(|run| run.len() > 1).map(|run| run[0]));
    proved
}

/// Counts the equal tokens around a place in each of two articles.
fn equal_run((a, at_a): (&[Token], usize), (b, at_b): (&[Token], usize)) -> usize {
    let equal = |(one, other): &(&Token, &Token)| one == other;
    a[at_a..].iter().zip(&b[at_b..]).take_while(equal).count()
        + a[..at_a].iter().rev().zip(b[..at_b].iter().rev()).take_while(equal).count()
}
