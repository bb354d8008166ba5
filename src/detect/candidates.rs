//! What is indexed of articles in, the pairs of them that are worth verifying out.
//!
//! Every value that two articles share is evidence: a band is proof, a fingerprint a third of it. Of short articles
//! little may be left: two of their fingerprints are proof, or one in a run of equal words.
//! Cost: a sort of the buckets of each band, and of the postings of each bin of values; then one of the pairs, in
//! slices of the articles. What is found waits in a store until all are brought together.

use rayon::prelude::*;

use super::signed::Signed;
use crate::article::ArticleId;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::index::{Pair, Posting, for_each_list, link, link_near};
use crate::settings::Settings;
use crate::sketch::{Context, ContextRule, Divided, DividedChunk, keep_repeated};
use crate::store::Budget;
use crate::store::StoreWriter;

/// Finds the pairs of signed articles that share a bucket or enough fingerprints, ascending, each once; of two articles
/// of the reference pile it is not asked. `lowest` is the least score that may make a match.
///
/// # Errors
/// What does not fit into memory cannot be kept.
pub(super) fn candidates(
    corpus: &Corpus,
    signed: &Signed,
    posted: Divided<Posting>,
    settings: &Settings,
    lowest: f64,
    budget: Budget,
) -> Result<Vec<Pair>, Error> {
    let linker =
        Linker { corpus, settings, context: settings.context_rule(), short: short(settings, lowest) };
    let store = StoreWriter::new(&settings.temp_folder(), settings.reserve());
    // By the number of the smaller article, spread over the range of values.
    let value = |hint: &Hint| ((u64::from(hint.pair().a.get()) << 32) / corpus.len() as u64) as u32;
    let put_away = |tally: Tally| DividedChunk::new(&tally.hints, value, &store, budget.pairs_held());
    let of_band = |postings: &mut Vec<Posting>, band: usize| {
        let mut tally = Tally::default();
        postings.clear();
        let posting = |(id, value)| Posting { value, id, context: Context::UNKNOWN };
        postings.extend(signed.band(band).map(posting));
        for_each_list(postings, |list| linker.link(list, |_, _| ENOUGH, &mut tally));
        put_away(tally)
    };
    let of_slice = |slice| {
        let mut tally = Tally::default();
        posted.for_each_bin(slice, |postings| {
            for_each_list(postings, |list| {
                linker.link(list, |a, b| linker.evidence(list.len(), a, b), &mut tally);
            });
        });
        put_away(tally)
    };
    let bands = (0..settings.bands).into_par_iter().with_max_len(1).map_init(Vec::new, of_band);
    // Hardly one of these values is alone, so what comes of them takes as much as they do, and is sorted where it becomes
    // too much.
    let bytes = budget.sorted() / 4;
    let slices = posted.slices(bytes).into_par_iter().with_max_len(1).map(of_slice);
    let hints: Result<_, Error> = bands.chain(slices).collect();
    let hints = Divided::new(hints?, store.close(budget.shown())?);
    drop(posted);
    Ok(brought_together(&hints, budget.sorted()))
}

/// The evidence that makes two articles a candidate: so many fingerprints.
const ENOUGH: u64 = 3;
/// The evidence that one fingerprint of a short article is: two are enough.
const HALF: u64 = ENOUGH.div_ceil(2);
/// Articles that may share a value which tells something by being rare; what more of them share may be a phrase.
const RARE: usize = 4;
/// An article of fewer words has a handful of fingerprints: where it was edited one is all that may be left of a copy.
const BRIEF: usize = 40;
/// An article of fewer words may match by no more than a run, as long as winnowing promises, and the pieces of an
/// edited sentence.
const SHORT: usize = 100;

/// Gives the length, in words, of an article that matches nothing by one run alone, where a match has a score of
/// `lowest` at least: it is longer than a run that is sure to hold enough fingerprints.
fn short(settings: &Settings, lowest: f64) -> usize {
    let sure = ENOUGH as usize * settings.window + settings.shingle_size - 1;
    if (settings.partial_words as usize) < sure {
        return usize::MAX;
    }
    SHORT.max((sure as f64 / lowest).ceil() as usize)
}

/// Makes pairs of the articles that share a value.
struct Linker<'a> {
    corpus: &'a Corpus,
    settings: &'a Settings,
    context: ContextRule,
    /// Of an article of fewer words two fingerprints are enough, or one in a run.
    short: usize,
}

impl Linker<'_> {
    /// Links the articles of a list.
    fn link(&self, list: &[Posting], evidence: impl Fn(Posting, Posting) -> u64, tally: &mut Tally) {
        let Self { corpus, settings, .. } = self;
        let rule = settings.link_rule();
        let length = |id| corpus.words(id);
        let emit = |a: Posting, b: Posting| {
            if !(corpus.is_reference(a.id) && corpus.is_reference(b.id)) {
                tally.add(Hint::new(a.id, b.id, evidence(a, b)));
            }
        };
        match settings.within {
            None => link(list, rule, length, emit),
            Some(within) => link_near(list, rule, within, |id| corpus.time(id), length, emit),
        }
    }

    /// Tells what it is worth that two articles share a fingerprint, which so many have.
    fn evidence(&self, sharing: usize, a: Posting, b: Posting) -> u64 {
        let words = self.corpus.words(a.id).min(self.corpus.words(b.id));
        let is_run = || self.context.may_be_one_run(a.context, b.context);
        let is_proof = || words < BRIEF && sharing <= RARE || is_run();
        match words < self.short {
            true if is_proof() => ENOUGH,
            true => HALF,
            false => 1,
        }
    }
}

/// Evidence of a pair in one number, from the highest bit on: the smaller article, the greater one, how much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
struct Hint(u64);

impl Hint {
    /// The bits of the evidence, which is no more than enough.
    const EVIDENCE: u32 = 2;

    fn new(a: ArticleId, b: ArticleId, evidence: u64) -> Self {
        let [smaller, greater] = [a.min(b), a.max(b)].map(|id| u64::from(id.get()));
        Self((smaller << ArticleId::BITS | greater) << Self::EVIDENCE | evidence)
    }

    fn pair(self) -> Pair {
        let id = |number: u64| ArticleId::new((number & ((1 << ArticleId::BITS) - 1)) as usize);
        let both = self.0 >> Self::EVIDENCE;
        Pair { a: id(both >> ArticleId::BITS), b: id(both) }
    }

    fn evidence(self) -> u64 {
        self.0 & ((1 << Self::EVIDENCE) - 1)
    }

    /// Gives a number that is the same for all of the same pair, and in its bits as good as random.
    fn spread(self) -> u32 {
        ((self.0 >> Self::EVIDENCE).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
    }

    /// Adds all that there is of the same pair, as far as it is needed.
    fn sum(hints: &[Self]) -> Self {
        let evidence: u64 = hints.iter().map(|hint| hint.evidence()).sum();
        Self(hints[0].0 - hints[0].evidence() + evidence.min(ENOUGH))
    }

    fn is_of_one_pair(&self, other: &Self) -> bool {
        self.0 >> Self::EVIDENCE == other.0 >> Self::EVIDENCE
    }
}

/// The hints of a stretch of lists.
#[derive(Default)]
struct Tally {
    hints: Vec<Hint>,
}

impl Tally {
    /// Hints after which those of the same pair become one.
    const FULL: usize = 1 << 18;

    fn add(&mut self, hint: Hint) {
        if self.hints.len() == self.hints.capacity() && self.hints.len() >= Self::FULL {
            self.settle();
            // Else few more would fill it again, and each few more sort it.
            if 2 * self.hints.len() > self.hints.capacity() {
                self.hints.reserve(self.hints.len());
            }
        }
        self.hints.push(hint);
    }

    /// Keeps one hint of each pair, ascending.
    fn settle(&mut self) {
        self.hints.sort_unstable();
        self.hints.dedup_by(|next, kept| {
            let is_one = kept.is_of_one_pair(next);
            if is_one {
                *kept = Hint::sum(&[*kept, *next]);
            }
            is_one
        });
    }
}

/// Gives the pairs of which there is enough evidence, ascending, each once. A phrase that many articles have in common
/// makes no candidates of them all.
fn brought_together(hints: &Divided<Hint>, bytes: usize) -> Vec<Pair> {
    let of_slice = |slice| {
        let (mut pairs, mut of_bin): (Vec<Pair>, Vec<Pair>) = (Vec::new(), Vec::new());
        hints.for_each_bin(slice, |hints| {
            of_bin.clear();
            of_bin.extend(hints.iter().filter(|hint| hint.evidence() == ENOUGH).map(|hint| hint.pair()));
            // Most pairs have one fingerprint in common.
            let some = keep_repeated(hints, |hint| hint.spread());
            some.sort_unstable();
            let sums = some.chunk_by(Hint::is_of_one_pair).map(Hint::sum);
            of_bin.extend(sums.filter(|sum| sum.evidence() == ENOUGH).map(Hint::pair));
            of_bin.sort_unstable();
            of_bin.dedup();
            pairs.append(&mut of_bin);
        });
        pairs
    };
    let found: Vec<Vec<Pair>> = hints.slices(bytes).into_par_iter().with_max_len(1).map(of_slice).collect();
    found.concat()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::signed::sign;
    use super::*;
    use crate::article::{Article, Location};
    use crate::corpus::Segment;
    use crate::shingle::shingle;
    use crate::sketch::{ValueFilter, winnow};
    use crate::text::{Token, Tokens, tokenize};

    /// Makes a corpus of texts of numbered words.
    fn corpus(texts: &[Vec<u32>]) -> Corpus {
        let (mut part, mut tokens) = (Segment::new(), Tokens::new());
        for (number, words) in texts.iter().enumerate() {
            let text = words.iter().map(|word| format!("w{word} ")).collect::<String>();
            tokenize(&text, &mut tokens);
            let location = Location { file: "made".into(), line: 1 };
            let key = number.to_string();
            part.push(
                Article { key, text, site: None, published: None, title: None, location },
                &tokens,
                false,
            );
        }
        Corpus::new(vec![part])
    }

    /// Gives the fingerprints that several articles have, masked or not.
    fn shared(corpus: &Corpus, settings: &Settings) -> ValueFilter {
        let mut holders: BTreeMap<u32, BTreeSet<ArticleId>> = BTreeMap::new();
        let mut shingles = Vec::new();
        for id in corpus.ids().filter(|&id| corpus.all_tokens(id).len() >= settings.shortest_article()) {
            shingle(corpus.all_tokens(id), settings.shingle_size, &mut shingles);
            winnow(&shingles, settings.window, |at| {
                holders.entry((shingles[at] >> 32) as u32).or_default().insert(id);
            });
        }
        let mut shared = ValueFilter::new(16 * holders.len());
        let several = holders.into_iter().filter(|(_, ids)| ids.len() > 1);
        several.for_each(|(value, _)| shared.insert(value));
        shared
    }

    fn found(
        corpus: &Corpus,
        shared: Option<&ValueFilter>,
        settings: &Settings,
        budget: Budget,
    ) -> BTreeSet<Pair> {
        let leaders: Vec<ArticleId> = corpus.ids().collect();
        let (signed, posted) = sign(corpus, &leaders, shared, settings, budget).unwrap();
        candidates(corpus, &signed, posted, settings, settings.threshold, budget)
            .unwrap()
            .into_iter()
            .collect()
    }

    #[test]
    fn a_match_of_few_words_may_be_told_by_one_run() {
        let short = |lowest, partial_words| short(&Settings { partial_words, ..Settings::default() }, lowest);
        let cases = [
            (0.6, 40, SHORT),
            (0.1, 40, 280),
            (0.0, 40, usize::MAX),
            (0.6, 28, SHORT),
            (0.6, 27, usize::MAX),
        ];
        for (lowest, partial_words, expected) in cases {
            assert_eq!(short(lowest, partial_words), expected, "{lowest} {partial_words}");
        }
    }

    #[test]
    fn a_tally_that_stays_nearly_full_gets_more_room() {
        let mut tally = Tally::default();
        let hint = |number: usize| Hint::new(ArticleId::new(number), ArticleId::new(number + 1), 1);
        let pairs = Tally::FULL - 6;
        for number in (0..pairs).chain(0..pairs / 2) {
            tally.add(hint(number));
        }
        assert!(tally.hints.capacity() >= 2 * pairs, "to be sorted once for many that are added");
        tally.settle();
        assert_eq!(tally.hints.len(), pairs);
    }

    proptest! {
        #[test]
        fn a_run_that_winnowing_promises_makes_a_candidate(
            texts in prop::collection::vec(
                prop::collection::vec((0_u32..12, 0_u32..8, 1_u32..40), 2..9), 2..9,
            ),
            masked in prop::collection::vec((0_u32..60, 0_u32..60), 9),
            only_shared in any::<bool>(),
            memory in prop::sample::select(vec![0, 3000, u64::MAX]),
        ) {
            let words = |pieces: &Vec<(u32, u32, u32)>| -> Vec<u32> {
                let of = |&(story, begin, count): &(u32, u32, u32)| {
                    (begin..begin + count).map(move |at| 1000 * story + at)
                };
                pieces.iter().flat_map(of).collect()
            };
            let mut corpus = corpus(&texts.iter().map(words).collect::<Vec<_>>());
            let settings = Settings::default();
            let shared = only_shared.then(|| shared(&corpus, &settings));
            let mask = |(id, &(begin, length)): (ArticleId, &(u32, u32))| {
                let range = begin..(begin + length).min(corpus.words(id) as u32);
                (!range.is_empty()).then(|| (id, std::iter::once(range).collect()))
            };
            let masks: Vec<_> = corpus.ids().zip(&masked).filter_map(mask).collect();
            corpus.mask(&masks);
            let found = found(&corpus, shared.as_ref(), &settings, Budget::new(memory, memory));
            let is_long = |id: &ArticleId| corpus.words(*id) >= settings.shortest_article();
            // Such as stand in one piece.
            let runs = |id: ArticleId, length: usize| -> BTreeSet<Vec<Token>> {
                let tokens = corpus.tokens(id);
                let (before, behind) = tokens.split_at(corpus.seams(id).first().map_or(0, |&seam| seam as usize));
                let some = [before, behind].into_iter().filter(|_| is_long(&id));
                some.flat_map(|piece| piece.windows(length).map(<[Token]>::to_vec)).collect()
            };
            let share = |a, b, length| !runs(a, length).is_disjoint(&runs(b, length));
            let shingles = |id: ArticleId| -> BTreeSet<Vec<Token>> {
                let tokens = corpus.tokens(id);
                tokens.windows(settings.shingle_size).map(<[Token]>::to_vec).collect()
            };
            // One fingerprint in a short article, else three.
            let promised = |a, b| {
                let is_short = corpus.words(a).min(corpus.words(b)) < SHORT;
                (if is_short { 1 } else { 3 }) * settings.window + settings.shingle_size - 1
            };
            for a in corpus.ids() {
                for b in corpus.ids().filter(|&b| a < b) {
                    let is_found = found.contains(&Pair { a, b });
                    prop_assert!(is_found || !share(a, b, promised(a, b)));
                    prop_assert!(!is_found || !shingles(a).is_disjoint(&shingles(b)));
                }
            }
        }

        #[test]
        fn evidence_adds_up_to_a_candidate(
            tallies in prop::collection::vec(
                prop::collection::vec((0_usize..6, 0_usize..6, 1..=ENOUGH), 0..20), 0..8,
            ),
            bytes in prop::sample::select(vec![0, 200, usize::MAX]),
        ) {
            let store = StoreWriter::new(&std::env::temp_dir(), 0);
            let mut naive: BTreeMap<(usize, usize), u64> = BTreeMap::new();
            let chunks: Vec<DividedChunk<Hint>> = tallies
                .iter()
                .map(|pairs| {
                    let mut tally = Tally::default();
                    for &(a, b, evidence) in pairs {
                        tally.add(Hint::new(ArticleId::new(a), ArticleId::new(10 + b), evidence));
                        *naive.entry((a, 10 + b)).or_default() += evidence;
                    }
                    DividedChunk::new(&tally.hints, |hint| hint.pair().a.get() << 20, &store, bytes).unwrap()
                })
                .collect();
            naive.retain(|_, evidence| *evidence >= ENOUGH);
            let found = brought_together(&Divided::new(chunks, store.close(0).unwrap()), bytes);
            let found: Vec<(usize, usize)> =
                found.iter().map(|pair| (pair.a.index(), pair.b.index())).collect();
            prop_assert_eq!(found, naive.into_keys().collect::<Vec<_>>());
        }
    }
}
