//! Verifies candidate pairs: finds the passages that two articles share, computes their exact scores, and decides
//! their relation.

mod align_rule;
mod aligner;
mod chainer;
mod copied_boilerplate;
mod cut_text;
mod distinct_shingles;
mod filled_form;
mod matches;
mod measure;
mod narrative;
mod other_subject;
mod pair_core;
mod pair_match;
mod passage;
mod region;
mod relation;
mod repeated_runs;
mod run_filter;
mod score;
mod shared_boilerplate;
mod shared_masked;
mod shingle_table;
mod site_form;
mod verifier;

pub use align_rule::AlignRule;
pub use aligner::{Aligner, Alignment};
pub(crate) use matches::PackedMatches;
pub use matches::{MatchHead, Matches};
pub use measure::Measure;
pub use pair_match::Match;
pub use passage::{Block, Passage};
pub use region::Region;
pub(crate) use region::overlap;
pub(crate) use relation::PassageEvidence;
pub use relation::{JudgeRule, Relation};
pub use score::Score;
pub use shared_boilerplate::SharedBoilerplate;
pub use verifier::Verifier;
