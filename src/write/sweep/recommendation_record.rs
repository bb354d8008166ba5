//! Defines the record of the recommended threshold.

use serde::Serialize;

use super::confusion_record::ends;
use super::recommendation_text::recommendation_text;
use crate::report::rounded;
use crate::sweep::{Recommendation, Sweep};

/// The recommended threshold, and the loss by that of the settings.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RecommendationRecord {
    /// The same in one sentence.
    sentence: String,
    present_threshold: f64,
    #[serde(flatten)]
    best: Option<BestRecord>,
}

/// The best threshold by labels.
#[derive(Clone, Debug, Serialize)]
struct BestRecord {
    threshold: f64,
    threshold_interval: Option<[f64; 2]>,
    f1: f64,
    f1_interval: Option<[f64; 2]>,
    loss: Option<f64>,
    loss_interval: Option<[f64; 2]>,
}

impl RecommendationRecord {
    /// Creates the record of a sweep.
    pub(super) fn new(sweep: &Sweep) -> Self {
        Self {
            sentence: recommendation_text(sweep),
            present_threshold: sweep.settings.threshold,
            best: sweep.recommendation().as_ref().map(BestRecord::new),
        }
    }
}

impl BestRecord {
    fn new(found: &Recommendation) -> Self {
        Self {
            threshold: found.threshold,
            threshold_interval: ends(found.interval),
            f1: rounded(found.f1),
            f1_interval: ends(found.f1_interval),
            loss: found.loss.map(|loss| rounded(loss.f1)),
            loss_interval: ends(found.loss.and_then(|loss| loss.interval)),
        }
    }
}
