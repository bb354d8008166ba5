//! Finds candidates: the pairs of indexed articles that share a bucket or enough fingerprints.
//!
//! Cost: a sort of the buckets of each band, and of the postings by value; then a sort of the evidence by pair, in
//! slices. Evidence is stored until all of it is found.

use rayon::prelude::*;

use super::candidate_rule::CandidateRule;
use super::evidence::{EvidenceList, PairEvidence, pairs_with_enough};
use super::link::{link, link_near};
use super::pair::Pair;
use super::posting::{Posting, for_each_list};
use super::rule::IndexRule;
use super::signatures::Signatures;
use crate::corpus::{Corpus, Role};
use crate::error::Error;
use crate::sketch::{Context, Partitioned, PartitionedChunk};
use crate::store::Storage;

/// The number of buckets from which on one task links those of a single band. Of few articles, it links several bands.
const BUCKETS_AT_ONCE: usize = 1 << 14;

/// Returns the candidates among indexed articles, ascending, each once. Pairs of two articles of the reference
/// collection are left out.
///
/// # Errors
/// An [`Error::Storage`] if what does not fit into memory cannot be stored.
pub(crate) fn candidates(
    corpus: &Corpus,
    signatures: &Signatures,
    postings: Partitioned<Posting>,
    rule: &IndexRule,
    storage: &Storage,
) -> Result<Vec<Pair>, Error> {
    let linker = Linker { corpus, rule, candidates: CandidateRule::new(rule) };
    let writer = storage.writer();
    let budget = storage.budget;
    // Evidence is divided by the smaller article, whose number is scaled to the range of 32-bit values.
    let value = |found: &PairEvidence| ((u64::from(found.pair().a.get()) << 32) / corpus.len() as u64) as u32;
    let store =
        |list: EvidenceList| PartitionedChunk::new(list.as_slice(), value, &writer, budget.pair_lists());
    let of_bands = |memory: &mut Vec<Posting>, bands: &[usize]| {
        let mut found = EvidenceList::default();
        bands.iter().for_each(|&band| linker.link_band(signatures, band, memory, &mut found));
        store(found)
    };
    let of_slice = |slice| store(linker.link_postings(&postings, slice));
    let all_bands: Vec<usize> = (0..rule.banding.bands).collect();
    let bands_at_once = (BUCKETS_AT_ONCE / signatures.len().max(1)).max(1);
    let bands = all_bands.par_chunks(bands_at_once).with_max_len(1).map_init(Vec::new, of_bands);
    // Nearly all posted values are shared, so the evidence of a slice takes about as much memory as its postings. It is
    // added up early if it takes more.
    let bytes = budget.sort_buffer() / 4;
    let slices = postings.slices(bytes).into_par_iter().with_max_len(1).map(of_slice);
    let evidence: Result<_, Error> = bands.chain(slices).collect();
    let evidence = Partitioned::new(evidence?, writer.close(budget.mapped_files())?);
    drop(postings);
    Ok(pairs_with_enough(&evidence, budget.sort_buffer()))
}

/// Links articles that share a value.
struct Linker<'a> {
    corpus: &'a Corpus,
    rule: &'a IndexRule,
    candidates: CandidateRule,
}

impl Linker<'_> {
    /// Links the articles with equal buckets in a band. `postings` is memory for the articles of one band.
    fn link_band(
        &self,
        signatures: &Signatures,
        band: usize,
        postings: &mut Vec<Posting>,
        found: &mut EvidenceList,
    ) {
        postings.clear();
        let posting = |(id, value)| Posting { value, id, context: Context::UNKNOWN };
        postings.extend(signatures.band(band).map(posting));
        for_each_list(postings, |list| self.link(list, |_, _| CandidateRule::of_band(), found));
    }

    /// Links the articles that share fingerprints of a slice of values.
    fn link_postings(&self, postings: &Partitioned<Posting>, slice: std::ops::Range<usize>) -> EvidenceList {
        let mut found = EvidenceList::default();
        postings.for_each_bin(slice, |postings| {
            for_each_list(postings, |list| {
                let evidence = |a, b| self.evidence(list.len(), a, b);
                self.link(list, evidence, &mut found);
            });
        });
        found
    }

    /// Links the articles of a list.
    fn link(&self, list: &[Posting], evidence: impl Fn(Posting, Posting) -> u64, found: &mut EvidenceList) {
        let Self { corpus, rule, .. } = self;
        if list.iter().all(|posting| corpus.role(posting.id) == Role::Reference) {
            return;
        }
        let length = |id| corpus.words(id);
        let emit = |a: Posting, b: Posting| {
            if !(corpus.role(a.id) == Role::Reference && corpus.role(b.id) == Role::Reference) {
                found.push(PairEvidence::new(a.id, b.id, evidence(a, b)));
            }
        };
        match rule.within {
            None => link(list, rule.link, length, emit),
            Some(within) => link_near(list, rule.link, within, |id| corpus.time(id), length, emit),
        }
    }

    /// Returns the evidence of a fingerprint that `sharing` articles share, among them `a` and `b`.
    fn evidence(&self, sharing: usize, a: Posting, b: Posting) -> u64 {
        let words = self.corpus.words(a.id).min(self.corpus.words(b.id));
        self.candidates.of_fingerprint(sharing, words, a, b)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::candidate_rule::tests::RULE;
    use super::super::signatures::sign;
    use super::*;
    use crate::article::{Article, ArticleId, Location};
    use crate::corpus::{Retained, Segment};
    use crate::shingle::shingle;
    use crate::sketch::{BloomFilter, winnow};
    use crate::store::Budget;
    use crate::text::{Token, Tokens, tokenize};

    /// Creates a corpus of texts of numbered words.
    fn corpus(texts: &[Vec<u32>]) -> Corpus {
        let (mut part, mut tokens) = (Segment::new(), Tokens::new());
        for (number, words) in texts.iter().enumerate() {
            let text = words.iter().map(|word| format!("w{word} ")).collect::<String>();
            tokenize(&text, &mut tokens);
            let location = Location { file: "made".into(), line: 1 };
            let key = number.to_string();
            part.push(Article { location, ..Article::new(key, text) }, &tokens, Retained::TOKENS);
        }
        Corpus::new(vec![part])
    }

    /// Returns the fingerprints that several articles share, masked or not.
    fn shared(corpus: &Corpus, rule: &IndexRule) -> BloomFilter {
        let mut holders: BTreeMap<u32, BTreeSet<ArticleId>> = BTreeMap::new();
        let mut shingles = Vec::new();
        for id in corpus.ids().filter(|&id| corpus.all_tokens(id).len() >= rule.shortest_article) {
            shingle(corpus.all_tokens(id), rule.shingle_size, &mut shingles);
            winnow(&shingles, rule.window, |at| {
                holders.entry((shingles[at] >> 32) as u32).or_default().insert(id);
            });
        }
        let mut shared = BloomFilter::new(16 * holders.len());
        let several = holders.into_iter().filter(|(_, ids)| ids.len() > 1);
        several.for_each(|(value, _)| shared.insert(value));
        shared
    }

    fn found(
        corpus: &Corpus,
        shared: Option<BloomFilter>,
        rule: &IndexRule,
        budget: Budget,
    ) -> BTreeSet<Pair> {
        let leaders: Vec<ArticleId> = corpus.ids().collect();
        let storage = Storage { folder: std::env::temp_dir(), reserve: usize::MAX, budget };
        let (signatures, postings) = sign(corpus, &leaders, shared, rule, &storage).unwrap();
        candidates(corpus, &signatures, postings, rule, &storage).unwrap().into_iter().collect()
    }

    proptest! {
        #[test]
        fn a_run_that_winnowing_guarantees_makes_a_candidate(
            texts in prop::collection::vec(
                prop::collection::vec((0_u32..12, 0_u32..8, 1_u32..40), 2..9), 2..9,
            ),
            masked in prop::collection::vec((0_u32..60, 0_u32..60), 9),
            memory in prop::sample::select(vec![0, 3000, u64::MAX]),
        ) {
            let words = |pieces: &Vec<(u32, u32, u32)>| -> Vec<u32> {
                // Some stories repeat five words.
                let of = |&(story, begin, count): &(u32, u32, u32)| {
                    let period = if story < 3 { 5 } else { 1000 };
                    (begin..begin + count).map(move |at| 1000 * story + at % period)
                };
                pieces.iter().flat_map(of).collect()
            };
            let mut corpus = corpus(&texts.iter().map(words).collect::<Vec<_>>());
            let rule = &RULE;
            let shared = shared(&corpus, rule);
            let mask = |(id, &(begin, length)): (ArticleId, &(u32, u32))| {
                let range = begin..(begin + length).min(corpus.words(id) as u32);
                (!range.is_empty()).then(|| (id, std::iter::once(range).collect()))
            };
            let masks: Vec<_> = corpus.ids().zip(&masked).filter_map(mask).collect();
            corpus.mask(&masks);
            let budget = Budget::new(memory, memory, 0);
            let only_shared = found(&corpus, Some(shared), rule, budget);
            let found = found(&corpus, None, rule, budget);
            prop_assert_eq!(&only_shared, &found, "what is not shared links nothing");
            let is_long = |id: &ArticleId| corpus.words(*id) >= rule.shortest_article;
            // Runs without a mask inside.
            let runs = |id: ArticleId, length: usize| -> BTreeSet<Vec<Token>> {
                let tokens = corpus.tokens(id);
                let (before, after) = tokens.split_at(corpus.seams(id).first().map_or(0, |&seam| seam as usize));
                let some = [before, after].into_iter().filter(|_| is_long(&id));
                some.flat_map(|piece| piece.windows(length).map(<[Token]>::to_vec)).collect()
            };
            let share = |a, b, length| !runs(a, length).is_disjoint(&runs(b, length));
            let shingles = |id: ArticleId| -> BTreeSet<Vec<Token>> {
                let tokens = corpus.tokens(id);
                tokens.windows(rule.shingle_size).map(<[Token]>::to_vec).collect()
            };
            // One fingerprint in a short article, else three.
            let guaranteed = |a, b| {
                let is_short = corpus.words(a).min(corpus.words(b)) < 100;
                (if is_short { 1 } else { 3 }) * rule.window + rule.shingle_size - 1
            };
            for a in corpus.ids() {
                for b in corpus.ids().filter(|&b| a < b) {
                    let is_found = found.contains(&Pair { a, b });
                    prop_assert!(is_found || !share(a, b, guaranteed(a, b)));
                    prop_assert!(!is_found || !shingles(a).is_disjoint(&shingles(b)));
                }
            }
        }
    }
}
