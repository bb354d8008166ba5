//! Shingles in, sketches out: MinHash signatures for resemblance, winnowed fingerprints for containment.

mod minhash;
mod winnow;

pub use minhash::{Banding, MinHasher};
pub use winnow::winnow;
