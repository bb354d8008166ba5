//! Shingles in, sketches out: MinHash signatures for resemblance, winnowed fingerprints for containment.

mod minhash;
mod splitmix;
mod winnow;

pub use minhash::{Banding, MinHasher};
pub use splitmix::SplitMix64;
pub use winnow::winnow;
