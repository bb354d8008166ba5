//! Candidate pairs in, matches out: exact resemblance and containment, aligned passages, relation.

mod align;
mod chain;
mod distinct;
mod form;
mod judge;
mod matches;
mod measure;
mod passage;
mod region;
mod sieve;
mod table;
mod verifier;

pub use align::{AlignRule, Aligner, Alignment};
pub use judge::{JudgeRule, Match, Relation, Score};
pub(crate) use matches::PackedMatches;
pub use matches::{MatchHead, Matches};
pub use measure::Measure;
pub use passage::{Block, Passage};
pub use region::Region;
pub use verifier::Verifier;
