//! Draws the charts of the page of a sweep.

use maud::{Markup, html};

use super::chart::{Chart, Line, Mark, histogram};
use super::table_rows::predicted_curves;
use super::threshold_marks::{marks_of, own_marks};
use crate::evaluate::{Interval, is_same_threshold};
use crate::sketch::Banding;
use crate::sweep::{ClusterPoint, ClusterSeries, IndexRecall, IndexSetting, Method, RecallBin, Sweep};
use crate::write::html::safe;

/// Returns the name of a series of clusters.
pub(super) fn series_name(series: &ClusterSeries) -> String {
    if series.linked { format!("{}, single linkage", series.method.name()) } else { "wirecopy".to_owned() }
}

/// The number of the style of the first line of another tool: after those of the methods of cores.
const FIRST_PREDICTED_STYLE: usize = 3;

/// Returns the number of the style of a method's lines.
fn line_style(method: Method) -> usize {
    match method {
        Method::Coverage => 0,
        Method::Resemblance => 1,
        Method::Containment => 2,
        Method::WholePageJaccard => 3,
        Method::WholePageMinHash => 4,
    }
}

/// Returns the charts of clusters: those for which the sweep has values.
pub(super) fn cluster_charts(sweep: &Sweep) -> Markup {
    let points = || sweep.clusters.iter().flat_map(|series| &series.points);
    html! {
        (clusters_chart(sweep, "Removable articles", &|point| Some((point.removable as f64, None))))
        @if !sweep.pairs.is_empty() {
            (clusters_chart(sweep, "F1 of pairs in one cluster", &|point| {
                point.pairs.map(|(pairs, interval)| (pairs.f1(), interval))
            }))
        }
        @if points().any(|point| point.quality.is_some()) {
            (clusters_chart(sweep, "B-cubed F", &|point| {
                let quality = point.quality.as_ref()?;
                Some((quality.bcubed[2], quality.intervals.map(|[_, f]| f)))
            }))
        }
    }
}

/// Returns the chart of the F1 of labeled pairs.
pub(super) fn f1_chart(sweep: &Sweep) -> Markup {
    let lines = sweep.pairs.iter().map(|series| Line {
        name: series.method.name().to_owned(),
        style: line_style(series.method),
        points: series.curve.points.iter().map(|point| (point.threshold, point.confusion.f1())).collect(),
        band: band(series.curve.points.iter().map(|point| point.intervals.map(|[.., f1]| f1))),
    });
    let axes = ["threshold", "F1"];
    let (lines, marks) = (lines.collect(), own_marks(sweep));
    Chart { title: "F1 of pairs by threshold", axes, greatest: 1.0, lines, marks }.markup()
}

/// Returns the chart of the precision of labeled pairs.
pub(super) fn precision_chart(sweep: &Sweep) -> Markup {
    let lines = sweep.pairs.iter().map(|series| {
        // If no pair is called a copy, precision is undefined.
        let called = series.curve.points.iter().map(|point| point.confusion);
        let called = called.filter(|pairs| pairs.true_positives + pairs.false_positives > 0.0);
        Line {
            name: series.method.name().to_owned(),
            style: line_style(series.method),
            points: called.map(|pairs| (pairs.recall(), pairs.precision())).collect(),
            band: Vec::new(),
        }
    });
    // The thresholds of other tools mean something else, but their precision and recall are comparable.
    let predicted = predicted_curves(sweep).zip(FIRST_PREDICTED_STYLE..).map(|((name, curve), style)| Line {
        name: safe(name).into_owned(),
        style,
        points: curve
            .points
            .iter()
            .map(|point| (point.confusion.recall(), point.confusion.precision()))
            .collect(),
        band: Vec::new(),
    });
    let axes = ["recall", "precision"];
    let (lines, marks) = (lines.chain(predicted).collect(), precision_marks(sweep));
    Chart { title: "Precision by recall", axes, greatest: 1.0, lines, marks }.markup()
}

/// Returns the marks of thresholds as points of the line of the score of the settings.
fn precision_marks(sweep: &Sweep) -> Vec<Mark> {
    let method = Method::score(sweep.settings.by);
    let curve = sweep.pairs.iter().find(|series| series.method == method).map(|series| &series.curve);
    let on_line = |mark: Mark| {
        let point = curve?.points.iter().find(|point| is_same_threshold(point.threshold, mark.threshold))?;
        let pairs = point.confusion;
        Some(Mark { point: Some((pairs.recall(), pairs.precision())), ..mark })
    };
    own_marks(sweep).into_iter().filter_map(on_line).collect()
}

/// Returns the histogram of measured pairs by each score.
pub(super) fn histograms(sweep: &Sweep) -> Markup {
    html! {
        @for (method, counts) in &sweep.distributions {
            (histogram(&format!("Measured pairs by {}", method.name()), method.name(), counts, &marks_of(sweep, *method)))
        }
    }
}

/// Returns a chart of a value of clusters by threshold.
fn clusters_chart(sweep: &Sweep, title: &str, value: &dyn Fn(&ClusterPoint) -> Option<Estimate>) -> Markup {
    let lines: Vec<Line> = sweep
        .clusters
        .iter()
        .map(|series| {
            let values = || series.points.iter().filter_map(|point| Some((point.threshold?, value(point)?)));
            Line {
                name: series_name(series),
                style: if series.linked { line_style(series.method) } else { 0 },
                points: values().map(|(threshold, (value, _))| (threshold, value)).collect(),
                band: band(values().map(|(_, (_, interval))| interval)),
            }
        })
        .collect();
    let greatest = lines.iter().flat_map(|line| &line.points).map(|&(_, y)| y).fold(1.0, f64::max);
    Chart { title, axes: ["threshold", ""], greatest, lines, marks: own_marks(sweep) }.markup()
}

/// Returns the chart of what a setting of the index finds, by resemblance. Thresholds of other scores are not marked.
pub(super) fn index_chart(sweep: &Sweep, recall: &IndexRecall) -> Markup {
    let middle = |from: f64, to: f64| f64::midpoint(from, to);
    let measured = |value: fn(&RecallBin) -> f64| -> Vec<(f64, f64)> {
        let bins = recall.bins.iter().filter(|bin| bin.pairs > 0);
        bins.map(|bin| (middle(bin.from, bin.to), value(bin))).collect()
    };
    let line = |style, name: &str, points| Line { name: name.to_owned(), style, points, band: Vec::new() };
    let curve = (0..=50)
        .map(|step| f64::from(step) / 50.0)
        .map(|x| (x, recall.setting.banding.candidate_probability(x)))
        .collect();
    let lines = vec![
        line(0, "expected to have an equal band", curve),
        line(1, "with an equal band", measured(|bin| bin.in_bands)),
        line(2, "candidates, by bands or fingerprints", measured(|bin| bin.candidates)),
    ];
    let axes = ["resemblance", "share of pairs"];
    let IndexSetting { banding: Banding { bands, rows }, window } = recall.setting;
    let title = format!("Share of pairs found: {bands} bands of {rows} rows, window {window}");
    let marks = marks_of(sweep, Method::Resemblance);
    Chart { title: &title, axes, greatest: 1.0, lines, marks }.markup()
}

/// A value and its confidence interval.
type Estimate = (f64, Option<Interval>);

/// Returns the confidence intervals of a line; nothing if any point has none.
fn band(intervals: impl Iterator<Item = Option<Interval>>) -> Vec<(f64, f64)> {
    let ends: Option<Vec<(f64, f64)>> =
        intervals.map(|interval| interval.map(|Interval { low, high }| (low, high))).collect();
    ends.unwrap_or_default()
}
