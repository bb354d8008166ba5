//! Computes sketches of articles: MinHash signatures, which estimate resemblance, and winnowed fingerprints, which
//! find shared passages (containment).
//!
//! Input: the shingle hashes and the tokens of an article. Output: signatures and their buckets, fingerprints and
//! their contexts. The module also has the data structures that group millions of such 32-bit values: a Bloom
//! filter, a partition by value range, and a filter for values that occur more than once.

mod banding;
mod bloom_filter;
mod context;
mod fingerprint;
mod keep_repeated;
mod minhash;
mod partitioned;
mod splitmix64;
mod value_histogram;
mod winnow;

pub use banding::Banding;
pub(crate) use bloom_filter::BloomFilter;
pub use context::{Context, ContextRule};
pub use fingerprint::Fingerprint;
pub(crate) use keep_repeated::keep_repeated;
pub use minhash::MinHasher;
pub(crate) use partitioned::{Partitioned, PartitionedChunk, articles_in_chunk};
pub use splitmix64::SplitMix64;
pub use winnow::{Winnower, winnow};
