//! Shingles in, MinHash signature out, and the signature's bands.
//!
//! The chance that two articles agree in one value of their signatures is their resemblance J; in all r rows of a
//! band J^r; in at least one of b bands 1-(1-J^r)^b.
//! Cost: one 32-bit multiplication, addition and minimum for each value and shingle, on vector registers.
//! Source: Broder, "On the resemblance and containment of documents", 1997; bands: Indyk and Motwani, 1998, in the
//! form of Leskovec, Rajaraman and Ullman, "Mining of massive datasets", chapter 3.

use multiversion::multiversion;

use super::splitmix::SplitMix64;

/// Makes signatures of a fixed number of 32-bit values.
///
/// Value j is the least of `multiplier[j] * x + summand[j]` (mod 2³²) over the upper halves x of the shingle hashes.
#[derive(Clone, Debug)]
pub struct MinHasher {
    multipliers: Vec<u32>,
    summands: Vec<u32>,
}

impl MinHasher {
    /// Makes a hasher for signatures of `values` values; always the same one for the same number.
    pub fn new(values: usize) -> Self {
        let mut random = SplitMix64::new(0x5749_5245_434F_5059);
        let mut next = || (random.next() >> 32) as u32;
        let multipliers = (0..values).map(|_| next() | 1).collect();
        let summands = (0..values).map(|_| next()).collect();
        Self { multipliers, summands }
    }

    /// Signs a set of shingles, replacing what `out` held. No shingles make an empty signature.
    pub fn sign(&self, shingles: &[u64], out: &mut Vec<u32>) {
        out.clear();
        if shingles.is_empty() {
            return;
        }
        out.resize(self.multipliers.len(), u32::MAX);
        least(shingles, &self.multipliers, &self.summands, out);
    }
}

#[multiversion(targets = "simd")]
fn least(shingles: &[u64], multipliers: &[u32], summands: &[u32], out: &mut [u32]) {
    /// Values worked on at a time: they stay in registers while all shingles pass by.
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

/// How a signature is cut: `bands` bands of `rows` rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Banding {
    /// The number of bands.
    pub bands: usize,
    /// The number of values in a band.
    pub rows: usize,
}

impl Banding {
    /// Gives the bucket of each band of a signature, in order; an empty signature has none.
    ///
    /// Two different bands of one number fall into one bucket by chance once in 2³² pairs; that makes a candidate
    /// that verification turns down.
    pub fn buckets(self, signature: &[u32]) -> impl Iterator<Item = u32> + '_ {
        signature.chunks_exact(self.rows).take(self.bands).map(|band| {
            let mut hash = 0xCBF2_9CE4_8422_2325_u64;
            for &value in band {
                hash = (hash ^ u64::from(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                hash ^= hash >> 29;
            }
            (hash.wrapping_mul(0xD134_2543_DE82_EF95) >> 32) as u32
        })
    }

    /// Gives the chance that two articles of a resemblance share a bucket.
    pub fn chance(self, resemblance: f64) -> f64 {
        1.0 - (1.0 - resemblance.powi(self.rows as i32)).powi(self.bands as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(range: std::ops::Range<u64>) -> Vec<u64> {
        range.map(|value| xxhash_rust::xxh3::xxh3_64(&value.to_le_bytes())).collect()
    }

    /// The definition, value by value.
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

    /// Over many pairs of sets with a known resemblance, the share of equal values is that resemblance, and it
    /// scatters as a binomial variable does.
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
            let deviation = (resemblance * (1.0 - resemblance) / values as f64).sqrt();
            let mean = errors.iter().sum::<f64>() / trials as f64;
            let spread = (errors.iter().map(|error| error * error).sum::<f64>() / trials as f64).sqrt();
            assert!(mean.abs() < 4.0 * deviation / (trials as f64).sqrt(), "J = {resemblance}: bias {mean}");
            assert!(
                (0.8..1.2).contains(&(spread / deviation)),
                "J = {resemblance}: spread {}",
                spread / deviation
            );
        }
    }

    #[test]
    fn cuts_bands() {
        let banding = Banding { bands: 3, rows: 2 };
        let one: Vec<u32> = banding.buckets(&[1, 2, 3, 4, 5, 6, 7]).collect();
        let other: Vec<u32> = banding.buckets(&[1, 2, 4, 3, 5, 6, 8]).collect();
        assert_eq!(one.len(), 3);
        assert_eq!([one[0] == other[0], one[1] == other[1], one[2] == other[2]], [true, false, true]);
        assert_eq!(banding.buckets(&[]).count(), 0);
        assert!((Banding { bands: 32, rows: 4 }.chance(0.52) - 0.912).abs() < 0.001);
    }
}
