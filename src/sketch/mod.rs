//! Shingles in, sketches out: MinHash signatures for resemblance, winnowed fingerprints for containment.

mod bins;
mod context;
mod divided;
mod filter;
mod fingerprint;
mod minhash;
mod repeats;
mod splitmix;
mod winnow;

use bins::ValueBins;
pub use context::{Context, ContextRule};
pub(crate) use divided::{Divided, DividedChunk};
pub(crate) use filter::ValueFilter;
pub use fingerprint::Fingerprint;
pub use minhash::{Banding, MinHasher};
pub(crate) use repeats::keep_repeated;
pub use splitmix::SplitMix64;
pub use winnow::winnow;
