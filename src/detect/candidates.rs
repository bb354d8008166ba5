//! What is indexed of articles in, the pairs of them that are worth verifying out.
//!
//! Cost: a sort of the buckets of each band, and of the postings of each bin of values; then one of the pairs, in slices
//! of the articles. What is found waits in a store until all are brought together.

use rayon::prelude::*;

use super::budget::Budget;
use super::signed::Signed;
use crate::article::ArticleId;
use crate::config::Settings;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::index::{Pair, Posting, for_each_list, link, link_near};
use crate::sketch::{Context, ContextRule, Divided, DividedChunk};
use crate::store::Store;

/// Finds the pairs of signed articles that share a bucket or fingerprints, ascending, each once; of two articles of the
/// reference pile it is not asked.
///
/// # Errors
/// What does not fit into memory cannot be kept.
pub(super) fn candidates(
    corpus: &Corpus,
    signed: &Signed,
    posted: Divided<Posting>,
    settings: &Settings,
    budget: Budget,
) -> Result<Vec<Pair>, Error> {
    let linker = Linker { corpus, settings, context: settings.context_rule() };
    let store = Store::new(&settings.temp_folder(), settings.reserve());
    // By the number of the smaller article, spread over the range of values.
    let value = |&pair: &u64| ((pair >> 32 << 32) / corpus.len() as u64) as u32;
    let put_away = |tally: Tally| DividedChunk::new(&tally.hints(), value, &store, budget.pairs_held());
    let of_band = |postings: &mut Vec<Posting>, band: usize| {
        let mut tally = Tally::default();
        postings.clear();
        let posting = |(id, value)| Posting { value, id, context: Context::UNKNOWN };
        postings.extend(signed.band(band).map(posting));
        for_each_list(postings, |list| linker.link(list, &mut tally));
        put_away(tally)
    };
    let of_slice = |slice| {
        let mut tally = Tally::default();
        posted.for_each_bin(slice, |postings| {
            for_each_list(postings, |list| linker.link(list, &mut tally));
        });
        put_away(tally)
    };
    let bands = (0..settings.bands).into_par_iter().map_init(Vec::new, of_band);
    let slices = posted.slices(budget.sorted()).into_par_iter().map(of_slice);
    let hints: Result<_, Error> = bands.chain(slices).collect();
    let hints = Divided::new(hints?, store.close(budget.shown())?);
    drop(posted);
    Ok(brought_together(&hints, budget.sorted()))
}

/// Makes pairs of the articles that share a value.
struct Linker<'a> {
    corpus: &'a Corpus,
    settings: &'a Settings,
    context: ContextRule,
}

/// Articles that may share a value which tells something by being rare; what more of them share may be a phrase.
const RARE: usize = 4;
/// An article of fewer words has a handful of fingerprints: where it was edited one is all that may be left of a copy.
const BRIEF: usize = 40;

impl Linker<'_> {
    /// Links the articles of a list. That two of them share its value proves them to be a candidate, if the words around it
    /// may be equal as far as winnowing promises, or one of them is a brief and the value rare; else it is a hint.
    fn link(&self, list: &[Posting], tally: &mut Tally) {
        let Self { corpus, settings, context } = self;
        let rule = settings.link_rule();
        let length = |id| corpus.words(id);
        let emit = |a: Posting, b: Posting| {
            if !(corpus.is_reference(a.id) && corpus.is_reference(b.id)) {
                let is_proof = context.may_be_one_run(a.context, b.context)
                    || list.len() <= RARE && length(a.id).min(length(b.id)) < BRIEF;
                tally.add(number(a.id, b.id), is_proof);
            }
        };
        match settings.within {
            None => link(list, rule, length, emit),
            Some(within) => link_near(list, rule, within, |id| corpus.time(id), length, emit),
        }
    }
}

/// Pairs that a stretch of lists makes. In the lists a pair is one number: the smaller article above the other.
#[derive(Default)]
struct Tally {
    /// By a value that is proof enough.
    proved: Vec<u64>,
    /// By one that is not.
    hinted: Vec<u64>,
}

impl Tally {
    /// Pairs after which a list is rid of those that it holds several times.
    const FULL: usize = 1 << 18;

    fn add(&mut self, pair: u64, is_proved: bool) {
        let pairs = if is_proved { &mut self.proved } else { &mut self.hinted };
        pairs.push(pair);
        if pairs.len() == pairs.capacity() && pairs.len() >= Self::FULL {
            self.settle();
        }
    }

    /// Keeps each pair once, ascending; one that is hinted at twice is proved.
    fn settle(&mut self) {
        self.hinted.sort_unstable();
        self.proved.extend(repeated(&self.hinted));
        self.hinted.dedup();
        self.proved.sort_unstable();
        self.proved.dedup();
    }

    /// Gives the pairs, and those that are proved twice: a proof is as good as two hints.
    fn hints(mut self) -> Vec<u64> {
        self.settle();
        self.hinted.extend(self.proved.iter().flat_map(|&pair| [pair; 2]));
        self.hinted
    }
}

/// Gives the pairs that are hinted at twice, ascending, each once. A phrase that many articles have in common makes no
/// candidates of them all.
fn brought_together(hints: &Divided<u64>, bytes: usize) -> Vec<Pair> {
    let of_slice = |slice| {
        let mut pairs: Vec<Pair> = Vec::new();
        hints.for_each_bin(slice, |hints| {
            hints.sort_unstable();
            pairs.extend(repeated(hints).map(pair));
        });
        pairs
    };
    let found: Vec<Vec<Pair>> = hints.slices(bytes).into_par_iter().map(of_slice).collect();
    found.concat()
}

fn number(a: ArticleId, b: ArticleId) -> u64 {
    u64::from(a.min(b).get()) << 32 | u64::from(a.max(b).get())
}

fn pair(number: u64) -> Pair {
    let id = |half: u64| ArticleId::new(half as usize);
    Pair { a: id(number >> 32), b: id(number & u64::from(u32::MAX)) }
}

/// Gives the numbers that stand several times in an ascending list, each once.
fn repeated(numbers: &[u64]) -> impl Iterator<Item = u64> + '_ {
    numbers.chunk_by(|one, other| one == other).filter(|run| run.len() > 1).map(|run| run[0])
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::signed::sign;
    use super::*;
    use crate::article::{Article, Place};
    use crate::corpus::Part;
    use crate::text::{Token, Tokens, tokenize};

    /// Makes a corpus of texts of numbered words.
    fn corpus(texts: &[Vec<u32>]) -> Corpus {
        let (mut part, mut tokens) = (Part::new(), Tokens::new());
        for (number, words) in texts.iter().enumerate() {
            let text = words.iter().map(|word| format!("w{word} ")).collect::<String>();
            tokenize(&text, &mut tokens);
            let place = Place { file: "made".into(), line: 1 };
            let key = number.to_string();
            part.push(Article { key, text, site: None, published: None, title: None, place }, &tokens, false);
        }
        Corpus::new(vec![part])
    }

    fn found(corpus: &Corpus, settings: &Settings, budget: Budget) -> BTreeSet<Pair> {
        let leaders: Vec<ArticleId> = corpus.ids().collect();
        let (signed, posted) = sign(corpus, &leaders, settings, budget).unwrap();
        candidates(corpus, &signed, posted, settings, budget).unwrap().into_iter().collect()
    }

    proptest! {
        #[test]
        fn a_run_that_winnowing_promises_makes_a_candidate(
            texts in prop::collection::vec(
                prop::collection::vec((0_u32..12, 0_u32..8, 1_u32..20), 3..8), 2..9,
            ),
            memory in prop::sample::select(vec![0, 3000, u64::MAX]),
        ) {
            let words = |pieces: &Vec<(u32, u32, u32)>| -> Vec<u32> {
                let of = |&(story, begin, count): &(u32, u32, u32)| {
                    (begin..begin + count).map(move |at| 1000 * story + at)
                };
                pieces.iter().flat_map(of).collect()
            };
            let corpus = corpus(&texts.iter().map(words).collect::<Vec<_>>());
            let settings = Settings::default();
            let found = found(&corpus, &settings, Budget::new(memory, memory));
            let runs = |id: ArticleId, length: usize| -> BTreeSet<&[Token]> {
                let tokens = corpus.tokens(id);
                let some = if corpus.words(id) < settings.shortest_article() { &[] } else { tokens };
                some.windows(length).collect()
            };
            let share = |a, b, length| !runs(a, length).is_disjoint(&runs(b, length));
            let promised = settings.window + settings.shingle_size - 1;
            for a in corpus.ids() {
                for b in corpus.ids().filter(|&b| a < b) {
                    let is_found = found.contains(&Pair { a, b });
                    prop_assert!(is_found || !share(a, b, promised));
                    prop_assert!(!is_found || share(a, b, settings.shingle_size));
                }
            }
        }

        #[test]
        fn two_hints_make_a_candidate(
            tallies in prop::collection::vec(
                prop::collection::vec((0_usize..6, 0_usize..6, any::<bool>()), 0..20), 0..8,
            ),
            bytes in prop::sample::select(vec![0, 200, usize::MAX]),
        ) {
            let store = Store::new(&std::env::temp_dir(), 0);
            let mut naive: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            let chunks: Vec<DividedChunk<u64>> = tallies
                .iter()
                .map(|pairs| {
                    let mut tally = Tally::default();
                    for &(a, b, is_proved) in pairs {
                        tally.add(number(ArticleId::new(a), ArticleId::new(10 + b)), is_proved);
                        *naive.entry((a, 10 + b)).or_default() += if is_proved { 2 } else { 1 };
                    }
                    DividedChunk::new(&tally.hints(), |pair| (pair >> 5) as u32, &store, bytes).unwrap()
                })
                .collect();
            naive.retain(|_, hints| *hints > 1);
            let found = brought_together(&Divided::new(chunks, store.close(0).unwrap()), bytes);
            let found: Vec<(usize, usize)> =
                found.iter().map(|pair| (pair.a.index(), pair.b.index())).collect();
            prop_assert_eq!(found, naive.into_keys().collect::<Vec<_>>());
        }
    }
}
