//! Measures how good scores and clusters are against labels: precision, recall, F1, average precision, B-cubed and
//! the adjusted Rand index, with confidence intervals; and chooses the threshold that the labels recommend.
//!
//! Nothing here finds copies. Scores and clusters may come from any method; they are only compared with the labels.
//!
//! Invariants: the same labels and results give the same numbers on any number of threads; resamples are drawn from
//! a given seed. `docs/formats.md` defines every measure; `tests/metrics.rs` compares them with scikit-learn.

mod adjusted_rand_index;
mod argmax;
mod articles_by_key;
mod average_precision;
mod bcubed;
mod bootstrap;
mod choice;
mod cluster_quality;
mod confusion_matrix;
mod cover;
mod cross_validation;
mod fragmentation;
mod grouping;
mod histogram;
mod linkage;
mod pair_curve;
mod pair_tally;
mod profile;
mod truth;

pub use adjusted_rand_index::adjusted_rand_index;
pub use average_precision::average_precision;
pub use bcubed::BCubed;
pub use bootstrap::{Interval, Resampling};
pub use choice::{Choice, Loss, is_same_threshold};
pub use cluster_quality::ClusterQuality;
pub use confusion_matrix::{ConfusionMatrix, harmonic_mean};
pub use cover::Cover;
pub use grouping::Grouping;
pub use histogram::histogram;
pub use linkage::linkage;
pub use pair_curve::{PairCurve, PairPoint};
pub use pair_tally::ScoredPair;
pub use profile::{Profile, Stretch};
pub use truth::{LabelCounts, LabeledArticle, LabeledPair, Truth};
