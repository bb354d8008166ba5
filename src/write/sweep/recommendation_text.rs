//! Says in one sentence which threshold the labels recommend, and what the threshold of the settings loses.

use crate::evaluate::{Interval, is_same_threshold};
use crate::report::score_name;
use crate::sweep::{Recommendation, Sweep};

/// F1s that differ by less are shown as equal.
const SHOWN_DIFFERENCE: f64 = 0.0005;

/// Returns the sentence with the result of a sweep: with labels the best threshold, its F1 with their intervals, and
/// the loss by the threshold of the settings; without labels the number of removable articles.
pub(super) fn recommendation_text(sweep: &Sweep) -> String {
    match sweep.recommendation() {
        Some(found) => with_labels(&found, sweep.settings.threshold),
        None => without_labels(sweep),
    }
}

fn with_labels(found: &Recommendation, present: f64) -> String {
    let method = found.method.name();
    if found.f1 <= 0.0 {
        return format!("No threshold by {method} finds a labeled copy.");
    }
    let threshold = match found.interval {
        Some(Interval { low, high }) => {
            format!("{:.2} (95 % interval {low:.2} to {high:.2})", found.threshold)
        }
        None => format!("{:.2}", found.threshold),
    };
    let f1 = estimate(found.f1, found.f1_interval);
    let best = format!("The best threshold by {method} is {threshold}, with an F1 of {f1}");
    let Some(loss) = found.loss else {
        return format!("{best}; the present one, {present:.2}, was not tried.");
    };
    if is_same_threshold(loss.threshold, found.threshold) {
        return format!("{best}; it is the present one.");
    }
    if loss.f1 < SHOWN_DIFFERENCE {
        return format!("{best}; the present one, {present:.2}, loses nothing.");
    }
    let doubt =
        if found.is_certain() == Some(false) { ", but these labels do not tell the two apart" } else { "" };
    format!("{best}; the present one, {present:.2}, loses {} of it{doubt}.", estimate(loss.f1, loss.interval))
}

fn without_labels(sweep: &Sweep) -> String {
    let (present, by) = (sweep.settings.threshold, score_name(sweep.settings.by));
    let mut text = format!("Without labels no threshold is best; at the present one, {present:.2} by {by}, ");
    let series = sweep.clusters.iter().find(|series| !series.linked);
    let point = series.and_then(|series| series.point(present));
    match point {
        Some(point) => {
            text += &format!("{} of {} articles are removable", point.removable, sweep.counts.articles);
        }
        None => text += "nothing was tried",
    }
    if let Some(flat) = series.and_then(|series| series.profile).map(|profile| profile.flat) {
        text += &format!(", and that number hardly changes from {:.2} to {:.2}", flat.from, flat.to);
    }
    text + "."
}

/// Returns a value with its confidence interval, if it has one.
fn estimate(value: f64, interval: Option<Interval>) -> String {
    match interval {
        Some(Interval { low, high }) => format!("{value:.3} ({low:.2} to {high:.2})"),
        None => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::Loss;
    use crate::sweep::Method;

    #[test]
    fn says_the_best_threshold_and_the_loss() {
        let interval = |low, high| Some(Interval { low, high });
        let found = |loss: Option<Loss>| Recommendation {
            method: Method::Coverage,
            threshold: 0.48,
            interval: interval(0.1, 0.56),
            f1: 0.926,
            f1_interval: interval(0.84, 0.98),
            loss,
        };
        let loss = |threshold, f1, interval| Some(Loss { threshold, f1, interval });
        let best = "The best threshold by coverage is 0.48 (95 % interval 0.10 to 0.56), \
                    with an F1 of 0.926 (0.84 to 0.98); ";
        for (loss, expected) in [
            (loss(0.48, 0.0, interval(0.0, 0.0)), "it is the present one."),
            (loss(0.6, 0.0001, interval(0.0, 0.0)), "the present one, 0.60, loses nothing."),
            (
                loss(0.6, 0.02, interval(-0.01, 0.06)),
                "the present one, 0.60, loses 0.020 (-0.01 to 0.06) of it, \
                 but these labels do not tell the two apart.",
            ),
            (
                loss(0.6, 0.2, interval(0.07, 0.34)),
                "the present one, 0.60, loses 0.200 (0.07 to 0.34) of it.",
            ),
            (loss(0.6, 0.2, None), "the present one, 0.60, loses 0.200 of it."),
            (None, "the present one, 0.60, was not tried."),
        ] {
            assert_eq!(with_labels(&found(loss), 0.6), format!("{best}{expected}"));
        }
        let without_intervals = Recommendation { interval: None, f1_interval: None, ..found(None) };
        let text = with_labels(&without_intervals, 0.6);
        assert!(text.starts_with("The best threshold by coverage is 0.48, with an F1 of 0.926; "), "{text}");
        let nothing = Recommendation { f1: 0.0, ..found(None) };
        assert_eq!(with_labels(&nothing, 0.6), "No threshold by coverage finds a labeled copy.");
    }
}
