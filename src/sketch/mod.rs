//! Shingles in, sketches out: MinHash signatures for resemblance, winnowed fingerprints for containment.

mod bins;
mod context;
mod divided;
mod fingerprint;
mod minhash;
mod repeats;
mod splitmix;
mod winnow;

use bins::ValueBins;
pub use context::{Context, ContextRule, Surroundings};
pub(crate) use divided::{Divided, DividedChunk};
pub use fingerprint::Fingerprint;
pub use minhash::{Banding, MinHasher};
pub(crate) use repeats::keep_repeated;
pub use splitmix::SplitMix64;
pub use winnow::winnow;
