//! Generates pseudorandom numbers from a seed with SplitMix64: the same numbers on every machine.
//!
//! Cost: a few instructions a number; any number of a sequence can be computed without those before it.
//! Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.

/// The increment of the state between two numbers: 2⁶⁴ divided by the golden ratio, made odd.
const INCREMENT: u64 = 0x9E37_79B9_7F4A_7C15;

/// A generator of pseudorandom 64-bit numbers.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// Creates a generator. Equal seeds give equal sequences.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the number at `index`, from 0, of the sequence that a generator with this seed produces.
    pub fn nth(seed: u64, index: u64) -> u64 {
        Self(seed.wrapping_add(INCREMENT.wrapping_mul(index))).next()
    }

    /// Returns the next number of the sequence, which never ends.
    #[expect(
        clippy::should_implement_trait,
        reason = "the sequence never ends: an Option would always be Some"
    )]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(INCREMENT);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// Returns the next number, scaled to a number below `end`, which must not be 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_the_published_numbers() {
        // The first outputs of the reference implementation (https://prng.di.unimi.it/splitmix64.c).
        let mut random = SplitMix64::new(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
        assert_eq!(SplitMix64::nth(1_234_567, 1), 3_203_168_211_198_807_973);
    }

    #[test]
    fn below_returns_every_number_of_its_range_about_equally_often() {
        let mut random = SplitMix64::new(1);
        let mut counts = [0; 5];
        for _ in 0..1000 {
            counts[random.below(5)] += 1;
        }
        assert!(counts.iter().all(|&count| count > 150), "{counts:?}");
    }
}
