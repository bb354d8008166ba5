//! Parts of a sweep in, rows of cells under a head out, for tables on a terminal and in a page.

use crate::evaluate::{Choice, Interval, Profile};
use crate::sweep::{ClusterPoint, IndexRecall, KindPoint, KindSeries, Method, PairSeries, Sweep};

/// The most kinds of pairs that a table shows.
const MOST_KINDS: usize = 30;

pub(super) fn texts(cells: &[&str]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

/// Says a share, and where resamples put it.
pub(super) fn ranged(value: f64, interval: Option<Interval>) -> String {
    match interval {
        Some(Interval { low, high }) => format!("{value:.3} ({low:.2}-{high:.2})"),
        None => format!("{value:.3}"),
    }
}

fn choice_row(series: &PairSeries) -> Vec<String> {
    let best: &Choice = &series.curve.best;
    let threshold = match best.interval {
        Some(Interval { low, high }) => format!("{:.2} ({low:.2}-{high:.2})", best.threshold),
        None => format!("{:.2}", best.threshold),
    };
    let f1 = series.curve.best_point().and_then(|point| point.intervals).map(|[.., f1]| f1);
    let mut row = vec![
        series.method.name().to_owned(),
        format!("{:.3}", series.curve.average_precision),
        threshold,
        ranged(best.f1, f1),
        best.cross_validated_f1.map_or("-".to_owned(), |f1| format!("{f1:.3}")),
    ];
    let loss = |threshold: f64| {
        let loss = best.losses.iter().find(|loss| (loss.threshold - threshold).abs() < 1e-9);
        loss.map_or("-".to_owned(), |loss| ranged(loss.f1, loss.interval))
    };
    row.extend([0.5, 0.7, 0.8].map(loss));
    row
}

/// Says the best threshold of each series, under a head.
pub(super) fn choice_cells(series: &[PairSeries]) -> Vec<Vec<String>> {
    let mut rows = vec![texts(&[
        "score",
        "average precision",
        "best threshold",
        "F1",
        "cross-validated F1",
        "loss at .5",
        "at .7",
        "at .8",
    ])];
    rows.extend(series.iter().map(choice_row));
    rows
}

/// Says what clusters come to at points that have names, under a head.
pub(super) fn point_cells<'p>(
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
        head.extend(texts(&["B-cubed F", "ARI", "glued", "largest wrong", "pieces a group"]));
    }
    let mut rows = vec![head];
    for (name, point) in points {
        let mut row = vec![
            name,
            point.clusters.to_string(),
            point.largest.to_string(),
            point.clustered.to_string(),
            point.removable.to_string(),
        ];
        if let Some((pairs, interval)) = point.pairs {
            row.push(format!("{:.3}", pairs.precision()));
            row.push(format!("{:.3}", pairs.recall()));
            row.push(ranged(pairs.f1(), interval));
        }
        if let Some(quality) = &point.quality {
            row.push(ranged(quality.bcubed[2], quality.intervals.map(|[_, f]| f)));
            row.push(format!("{:.3}", quality.adjusted_rand_index));
            row.push(quality.glued.to_string());
            row.push(quality.largest_wrong.to_string());
            row.push(format!("{:.2}", quality.fragmentation));
        }
        rows.push(row);
    }
    rows
}

/// Says where the number of removable articles hardly depends on the threshold, and where most.
pub(super) fn profile_text(Profile { flat, steep }: Profile) -> String {
    format!(
        "flat from {:.2} to {:.2} ({} to {} removable), steepest from {:.2} to {:.2} ({} to {})",
        flat.from,
        flat.to,
        flat.count_from,
        flat.count_to,
        steep.from,
        steep.to,
        steep.count_from,
        steep.count_to
    )
}

/// The kinds of pairs, under a head.
pub(super) struct KindCells {
    pub(super) rows: Vec<Vec<String>>,
    /// How many kinds are left out.
    pub(super) left_out: usize,
}

/// Says what the threshold of the settings and the best one make of each kind of pair; nothing where labels name no
/// kinds. Of many kinds those are shown of which most is called wrongly.
pub(super) fn kind_cells(sweep: &Sweep) -> Option<KindCells> {
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
    head.extend([own, best].iter().flat_map(|at| [format!("found at {at:.2}"), format!("wrong at {at:.2}")]));
    let mut rows = vec![head];
    for kind in kinds {
        let at_best = kind.points.iter().find(|point| point.threshold == best);
        let counts = |point: &KindPoint| [point.found.to_string(), point.wrong.to_string()];
        let mut row = vec![kind.kind.to_string(), kind.pairs.to_string(), kind.positive.to_string()];
        row.extend(counts(&kind.own));
        row.extend(at_best.map(counts).unwrap_or_default());
        rows.push(row);
    }
    Some(KindCells { rows, left_out })
}

/// Says what each setting of the index costs and loses, under a head.
pub(super) fn setting_cells(sweep: &Sweep) -> Vec<Vec<String>> {
    let copies = format!("copies at {}", sweep.settings.threshold);
    let mut rows = vec![texts(&[
        "bands x rows / window",
        "candidates",
        &copies,
        "found",
        "by bands alone",
        "labeled copies",
        "found",
    ])];
    for share in &sweep.index {
        let copies = share.copies;
        let mut row = vec![share.setting.name(), share.candidates.to_string(), copies.all.to_string()];
        row.extend([copies.candidates, copies.in_bands].map(|found| part(found, copies.all)));
        match share.labels {
            Some((found, all)) => row.extend([all.to_string(), part(found, all)]),
            None => row.extend(["-".to_owned(), "-".to_owned()]),
        }
        rows.push(row);
    }
    rows
}

fn part(found: usize, all: usize) -> String {
    if all == 0 { "-".to_owned() } else { format!("{:.4}", found as f64 / all as f64) }
}

/// Says what a setting of the index finds of pairs of each range of resemblance, under a head.
pub(super) fn share_cells(share: &IndexRecall) -> Vec<Vec<String>> {
    let mut rows = vec![texts(&["resemblance", "pairs", "bands, predicted", "bands, found", "candidates"])];
    for bin in &share.bins {
        let share = |share: f64| if bin.pairs == 0 { "-".to_owned() } else { format!("{share:.3}") };
        rows.push(vec![
            format!("{:.2} to {:.2}", bin.from, bin.to),
            bin.pairs.to_string(),
            share(bin.predicted),
            share(bin.in_bands),
            share(bin.candidates),
        ]);
    }
    rows
}
