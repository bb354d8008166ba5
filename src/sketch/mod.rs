//! Shingles in, sketches out: MinHash signatures for resemblance, winnowed fingerprints for containment.

mod bins;
mod context;
mod fingerprint;
mod minhash;
mod splitmix;
mod winnow;

pub(crate) use bins::ValueBins;
pub use context::{Context, ContextRule, Surroundings};
pub use fingerprint::Fingerprint;
pub use minhash::{Banding, MinHasher};
pub use splitmix::SplitMix64;
pub use winnow::winnow;
