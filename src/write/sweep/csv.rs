//! Sweeps in, CSV out: a row each series and threshold; and examples, a row each pair, with a column to fill in.

use std::io::{self, Write};

use super::example::ExampleRecord;
use crate::evaluate::{ConfusionMatrix, Interval};
use crate::report::rounded;
use crate::sweep::{ClusterPoint, KindPoint, KindSeries, Sweep};
use crate::write::csv::{or_empty, row};

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
/// Where the columns that only some rows have begin.
const KIND: usize = 27;

/// Writes a row for each series and threshold of each sweep: `of` is `pairs`, `kind`, `clusters`, `linked` or
/// `predicted`; and, with `of` being `index`, for each setting of the index and range of resemblance. Cells that do not
/// apply are empty.
///
/// # Errors
/// What the writer says.
pub fn write_sweeps_csv<'s>(sweeps: impl Iterator<Item = &'s Sweep>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    row(&mut table, COLUMNS.map(str::to_owned))?;
    for sweep in sweeps {
        let size = sweep.settings.shingle_size;
        let begin = |of: &str, method: &str, threshold: Option<f64>| {
            vec![size.to_string(), of.to_owned(), method.to_owned(), number(threshold)]
        };
        for series in &sweep.pairs {
            for point in &series.curve.points {
                let f1 = point.intervals.map(|[.., f1]| f1);
                let mut cells = begin("pairs", series.method.name(), Some(point.threshold));
                cells.extend(confusion(Some((point.confusion, f1))));
                cells.resize(COLUMNS.len(), String::new());
                row(&mut table, cells)?;
            }
            for kind in &series.kinds {
                for point in &kind.points {
                    let mut cells = begin("kind", series.method.name(), Some(point.threshold));
                    cells.extend(confusion(Some((kind_confusion(kind, *point), None))));
                    cells.resize(KIND, String::new());
                    cells.push(kind.kind.to_string());
                    cells.resize(COLUMNS.len(), String::new());
                    row(&mut table, cells)?;
                }
            }
        }
        let series = sweep.clusters.iter().flat_map(|series| {
            let of = if series.linked { "linked" } else { "clusters" };
            series.points.iter().map(move |point| (of, series.method.name(), point))
        });
        let predicted = sweep.predicted.iter().map(|(name, point)| ("predicted", name.as_str(), point));
        for (of, method, point) in series.chain(predicted) {
            let mut cells = begin(of, method, point.threshold);
            cells.extend(confusion(point.pairs));
            cells.extend(clusters(point));
            cells.resize(COLUMNS.len(), String::new());
            row(&mut table, cells)?;
        }
        for share in &sweep.index {
            for bin in &share.bins {
                let mut cells = begin("index", &share.setting.name(), None);
                cells.resize(KIND + 1, String::new());
                cells.extend([bin.from, bin.to].map(|end| number(Some(end))));
                cells.push(bin.pairs.to_string());
                let shares = [bin.predicted, bin.in_bands, bin.candidates];
                cells.extend(shares.map(|share| number((bin.pairs > 0).then_some(share))));
                let copies = share.copies;
                let counts = [share.candidates, copies.all, copies.candidates, copies.in_bands];
                cells.extend(counts.map(|count| count.to_string()));
                row(&mut table, cells)?;
            }
        }
    }
    table.flush()
}

fn kind_confusion(kind: &KindSeries, point: KindPoint) -> ConfusionMatrix {
    let (found, wrong) = (point.found as f64, point.wrong as f64);
    ConfusionMatrix {
        true_positives: found,
        false_positives: wrong,
        false_negatives: kind.positive as f64 - found,
        true_negatives: (kind.pairs - kind.positive) as f64 - wrong,
    }
}

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

fn clusters(point: &ClusterPoint) -> [String; 13] {
    let quality = point.quality.as_ref();
    let f = quality.and_then(|quality| quality.intervals).map(|[_, f]| f);
    let bcubed = |place: usize| number(quality.map(|quality| quality.bcubed[place]));
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

fn number(value: Option<f64>) -> String {
    value.map(|value| rounded(value).to_string()).unwrap_or_default()
}

const EXAMPLE_COLUMNS: [&str; 15] = [
    "label",
    "a",
    "b",
    "verdict",
    "score",
    "coverage_a",
    "coverage_b",
    "resemblance",
    "words",
    "passage",
    "begin_a",
    "begin_b",
    "at_a",
    "at_b",
    "kind",
];

/// Writes examples, a row each. The first column is for a person to fill in; what comes of it is a file of labels.
///
/// # Errors
/// What the writer says.
pub fn write_examples_csv(examples: &[ExampleRecord], out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    row(&mut table, EXAMPLE_COLUMNS.map(str::to_owned))?;
    for example in examples {
        let cells = [
            number(example.label),
            example.a.clone(),
            example.b.clone(),
            example.verdict.to_owned(),
            example.score.to_string(),
            example.coverage_a.to_string(),
            example.coverage_b.to_string(),
            example.resemblance.to_string(),
            example.words.to_string(),
            quoted(&example.passage),
            quoted(&example.begin_a),
            quoted(&example.begin_b),
            example.at_a.clone(),
            example.at_b.clone(),
            or_empty(example.kind.as_deref()),
        ];
        row(&mut table, cells)?;
    }
    table.flush()
}

/// Puts text of an article into quotation marks: a spreadsheet takes a cell that begins with `=` for a formula.
fn quoted(text: &str) -> String {
    format!("“{text}”")
}
