//! Computes MinHash signatures of sets of shingles.
//!
//! Two articles agree in one value of their signatures with a probability that is their resemblance (Jaccard).
//!
//! Cost: one 32-bit multiplication, addition and minimum for each value and shingle, on vector registers.
//! Source: Broder, "On the resemblance and containment of documents", 1997.

use multiversion::multiversion;

use super::splitmix64::SplitMix64;

/// The seed of the coefficients: the letters `WIRECOPY`.
const SEED: u64 = 0x5749_5245_434F_5059;

/// Computes signatures of a fixed number of 32-bit values.
///
/// Value j of a signature is the minimum of `multiplier[j] * x + summand[j]` (mod 2³²) over the upper halves x of
/// the shingle hashes.
#[derive(Clone, Debug)]
pub struct MinHasher {
    multipliers: Vec<u32>,
    summands: Vec<u32>,
}

impl MinHasher {
    /// Creates a hasher for signatures of `values` values. Hashers with the same number of values are equal.
    pub fn new(values: usize) -> Self {
        let mut random = SplitMix64::new(SEED);
        let mut next = || (random.next() >> 32) as u32;
        // An odd multiplier makes the function a permutation of the 32-bit numbers.
        let multipliers = (0..values).map(|_| next() | 1).collect();
        let summands = (0..values).map(|_| next()).collect();
        Self { multipliers, summands }
    }

    /// Computes the signature of a set of shingles and writes it to `out`, which is cleared before. An empty set
    /// has an empty signature.
    pub fn sign(&self, shingles: &[u64], out: &mut Vec<u32>) {
        out.clear();
        if shingles.is_empty() {
            return;
        }
        out.resize(self.multipliers.len(), u32::MAX);
        write_minima(shingles, &self.multipliers, &self.summands, out);
    }
}

/// Writes the minimum of each hash function over all shingles to `out`.
#[multiversion(targets = "simd")]
fn write_minima(shingles: &[u64], multipliers: &[u32], summands: &[u32], out: &mut [u32]) {
    /// The number of values computed at a time: their minima stay in registers during the loop over all shingles.
    const LANES: usize = 64;
    for ((out, multipliers), summands) in
        out.chunks_mut(LANES).zip(multipliers.chunks(LANES)).zip(summands.chunks(LANES))
    {
        let mut minima = [u32::MAX; LANES];
        let mut factor = [0; LANES];
        let mut summand = [0; LANES];
        factor[..out.len()].copy_from_slice(multipliers);
        summand[..out.len()].copy_from_slice(summands);
        for &shingle in shingles {
            let x = (shingle >> 32) as u32;
            for lane in 0..LANES {
                let value = factor[lane].wrapping_mul(x).wrapping_add(summand[lane]);
                minima[lane] = minima[lane].min(value);
            }
        }
        out.copy_from_slice(&minima[..out.len()]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(range: std::ops::Range<u64>) -> Vec<u64> {
        range.map(|value| xxhash_rust::xxh3::xxh3_64(&value.to_le_bytes())).collect()
    }

    /// Computes a signature from the definition, value by value.
    fn naive(hasher: &MinHasher, shingles: &[u64]) -> Vec<u32> {
        hasher
            .multipliers
            .iter()
            .zip(&hasher.summands)
            .filter_map(|(&multiplier, &summand)| {
                shingles
                    .iter()
                    .map(|&shingle| multiplier.wrapping_mul((shingle >> 32) as u32).wrapping_add(summand))
                    .min()
            })
            .collect()
    }

    #[test]
    fn same_values_as_the_definition() {
        for values in [1, 63, 64, 128, 200] {
            let hasher = MinHasher::new(values);
            for size in [0, 1, 7, 500] {
                let mut signature = Vec::new();
                hasher.sign(&set(0..size), &mut signature);
                assert_eq!(signature, naive(&hasher, &set(0..size)), "{values} values, {size} shingles");
            }
        }
    }

    /// Over many pairs of sets with a known resemblance, the share of equal values has that resemblance as its
    /// mean, and the standard deviation of a binomial variable.
    #[test]
    fn estimates_resemblance() {
        let values = 128;
        let hasher = MinHasher::new(values);
        for (shared, own) in [(50, 450), (300, 100), (100, 100), (400, 20), (20, 20)] {
            let resemblance = shared as f64 / (shared + 2 * own) as f64;
            let trials = 200;
            let mut errors = Vec::new();
            let (mut left, mut right) = (Vec::new(), Vec::new());
            for trial in 0..trials {
                let base = trial * 10_000;
                let mut one = set(base..base + shared);
                let mut other = one.clone();
                one.extend(set(base + 2_000..base + 2_000 + own));
                other.extend(set(base + 5_000..base + 5_000 + own));
                hasher.sign(&one, &mut left);
                hasher.sign(&other, &mut right);
                let equal = left.iter().zip(&right).filter(|(a, b)| a == b).count();
                errors.push(equal as f64 / values as f64 - resemblance);
            }
            let expected_deviation = (resemblance * (1.0 - resemblance) / values as f64).sqrt();
            let mean = errors.iter().sum::<f64>() / trials as f64;
            let deviation = (errors.iter().map(|error| error * error).sum::<f64>() / trials as f64).sqrt();
            assert!(
                mean.abs() < 4.0 * expected_deviation / (trials as f64).sqrt(),
                "J = {resemblance}: bias {mean}"
            );
            assert!(
                (0.8..1.2).contains(&(deviation / expected_deviation)),
                "J = {resemblance}: standard deviation {deviation}, expected {expected_deviation}",
            );
        }
    }
}
