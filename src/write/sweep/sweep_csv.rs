//! Writes sweeps as CSV: one row for each series and threshold.

use std::io::{self, Write};

use crate::evaluate::{ConfusionMatrix, Interval};
use crate::report::rounded;
use crate::sweep::{ClusterPoint, KindPoint, KindSeries, Sweep};
use crate::write::csv_row::write_row;

const COLUMNS: [&str; 38] = [
    "shingle_size",
    "of",
    "method",
    "threshold",
    "true_positives",
    "false_positives",
    "false_negatives",
    "true_negatives",
    "precision",
    "recall",
    "f1",
    "f1_low",
    "f1_high",
    "accuracy",
    "clusters",
    "largest",
    "clustered",
    "removable",
    "bcubed_precision",
    "bcubed_recall",
    "bcubed_f",
    "bcubed_f_low",
    "bcubed_f_high",
    "adjusted_rand_index",
    "glued",
    "largest_wrong",
    "fragmentation",
    "kind",
    "resemblance_from",
    "resemblance_to",
    "resembling_pairs",
    "bands_predicted",
    "bands_found",
    "found",
    "candidates",
    "copies",
    "copies_found",
    "copies_in_bands",
];
/// The index of the column of the threshold.
const THRESHOLD_COLUMN: usize = 3;
/// The index of the column of the kind, the first of the columns that few rows have.
const KIND_COLUMN: usize = 27;

/// Writes one row for each series and threshold of each sweep: `of` is `pairs`, `kind`, `clusters`, `linked`, `predicted`
/// or, for the score of another tool, `predicted-pairs`. Writes one row for each setting of the index and range of resemblance: `of` is `index`. Cells that
/// do not apply are empty.
///
/// # Errors
/// The error of the writer.
pub fn write_sweeps_csv<'s>(sweeps: impl Iterator<Item = &'s Sweep>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    write_row(&mut table, COLUMNS.map(str::to_owned))?;
    for sweep in sweeps {
        for cells in [pair_rows(sweep), cluster_rows(sweep), predicted_rows(sweep), index_rows(sweep)]
            .into_iter()
            .flatten()
        {
            write_row(&mut table, cells)?;
        }
    }
    table.flush()
}

/// The cells of a row.
type Row = Vec<String>;

/// Returns the cells with which every row begins.
fn first_cells(sweep: &Sweep, of: &str, method: &str, threshold: Option<f64>) -> Row {
    vec![sweep.settings.shingle_size.to_string(), of.to_owned(), method.to_owned(), number(threshold)]
}

/// Adds empty cells up to the last column.
fn filled(mut cells: Row) -> Row {
    cells.resize(COLUMNS.len(), String::new());
    cells
}

/// Returns the rows of pairs and of kinds of pairs.
fn pair_rows(sweep: &Sweep) -> Vec<Row> {
    let mut rows = Vec::new();
    for series in &sweep.pairs {
        let method = series.method.name();
        for point in &series.curve.points {
            let f1 = point.intervals.map(|[.., f1]| f1);
            let mut cells = first_cells(sweep, "pairs", method, Some(point.threshold));
            cells.extend(confusion(Some((point.confusion, f1))));
            rows.push(filled(cells));
        }
        for kind in &series.kinds {
            for point in &kind.points {
                let mut cells = first_cells(sweep, "kind", method, Some(point.threshold));
                cells.extend(confusion(Some((kind_confusion(kind, *point), None))));
                cells.resize(KIND_COLUMN, String::new());
                cells.push(kind.kind.to_string());
                rows.push(filled(cells));
            }
        }
    }
    rows
}

/// Returns the rows of clusters, of linked groups and of results of other tools.
fn cluster_rows(sweep: &Sweep) -> Vec<Row> {
    let own = sweep.clusters.iter().flat_map(|series| {
        let of = if series.linked { "linked" } else { "clusters" };
        series.points.iter().map(move |point| (of, series.method.name(), point))
    });
    let predicted = sweep.predicted.iter();
    let predicted = predicted.map(|predicted| ("predicted", predicted.name.as_str(), &predicted.clusters));
    let row = |(of, method, point): (&str, &str, &ClusterPoint)| {
        let mut cells = first_cells(sweep, of, method, point.threshold);
        cells.extend(confusion(point.pairs));
        cells.extend(clusters(point));
        filled(cells)
    };
    own.chain(predicted).map(row).collect()
}

/// Returns the rows of the scores of other tools. Their thresholds are not rounded, since a rounded one could miss the
/// pair whose score it is.
fn predicted_rows(sweep: &Sweep) -> Vec<Row> {
    let mut rows = Vec::new();
    for predicted in &sweep.predicted {
        for point in predicted.curve.iter().flat_map(|curve| &curve.points) {
            let mut cells = first_cells(sweep, "predicted-pairs", &predicted.name, None);
            cells[THRESHOLD_COLUMN] = point.threshold.to_string();
            cells.extend(confusion(Some((point.confusion, point.intervals.map(|[.., f1]| f1)))));
            rows.push(filled(cells));
        }
    }
    rows
}

/// Returns the rows of settings of the index.
fn index_rows(sweep: &Sweep) -> Vec<Row> {
    let mut rows = Vec::new();
    for recall in &sweep.index {
        for bin in &recall.bins {
            let mut cells = first_cells(sweep, "index", &recall.setting.name(), None);
            cells.resize(KIND_COLUMN + 1, String::new());
            cells.extend([bin.from, bin.to].map(|end| number(Some(end))));
            cells.push(bin.pairs.to_string());
            let shares = [bin.predicted, bin.in_bands, bin.candidates];
            cells.extend(shares.map(|share| number((bin.pairs > 0).then_some(share))));
            let copies = recall.copies;
            let counts = [recall.candidates, copies.all, copies.candidates, copies.in_bands];
            cells.extend(counts.map(|count| count.to_string()));
            rows.push(cells);
        }
    }
    rows
}

/// Returns the confusion matrix of a kind of pair at a threshold.
fn kind_confusion(kind: &KindSeries, point: KindPoint) -> ConfusionMatrix {
    let (found, wrong) = (point.found as f64, point.wrong as f64);
    ConfusionMatrix {
        true_positives: found,
        false_positives: wrong,
        false_negatives: kind.positive as f64 - found,
        true_negatives: (kind.pairs - kind.positive) as f64 - wrong,
    }
}

/// Returns the cells of a confusion matrix and the interval of its F1.
fn confusion(pairs: Option<(ConfusionMatrix, Option<Interval>)>) -> [String; 10] {
    let Some((pairs, f1)) = pairs else {
        return Default::default();
    };
    [
        pairs.true_positives.to_string(),
        pairs.false_positives.to_string(),
        pairs.false_negatives.to_string(),
        pairs.true_negatives.to_string(),
        number(Some(pairs.precision())),
        number(Some(pairs.recall())),
        number(Some(pairs.f1())),
        number(f1.map(|interval| interval.low)),
        number(f1.map(|interval| interval.high)),
        number(Some(pairs.accuracy())),
    ]
}

/// Returns the cells of the clusters at a threshold.
fn clusters(point: &ClusterPoint) -> [String; 13] {
    let quality = point.quality.as_ref();
    let f = quality.and_then(|quality| quality.intervals).map(|[_, f]| f);
    let bcubed = |index: usize| number(quality.map(|quality| quality.bcubed[index]));
    let count = |count: Option<usize>| count.map(|count| count.to_string()).unwrap_or_default();
    [
        point.clusters.to_string(),
        point.largest.to_string(),
        point.clustered.to_string(),
        point.removable.to_string(),
        bcubed(0),
        bcubed(1),
        bcubed(2),
        number(f.map(|interval| interval.low)),
        number(f.map(|interval| interval.high)),
        number(quality.map(|quality| quality.adjusted_rand_index)),
        count(quality.map(|quality| quality.glued)),
        count(quality.map(|quality| quality.largest_wrong)),
        number(quality.map(|quality| quality.fragmentation)),
    ]
}

/// Returns a rounded number; empty if there is none.
fn number(value: Option<f64>) -> String {
    value.map(|value| rounded(value).to_string()).unwrap_or_default()
}
