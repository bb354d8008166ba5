//! Candidate pairs in, matches out: exact resemblance and containment, aligned passages, relation.

mod align;
mod judge;
mod region;

pub use align::{AlignRule, Aligner, Alignment, Block, Passage};
pub use judge::{By, JudgeRule, Match, Relation, Verifier};
pub use region::Region;
