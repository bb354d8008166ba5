//! Finds candidate pairs: articles with an equal band, or with enough equal fingerprints, which are worth verifying.
//!
//! 1. `Sketcher` computes sketches: the fingerprints of whole articles while these are read, and later the MinHash
//!    bands and the fingerprints of their cores.
//! 2. `ArticleFingerprints` stores the fingerprints of whole articles: `boilerplate` finds in them what sites repeat.
//! 3. `sign` indexes the cores of articles: buckets by band (`Signatures`) and postings by value.
//! 4. `candidates` lists the articles that share a value ([`for_each_list`]), links the articles of each list
//!    ([`link()`], linear in the length of a long list), and adds up the evidence of each pair.
//!
//! The rule that makes a candidate is in `candidate_rule.rs`, with all its numbers.
//!
//! Everything is done by sorting, so the result does not depend on the number of threads. A later index on disk would
//! store the columns of `Signatures` and the postings beside the segments of the corpus.

mod article_fingerprints;
mod candidate_rule;
mod candidates;
pub mod divided;
mod evidence;
mod fingerprints;
mod link;
mod pair;
mod posting;
mod rule;
mod signatures;
mod sketcher;

pub(crate) use self::article_fingerprints::ArticleFingerprints;
pub(crate) use self::candidate_rule::enough_fingerprints;
pub(crate) use self::candidates::candidates;
pub(crate) use self::fingerprints::{Fingerprints, StoredFingerprints};
pub use self::link::{LinkRule, link, link_near};
pub use self::pair::Pair;
pub use self::posting::{Posting, for_each_list};
pub(crate) use self::rule::IndexRule;
pub(crate) use self::signatures::{Signatures, sign};
pub(crate) use self::sketcher::{Scratch, Sketcher};
