//! Chooses the thresholds that charts mark: the best one by labels and the present one.

use super::chart::Mark;
use crate::evaluate::is_same_threshold;
use crate::sweep::{Method, Sweep};

/// Returns the marks of the thresholds of the score of the settings.
pub(super) fn own_marks(sweep: &Sweep) -> Vec<Mark> {
    marks_of(sweep, Method::score(sweep.settings.by))
}

/// Returns the marks of the thresholds of a score: the best one, if there are labels; and the present one, if the
/// settings use this score. A best threshold that is the present one has one mark.
pub(super) fn marks_of(sweep: &Sweep, method: Method) -> Vec<Mark> {
    let best = sweep.pairs.iter().find(|series| series.method == method);
    let best = best.filter(|series| series.curve.best.f1 > 0.0).map(|series| series.curve.best.threshold);
    let present = (method == Method::score(sweep.settings.by)).then_some(sweep.settings.threshold);
    let mark = |name: &str, threshold: f64, is_present| Mark {
        threshold,
        name: format!("{name} {threshold:.2}"),
        is_present,
        point: None,
    };
    match (best, present) {
        (Some(best), Some(present)) if is_same_threshold(best, present) => {
            vec![mark("best and present", best, false)]
        }
        (best, present) => {
            let best = best.map(|best| mark("best", best, false));
            best.into_iter().chain(present.map(|present| mark("present", present, true))).collect()
        }
    }
}
