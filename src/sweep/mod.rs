//! Surveys thresholds: what each threshold finds among the same articles, how good that is by labels, and what the
//! index misses.
//!
//! 1. [`Detector::survey`](crate::Detector::survey) aligns every candidate once and keeps its scores: a [`Survey`].
//! 2. [`Survey::sweep`] judges the pairs at every threshold, by every score, clusters them, and compares the results
//!    with labels: a [`Sweep`]. Nothing is aligned again. [`Sweep::recommendation`] says what the threshold of the
//!    settings loses compared with the best one.
//! 3. [`Survey::nearest`] and [`Survey::wrong`] choose pairs for a person to check: [`Example`]s.
//!
//! Baselines show what other tools find: they use whole pages, Jaccard coefficients, and clusters of all pairs that
//! are connected.

mod cluster_series;
mod example;
mod index_recall;
mod kind_series;
mod labels;
mod method;
mod options;
mod pair_series;
mod predicted;
mod recommendation;
mod results;
mod scorer;
mod survey;
mod whole_pages;

pub use self::cluster_series::{ClusterPoint, ClusterSeries};
pub use self::example::{Example, Verdict};
pub use self::index_recall::{CopiesFound, IndexRecall, IndexSetting, RecallBin};
pub use self::kind_series::{KindPoint, KindSeries};
pub use self::method::Method;
pub use self::options::{Labeled, Prediction, SweepOptions};
pub use self::pair_series::PairSeries;
pub use self::predicted::Predicted;
pub use self::recommendation::Recommendation;
pub use self::results::Sweep;
pub use self::survey::Survey;
