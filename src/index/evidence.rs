//! Adds up the evidence that pairs of articles share text.

use rayon::prelude::*;

use super::candidate_rule::ENOUGH;
use super::pair::Pair;
use crate::article::ArticleId;
use crate::sketch::{Partitioned, keep_repeated};

/// The evidence of one pair, packed into one number. From the highest bit on: the smaller article, the greater one, the
/// amount of evidence, which is at most [`ENOUGH`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub(super) struct PairEvidence(u64);

impl PairEvidence {
    /// The number of bits of the amount.
    const AMOUNT_BITS: u32 = 2;

    pub(super) fn new(a: ArticleId, b: ArticleId, amount: u64) -> Self {
        let [smaller, greater] = [a.min(b), a.max(b)].map(|id| u64::from(id.get()));
        Self((smaller << ArticleId::BITS | greater) << Self::AMOUNT_BITS | amount)
    }

    pub(super) fn pair(self) -> Pair {
        let id = |number: u64| ArticleId::new((number & ((1 << ArticleId::BITS) - 1)) as usize);
        let both = self.0 >> Self::AMOUNT_BITS;
        Pair { a: id(both >> ArticleId::BITS), b: id(both) }
    }

    fn amount(self) -> u64 {
        self.0 & ((1 << Self::AMOUNT_BITS) - 1)
    }

    /// Returns a hash of the pair.
    fn hash(self) -> u32 {
        ((self.0 >> Self::AMOUNT_BITS).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
    }

    /// Returns the sum of evidence of one pair, up to [`ENOUGH`].
    fn sum(of_pair: &[Self]) -> Self {
        let amount: u64 = of_pair.iter().map(|evidence| evidence.amount()).sum();
        Self(of_pair[0].0 - of_pair[0].amount() + amount.min(ENOUGH))
    }

    fn is_of_same_pair(&self, other: &Self) -> bool {
        self.0 >> Self::AMOUNT_BITS == other.0 >> Self::AMOUNT_BITS
    }
}

/// The evidence that one task finds.
#[derive(Default)]
pub(super) struct EvidenceList {
    list: Vec<PairEvidence>,
}

impl EvidenceList {
    /// The length from which on evidence of the same pair is added up before the list grows.
    const FULL: usize = 1 << 18;

    /// Returns the evidence; a pair may occur several times.
    pub(super) fn as_slice(&self) -> &[PairEvidence] {
        &self.list
    }

    pub(super) fn push(&mut self, evidence: PairEvidence) {
        if self.list.len() == self.list.capacity() && self.list.len() >= Self::FULL {
            self.add_up();
            // A list that stays nearly full would be sorted again after a few more pushes.
            if 2 * self.list.len() > self.list.capacity() {
                self.list.reserve(self.list.len());
            }
        }
        self.list.push(evidence);
    }

    /// Sorts the list and adds up the evidence of each pair.
    fn add_up(&mut self) {
        self.list.sort_unstable();
        self.list.dedup_by(|next, kept| {
            let is_same = kept.is_of_same_pair(next);
            if is_same {
                *kept = PairEvidence::sum(&[*kept, *next]);
            }
            is_same
        });
    }
}

/// Returns the pairs with enough evidence, ascending, each once. `bytes` is the memory that one task may sort at a time.
pub(super) fn pairs_with_enough(evidence: &Partitioned<PairEvidence>, bytes: usize) -> Vec<Pair> {
    let of_slice = |slice| {
        let (mut pairs, mut of_bin): (Vec<Pair>, Vec<Pair>) = (Vec::new(), Vec::new());
        evidence.for_each_bin(slice, |evidence| {
            of_bin.clear();
            let is_enough = |one: &PairEvidence| one.amount() == ENOUGH;
            of_bin.extend(evidence.iter().copied().filter(is_enough).map(PairEvidence::pair));
            // Most pairs share one fingerprint only: they are dropped before the others are sorted.
            let repeated = keep_repeated(evidence, |one| one.hash());
            repeated.sort_unstable();
            let sums = repeated.chunk_by(PairEvidence::is_of_same_pair).map(PairEvidence::sum);
            of_bin.extend(sums.filter(is_enough).map(PairEvidence::pair));
            of_bin.sort_unstable();
            of_bin.dedup();
            pairs.append(&mut of_bin);
        });
        pairs
    };
    let found: Vec<Vec<Pair>> =
        evidence.slices(bytes).into_par_iter().with_max_len(1).map(of_slice).collect();
    found.concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::sketch::PartitionedChunk;
    use crate::store::StoreWriter;

    #[test]
    fn a_list_that_stays_nearly_full_grows() {
        let mut list = EvidenceList::default();
        let evidence =
            |number: usize| PairEvidence::new(ArticleId::new(number), ArticleId::new(number + 1), 1);
        let pairs = EvidenceList::FULL - 6;
        for number in (0..pairs).chain(0..pairs / 2) {
            list.push(evidence(number));
        }
        assert!(list.list.capacity() >= 2 * pairs, "it is sorted once for many pushes");
        list.add_up();
        assert_eq!(list.list.len(), pairs);
    }

    proptest! {
        #[test]
        fn evidence_adds_up_to_a_candidate(
            lists in prop::collection::vec(
                prop::collection::vec((0_usize..6, 0_usize..6, 1..=ENOUGH), 0..20), 0..8,
            ),
            bytes in prop::sample::select(vec![0, 200, usize::MAX]),
        ) {
            let store = StoreWriter::new(&std::env::temp_dir(), 0);
            let mut naive: BTreeMap<(usize, usize), u64> = BTreeMap::new();
            let chunks: Vec<PartitionedChunk<PairEvidence>> = lists
                .iter()
                .map(|pairs| {
                    let mut list = EvidenceList::default();
                    for &(a, b, amount) in pairs {
                        list.push(PairEvidence::new(ArticleId::new(a), ArticleId::new(10 + b), amount));
                        *naive.entry((a, 10 + b)).or_default() += amount;
                    }
                    let value = |evidence: &PairEvidence| evidence.pair().a.get() << 20;
                    PartitionedChunk::new(list.as_slice(), value, &store, bytes).unwrap()
                })
                .collect();
            naive.retain(|_, amount| *amount >= ENOUGH);
            let found = pairs_with_enough(&Partitioned::new(chunks, store.close(0).unwrap()), bytes);
            let found: Vec<(usize, usize)> =
                found.iter().map(|pair| (pair.a.index(), pair.b.index())).collect();
            prop_assert_eq!(found, naive.into_keys().collect::<Vec<_>>());
        }
    }
}
