//! Splits MinHash signatures into bands: articles that agree in a whole band are candidates.
//!
//! With b bands of r rows, two articles of resemblance J agree in all rows of one band with probability J^r, and in
//! at least one band with probability 1 - (1 - J^r)^b.
//!
//! Cost: a few instructions for each value of a signature.
//! Source: locality-sensitive hashing by Indyk and Motwani, 1998, in the form of Leskovec, Rajaraman and Ullman,
//! "Mining of massive datasets", chapter 3.

/// The division of a signature into `bands` bands of `rows` rows each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Banding {
    /// The number of bands.
    pub bands: usize,
    /// The number of values in a band.
    pub rows: usize,
}

impl Banding {
    /// Returns the bucket of each band of a signature, in order of the bands. An empty signature has no buckets.
    ///
    /// Two different bands with the same number get the same bucket with probability 2⁻³². Verification rejects the
    /// candidates that this makes.
    pub fn buckets(self, signature: &[u32]) -> impl Iterator<Item = u32> + '_ {
        signature.chunks_exact(self.rows).take(self.bands).map(bucket)
    }

    /// Returns the probability that two articles of a given resemblance share at least one bucket.
    pub fn candidate_probability(self, resemblance: f64) -> f64 {
        1.0 - (1.0 - resemblance.powi(self.rows as i32)).powi(self.bands as i32)
    }
}

/// Hashes the values of a band.
fn bucket(band: &[u32]) -> u32 {
    // As FNV-1a, but with 32 bits a step, other multipliers, and a shift that mixes upper bits into lower ones.
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for &value in band {
        hash = (hash ^ u64::from(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 29;
    }
    (hash.wrapping_mul(0xD134_2543_DE82_EF95) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_of_equal_rows_share_a_bucket() {
        let banding = Banding { bands: 3, rows: 2 };
        let one: Vec<u32> = banding.buckets(&[1, 2, 3, 4, 5, 6, 7]).collect();
        let other: Vec<u32> = banding.buckets(&[1, 2, 4, 3, 5, 6, 8]).collect();
        assert_eq!(one.len(), 3);
        assert_eq!([one[0] == other[0], one[1] == other[1], one[2] == other[2]], [true, false, true]);
        assert_eq!(banding.buckets(&[]).count(), 0);
        assert!((Banding { bands: 32, rows: 4 }.candidate_probability(0.52) - 0.912).abs() < 0.001);
    }
}
