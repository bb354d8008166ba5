//! Builds the rows of the tables of a sweep, for a terminal and for a page. The first row of a table is its head.

use crate::evaluate::{Choice, Interval, PairCurve, Profile, is_same_threshold};
use crate::sweep::{ClusterPoint, IndexRecall, KindPoint, KindSeries, Method, Sweep};
use crate::write::number::grouped;

/// The title of the tables about the index.
pub(super) const INDEX_TITLE: &str = "Recall of the index by setting";
/// The number of thresholds of another tool's score that a table shows.
const FEW_THRESHOLDS: usize = 10;
/// The largest number of kinds of pairs in a table.
const MOST_KINDS: usize = 30;

/// The thresholds whose loss of F1 is shown in addition to that of the settings: they are often used without labels.
const USUAL_THRESHOLDS: [f64; 3] = [0.5, 0.7, 0.8];

/// Returns cells with the given texts.
pub(super) fn texts(cells: &[&str]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

/// Returns a value with its confidence interval, if it has one.
pub(super) fn with_interval(value: f64, interval: Option<Interval>) -> String {
    match interval {
        Some(Interval { low, high }) => format!("{value:.3} ({low:.2}–{high:.2})"),
        None => format!("{value:.3}"),
    }
}

/// Returns the name of a threshold in the first column: the best one and the present one are marked.
pub(super) fn threshold_name(threshold: f64, is_best: bool, is_present: bool) -> String {
    let mark = match (is_best, is_present) {
        (true, true) => " best, present",
        (true, false) => " best",
        (false, true) => " present",
        (false, false) => "",
    };
    format!("{threshold:.2}{mark}")
}

/// Returns the score of another tool as text: with the decimals that records have, rounded down, so that the pair with
/// that score reaches it.
pub(super) fn score_text(score: f64) -> String {
    const DECIMALS: f64 = 1e4;
    // Half a unit of the last place that doubles have here must not round 0.3 down to 0.2999.
    ((score * DECIMALS + 1e-6).floor() / DECIMALS).to_string()
}

/// Returns the row of the best threshold of a curve. `shown` formats a threshold.
fn choice_row(name: &str, curve: &PairCurve, shown: fn(f64) -> String, present: f64) -> Vec<String> {
    let best: &Choice = &curve.best;
    let threshold = match best.interval {
        Some(Interval { low, high }) => format!("{} ({}–{})", shown(best.threshold), shown(low), shown(high)),
        None => shown(best.threshold),
    };
    let f1 = curve.best_point().and_then(|point| point.intervals).map(|[.., f1]| f1);
    let loss = |threshold: f64| {
        best.loss(threshold).map_or("-".to_owned(), |loss| with_interval(loss.f1, loss.interval))
    };
    let mut row = vec![
        name.to_owned(),
        threshold,
        with_interval(best.f1, f1),
        loss(present),
        best.cross_validated_f1.map_or("-".to_owned(), |f1| format!("{f1:.3}")),
        format!("{:.3}", curve.average_precision),
    ];
    row.extend(others_than(present).map(loss));
    row
}

/// Returns the usual thresholds, without the present one.
fn others_than(present: f64) -> impl Iterator<Item = f64> {
    USUAL_THRESHOLDS.into_iter().filter(move |&usual| !is_same_threshold(usual, present))
}

/// Returns the table of the best threshold of each series, with the loss by the present one and by usual ones. The scores
/// of other tools, which have thresholds of their own, come last.
pub(super) fn choice_rows(sweep: &Sweep) -> Vec<Vec<String>> {
    let present = sweep.settings.threshold;
    let mut head = texts(&["score", "best threshold", "F1"]);
    head.push(format!("loss at {present:.2}, present"));
    head.extend(texts(&["cross-validated F1", "average precision"]));
    head.extend(others_than(present).map(|usual| format!("loss at {usual:.2}")));
    let mut rows = vec![head];
    let hundredths = |threshold: f64| format!("{threshold:.2}");
    rows.extend(
        sweep.pairs.iter().map(|series| choice_row(series.method.name(), &series.curve, hundredths, present)),
    );
    for (name, curve) in predicted_curves(sweep) {
        let mut row = choice_row(name, curve, score_text, present);
        // Thresholds of another score mean something else.
        for loss in [PRESENT_LOSS].into_iter().chain(FIRST_USUAL_LOSS..row.len()) {
            row[loss] = "-".to_owned();
        }
        rows.push(row);
    }
    rows
}

/// The index of the column of the loss by the present threshold.
const PRESENT_LOSS: usize = 3;
/// The index of the first column of a loss by a usual threshold.
const FIRST_USUAL_LOSS: usize = 6;

/// Returns the curves of the scores of other tools that have thresholds, with their names.
pub(super) fn predicted_curves(sweep: &Sweep) -> impl Iterator<Item = (&str, &PairCurve)> {
    let curves =
        sweep.predicted.iter().filter_map(|predicted| Some((&*predicted.name, predicted.curve.as_ref()?)));
    curves.filter(|(_, curve)| !curve.points.is_empty())
}

/// Returns the table of the scores of another tool. Without `all`, of many thresholds about [`FEW_THRESHOLDS`] have a row, and
/// the best one.
pub(super) fn predicted_rows(curve: &PairCurve, all: bool) -> Vec<Vec<String>> {
    let mut rows = vec![texts(&["threshold", "called", "wrong", "missed", "precision", "recall", "F1"])];
    let step = if all { 1 } else { curve.points.len().div_ceil(FEW_THRESHOLDS) };
    for (number, point) in curve.points.iter().enumerate() {
        let is_best = point.threshold == curve.best.threshold;
        if !number.is_multiple_of(step) && !is_best {
            continue;
        }
        let pairs = point.confusion;
        let best = if is_best { " best" } else { "" };
        rows.push(vec![
            format!("{}{best}", score_text(point.threshold)),
            grouped((pairs.true_positives + pairs.false_positives) as usize),
            grouped(pairs.false_positives as usize),
            grouped(pairs.false_negatives as usize),
            format!("{:.3}", pairs.precision()),
            format!("{:.3}", pairs.recall()),
            with_interval(pairs.f1(), point.intervals.map(|[.., f1]| f1)),
        ]);
    }
    rows
}

/// Returns the table of clusters. Each point has a name, in the column `first`.
pub(super) fn cluster_rows<'p>(
    first: &str,
    points: impl Iterator<Item = (String, &'p ClusterPoint)>,
) -> Vec<Vec<String>> {
    let points: Vec<(String, &ClusterPoint)> = points.collect();
    let has_pairs = points.iter().any(|(_, point)| point.pairs.is_some());
    let has_quality = points.iter().any(|(_, point)| point.quality.is_some());
    let mut head = texts(&[first, "clusters", "largest", "clustered", "removable"]);
    if has_pairs {
        head.extend(texts(&["precision", "recall", "F1 of pairs"]));
    }
    if has_quality {
        head.extend(texts(&["B-cubed F", "ARI", "glued", "largest wrong", "pieces per group"]));
    }
    let mut rows = vec![head];
    for (name, point) in points {
        let mut row = vec![
            name,
            grouped(point.clusters),
            grouped(point.largest),
            grouped(point.clustered),
            grouped(point.removable),
        ];
        if let Some((pairs, interval)) = point.pairs {
            row.push(format!("{:.3}", pairs.precision()));
            row.push(format!("{:.3}", pairs.recall()));
            row.push(with_interval(pairs.f1(), interval));
        }
        if let Some(quality) = &point.quality {
            row.push(with_interval(quality.bcubed[2], quality.intervals.map(|[_, f]| f)));
            row.push(format!("{:.3}", quality.adjusted_rand_index));
            row.push(grouped(quality.glued));
            row.push(grouped(quality.largest_wrong));
            row.push(format!("{:.2}", quality.fragmentation));
        }
        rows.push(row);
    }
    rows
}

/// Returns a sentence, without a full stop, about the thresholds between which the number of removable articles
/// changes least and most.
pub(super) fn profile_text(Profile { flat, steep }: Profile) -> String {
    format!(
        "the number of removable articles hardly changes from threshold {:.2} to {:.2} ({} to {}), \
         and changes most from {:.2} to {:.2} ({} to {})",
        flat.from,
        flat.to,
        grouped(flat.count_from),
        grouped(flat.count_to),
        steep.from,
        steep.to,
        grouped(steep.count_from),
        grouped(steep.count_to)
    )
}

/// The table of kinds of pairs.
pub(super) struct KindRows {
    pub(super) rows: Vec<Vec<String>>,
    /// The number of kinds that are left out.
    pub(super) left_out: usize,
}

/// Returns the table of kinds of pairs, at the threshold of the settings and at the best one; nothing if labels
/// name no kinds. If there are too many kinds, those with the most errors are shown.
pub(super) fn kind_rows(sweep: &Sweep) -> Option<KindRows> {
    let series = sweep.pairs.iter().find(|series| series.method == Method::score(sweep.settings.by))?;
    let mut kinds: Vec<&KindSeries> = series.kinds.iter().collect();
    if kinds.is_empty() {
        return None;
    }
    let left_out = kinds.len().saturating_sub(MOST_KINDS);
    if left_out > 0 {
        let errors = |kind: &KindSeries| kind.positive - kind.own.found + kind.own.wrong;
        kinds.sort_by_key(|kind| std::cmp::Reverse((errors(kind), kind.positive)));
        kinds.truncate(MOST_KINDS);
    }
    let (own, best) = (sweep.settings.threshold, series.curve.best.threshold);
    let mut head = texts(&["kind", "pairs", "copies"]);
    head.extend(
        [own, best]
            .iter()
            .flat_map(|threshold| [format!("found at {threshold:.2}"), format!("wrong at {threshold:.2}")]),
    );
    let mut rows = vec![head];
    for kind in kinds {
        let at_best = kind.points.iter().find(|point| point.threshold == best);
        let counts = |point: &KindPoint| [grouped(point.found), grouped(point.wrong)];
        let mut row = vec![kind.kind.to_string(), grouped(kind.pairs), grouped(kind.positive)];
        row.extend(counts(&kind.own));
        row.extend(at_best.map(counts).unwrap_or_default());
        rows.push(row);
    }
    Some(KindRows { rows, left_out })
}

/// Returns the table of settings of the index: their candidates, and the share of copies among them.
pub(super) fn setting_rows(sweep: &Sweep) -> Vec<Vec<String>> {
    let copies = format!("copies at {}", sweep.settings.threshold);
    let mut rows = vec![texts(&[
        "bands x rows / window",
        "candidates",
        &copies,
        "found",
        "found by bands alone",
        "labeled copies",
        "found",
    ])];
    for recall in &sweep.index {
        let copies = recall.copies;
        let mut row = vec![recall.setting.name(), grouped(recall.candidates), grouped(copies.all)];
        row.extend([copies.candidates, copies.in_bands].map(|found| share_of(found, copies.all)));
        match recall.labels {
            Some((found, all)) => row.extend([grouped(all), share_of(found, all)]),
            None => row.extend(["-".to_owned(), "-".to_owned()]),
        }
        rows.push(row);
    }
    rows
}

/// Returns a share with four decimals; a dash if there is nothing to find.
fn share_of(found: usize, all: usize) -> String {
    if all == 0 { "-".to_owned() } else { format!("{:.4}", found as f64 / all as f64) }
}

/// Returns the table of what a setting of the index finds, by ranges of resemblance.
pub(super) fn recall_rows(recall: &IndexRecall) -> Vec<Vec<String>> {
    let mut rows = vec![texts(&[
        "resemblance",
        "pairs",
        "with an equal band, expected",
        "with an equal band",
        "candidates",
    ])];
    for bin in &recall.bins {
        let share = |share: f64| if bin.pairs == 0 { "-".to_owned() } else { format!("{share:.3}") };
        rows.push(vec![
            format!("{:.2} to {:.2}", bin.from, bin.to),
            grouped(bin.pairs),
            share(bin.predicted),
            share(bin.in_bands),
            share(bin.candidates),
        ]);
    }
    rows
}
