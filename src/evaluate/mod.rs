//! Labels and results in, how good the results are out: precision, recall, F1, average precision, B-cubed, adjusted
//! Rand index, with intervals; and the threshold that labels recommend.
//!
//! Nothing here finds anything: scores and clusters of any origin are compared with what labels say.
//!
//! Invariants: the same labels and results give the same numbers on any number of threads; resamples are drawn from a
//! seed that is given. `docs/formats.md` defines every measure; `tests/metrics.rs` holds them to scikit-learn.

mod bcubed;
mod bootstrap;
mod choice;
mod clustering;
mod confusion;
mod curve;
mod linkage;
mod partition;
mod profile;
mod ranking;
mod truth;

pub use bcubed::{BCubed, Cover};
pub use bootstrap::{Interval, Resampling};
pub use choice::{Choice, Loss};
pub use clustering::{ClusterQuality, Grouping};
pub use confusion::{Confusion, harmonic_mean};
pub use curve::{PairCurve, PairPoint, ScoredPair};
pub use linkage::linkage;
pub use partition::adjusted_rand_index;
pub use profile::{Profile, Stretch, histogram};
pub use ranking::average_precision;
pub use truth::{LabelCounts, LabeledArticle, LabeledPair, Truth};
