//! Compares the threshold of the settings with the one that labels recommend.

use super::method::Method;
use super::results::Sweep;
use crate::evaluate::{Interval, Loss};

/// The threshold that labels recommend for the score of the settings, and the loss by that of the settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recommendation {
    /// The score of the settings.
    pub method: Method,
    /// The threshold with the greatest F1.
    pub threshold: f64,
    /// The interval of the best thresholds of the resamples.
    pub interval: Option<Interval>,
    /// The F1 of that threshold.
    pub f1: f64,
    /// The interval of that F1.
    pub f1_interval: Option<Interval>,
    /// The F1 that the threshold of the settings loses; `None` if it was not tried.
    pub loss: Option<Loss>,
}

impl Sweep {
    /// Returns the recommended threshold; `None` without labels.
    pub fn recommendation(&self) -> Option<Recommendation> {
        let method = Method::score(self.settings.by);
        let curve = &self.pairs.iter().find(|series| series.method == method)?.curve;
        let best = &curve.best;
        Some(Recommendation {
            method,
            threshold: best.threshold,
            interval: best.interval,
            f1: best.f1,
            f1_interval: curve.best_point().and_then(|point| point.intervals).map(|[.., f1]| f1),
            loss: best.loss(self.settings.threshold).copied(),
        })
    }
}

impl Recommendation {
    /// Returns whether the threshold of the settings has a smaller F1 in nearly all resamples; `None` without
    /// resamples.
    pub fn is_certain(&self) -> Option<bool> {
        Some(self.loss?.interval?.low > 0.0)
    }
}
