//! Sketches in, the pairs of articles that are worth verifying out.

use rayon::prelude::*;

use super::sketches::Sketchbook;
use crate::article::ArticleId;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::index::{Pair, Posting, for_each_list, link, link_near};
use crate::text::Token;

/// Finds the pairs of leaders that share a bucket or a fingerprint, ascending, each once; of two articles of the
/// reference pile it is not asked.
pub(super) fn candidates(
    corpus: &Corpus,
    leaders: &[ArticleId],
    book: &Sketchbook,
    settings: &Settings,
) -> Vec<Pair> {
    let mut found = Linked::default();
    for band in 0..settings.bands {
        let postings = leaders.iter().filter_map(|&id| {
            let value = *book.buckets(corpus, id).get(band)?;
            Some(Posting { value, id, position: 0 })
        });
        found.link(corpus, postings.collect(), settings, |_, _| true);
    }
    let guaranteed = settings.window + settings.shingle_size - 1;
    for slice in 0..VALUE_SLICES {
        let postings = leaders.iter().flat_map(|&id| {
            let fingerprints = book.fingerprints(corpus, id).iter();
            let here = fingerprints.filter(move |(value, _)| value_slice(*value) == slice);
            here.map(move |&(value, position)| Posting { value, id, position })
        });
        found.link(corpus, postings.collect(), settings, |a, b| {
            let at = |posting: Posting| (corpus.tokens(posting.id), posting.position as usize);
            // The run may be around any of several places: verification finds out.
            let several = a.position == Posting::SEVERAL || b.position == Posting::SEVERAL;
            several || equal_run(at(a), at(b)) >= guaranteed
        });
    }
    found.candidates()
}

/// Articles that may share a value which is proof enough by being rare; what more of them share may be a phrase.
const RARE: usize = 4;

/// Fingerprints are sorted in so many slices of their value range, one after the other, so that their postings never
/// stand in memory all at once.
pub(super) const VALUE_SLICES: u32 = 8;

/// Tells in which slice of the range a fingerprint's value is.
pub(super) fn value_slice(value: u32) -> u32 {
    value / (u32::MAX / VALUE_SLICES + 1)
}

/// Pairs of articles that share values.
#[derive(Default)]
struct Linked {
    /// By a value that is proof enough.
    proved: Vec<Pair>,
    /// By a value that is not; once for each.
    hinted: Vec<Pair>,
}

impl Linked {
    /// Gives the pairs that are candidates, ascending, each once: those that one shared value proves, and those that
    /// share two. A phrase that many articles have in common makes no candidates of them all.
    fn candidates(self) -> Vec<Pair> {
        let Self { mut proved, mut hinted } = self;
        hinted.par_sort_unstable();
        proved
            .extend(hinted.chunk_by(|one, other| one == other).filter(|run| run.len() > 1).map(|run| run[0]));
        proved.par_sort_unstable();
        proved.dedup();
        proved
    }

    /// Links the lists of some postings; `proves` tells whether what two of them share is proof enough.
    fn link(
        &mut self,
        corpus: &Corpus,
        postings: Vec<Posting>,
        settings: &Settings,
        proves: impl Fn(Posting, Posting) -> bool + Sync,
    ) {
        let rule = settings.link_rule();
        let stretches = for_each_list(
            postings,
            || (Vec::new(), Vec::new()),
            |(proved, hinted): &mut (Vec<Pair>, Vec<Pair>), list| {
                let length = |id| corpus.tokens(id).len();
                let emit = |a: Posting, b: Posting| {
                    if corpus.is_reference(a.id) && corpus.is_reference(b.id) {
                        return;
                    }
                    let is_proof = list.len() <= RARE || proves(a, b);
                    let pairs = if is_proof { &mut *proved } else { &mut *hinted };
                    pairs.push(Pair::new(a.id, b.id));
                };
                match settings.within {
                    None => link(list, rule, length, emit),
                    Some(within) => {
                        link_near(list, rule, within, |id| corpus.header(id).time, length, emit);
                    }
                }
            },
        );
        // There are many millions of these: no room is taken in advance for as many again.
        self.hinted.reserve_exact(stretches.iter().map(|(_, hinted)| hinted.len()).sum());
        for (mut proved, hinted) in stretches {
            proved.sort_unstable();
            proved.dedup();
            self.proved.append(&mut proved);
            self.hinted.extend(hinted);
        }
    }
}

/// Counts the equal tokens around a place in each of two articles.
fn equal_run((a, at_a): (&[Token], usize), (b, at_b): (&[Token], usize)) -> usize {
    let equal = |(one, other): &(&Token, &Token)| one == other;
    a[at_a..].iter().zip(&b[at_b..]).take_while(equal).count()
        + a[..at_a].iter().rev().zip(b[..at_b].iter().rev()).take_while(equal).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Tokens, tokenize};

    #[test]
    fn slices_cover_the_range_in_order() {
        let step = u32::MAX / 1000;
        let slices: Vec<u32> = (0..=1000).map(|number| value_slice(number * step)).collect();
        assert!(slices.is_sorted());
        assert_eq!((value_slice(0), value_slice(u32::MAX)), (0, VALUE_SLICES - 1));
    }

    #[test]
    fn counts_equal_runs() {
        let tokens = |text: &str| {
            let mut tokens = Tokens::new();
            tokenize(text, &mut tokens);
            tokens.tokens().to_vec()
        };
        let (a, b) = (tokens("x b c d e y"), tokens("b c d e z"));
        for (name, at_a, at_b, expected) in [
            ("begin", 1, 0, 4),
            ("middle", 3, 2, 4),
            ("end", 4, 3, 4),
            ("nothing", 5, 4, 4),
            ("other", 0, 3, 0),
        ] {
            assert_eq!(equal_run((&a, at_a), (&b, at_b)), expected, "{name}");
        }
    }

    #[test]
    fn two_hints_make_a_candidate() {
        let pair = |a, b| Pair::new(ArticleId::new(a), ArticleId::new(b));
        let linked =
            Linked { proved: vec![pair(5, 1)], hinted: vec![pair(2, 3), pair(1, 5), pair(0, 4), pair(3, 2)] };
        assert_eq!(linked.candidates(), [pair(1, 5), pair(2, 3)]);
    }
}
