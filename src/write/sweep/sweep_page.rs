//! Writes sweeps as a page with charts and tables of results by threshold.

use std::io::{self, Write};

use maud::{Markup, html};

use super::chart::{Chart, Line, histogram};
use super::example_record::ExampleRecord;
use super::table_rows::{
    INDEX_TITLE, choice_rows, cluster_rows, kind_rows, profile_text, recall_rows, setting_rows,
};
use crate::evaluate::Interval;
use crate::report::score_name;
use crate::sketch::Banding;
use crate::sweep::{ClusterPoint, ClusterSeries, IndexRecall, IndexSetting, Method, RecallBin, Sweep};
use crate::write::html::{Page, isolated};

const STYLE: &str = include_str!("sweep.css");
const TITLE: &str = "Results by threshold";

/// Writes sweeps as one page that needs no network and no scripts. With each sweep are examples of pairs to show,
/// with titles.
///
/// # Errors
/// The error of the writer.
pub fn write_sweeps_html<'s>(
    sweeps: impl Iterator<Item = (&'s Sweep, &'s Vec<(String, &'s [ExampleRecord])>)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = Page { title: TITLE, style: STYLE, script: "" };
    page.begin(out)?;
    let content = html! {
        main id="main" tabindex="-1" {
            h1 { (TITLE) }
            @for (sweep, examples) in sweeps { (section(sweep, examples)) }
        }
    };
    writeln!(out, "{}", content.into_string())?;
    page.end(out)
}

/// Returns the section of one sweep.
fn section(sweep: &Sweep, examples: &[(String, &[ExampleRecord])]) -> Markup {
    let counts = sweep.counts;
    html! {
        h2 { "Shingles of " (sweep.settings.shingle_size) " words" }
        p {
            (counts.articles) " articles (" (counts.identical) " identical to another), " (counts.candidates)
            " candidates, " (counts.matches) " pairs measured."
            @if let Some((positive, negative)) = sweep.labeled_pairs {
                " " (positive) " labeled pairs are copies, " (negative) " are not."
            }
        }
        @if !sweep.pairs.is_empty() { (pairs(sweep)) }
        (clusters(sweep))
        h3 { "Scores" }
        div .charts {
            @for (method, counts) in &sweep.distributions {
                (histogram(&format!("Measured pairs by {}", method.name()), method.name(), counts))
            }
        }
        @if let Some(own) = sweep.index.first() { (index(sweep, own.sample)) }
        @for (title, examples) in examples {
            h3 { (title) }
            @for example in *examples { (pair(example)) }
        }
    }
}

/// Returns the results of labeled pairs.
fn pairs(sweep: &Sweep) -> Markup {
    html! {
        h3 { "Pairs" }
        (table(&choice_rows(&sweep.pairs)))
        div .charts { (f1_chart(sweep)) (precision_chart(sweep)) }
        @if let Some(kinds) = kind_rows(sweep) {
            h3 { "Kinds of pairs, by " (score_name(sweep.settings.by)) }
            (table(&kinds.rows))
            @if kinds.left_out > 0 { p { (kinds.left_out) " kinds with fewer errors are left out." } }
        }
    }
}

/// Returns the results of clusters, and those of other tools.
fn clusters(sweep: &Sweep) -> Markup {
    html! {
        h3 { "Clusters" }
        div .charts { (cluster_charts(sweep)) }
        @for series in &sweep.clusters {
            @if let Some(profile) = series.profile { p { (name(series)) ": " (profile_text(profile)) "." } }
        }
        @for series in &sweep.clusters {
            details {
                summary { "Numbers: " (name(series)) }
                (table(&series_rows(series)))
            }
        }
        @if !sweep.predicted.is_empty() {
            h3 { "Results of other tools" }
            (table(&cluster_rows("result", sweep.predicted.iter().map(|(name, point)| (name.clone(), point)))))
        }
    }
}

/// Returns the charts of clusters: those for which the sweep has values.
fn cluster_charts(sweep: &Sweep) -> Markup {
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

/// Returns the recall of the index, measured on `sample` articles.
fn index(sweep: &Sweep, sample: usize) -> Markup {
    html! {
        h3 { (INDEX_TITLE) }
        (table(&setting_rows(sweep)))
        p { "The charts are measured on all pairs of " (sample) " different articles, compared exactly." }
        div .charts { @for recall in &sweep.index { (index_chart(recall)) } }
        @for recall in &sweep.index {
            details {
                summary { "Numbers: " (recall.setting.name()) }
                (table(&recall_rows(recall)))
            }
        }
    }
}

/// Returns the name of a series of clusters.
fn name(series: &ClusterSeries) -> String {
    if series.linked { format!("{}, single linkage", series.method.name()) } else { "wirecopy".to_owned() }
}

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

/// Returns the table of a series of clusters.
fn series_rows(series: &ClusterSeries) -> Vec<Vec<String>> {
    let rows =
        series.points.iter().map(|point| (format!("{:.2}", point.threshold.unwrap_or_default()), point));
    cluster_rows("threshold", rows)
}

/// Returns a table; the first row is its head.
fn table(rows: &[Vec<String>]) -> Markup {
    html! {
        div .scroll tabindex="0" {
            table {
                @for (index, row) in rows.iter().enumerate() {
                    tr {
                        @for cell in row {
                            @if index == 0 { th scope="col" { (isolated(cell)) } } @else { td { (isolated(cell)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the chart of the F1 of labeled pairs.
fn f1_chart(sweep: &Sweep) -> Markup {
    let lines = sweep.pairs.iter().map(|series| Line {
        name: series.method.name().to_owned(),
        style: line_style(series.method),
        points: series.curve.points.iter().map(|point| (point.threshold, point.confusion.f1())).collect(),
        band: band(series.curve.points.iter().map(|point| point.intervals.map(|[.., f1]| f1))),
    });
    let axes = ["threshold", "F1"];
    Chart { title: "F1 of pairs by threshold", axes, greatest: 1.0, lines: lines.collect() }.markup()
}

/// Returns the chart of the precision of labeled pairs.
fn precision_chart(sweep: &Sweep) -> Markup {
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
    let axes = ["recall", "precision"];
    Chart { title: "Precision by recall", axes, greatest: 1.0, lines: lines.collect() }.markup()
}

/// Returns a chart of a value of clusters by threshold.
fn clusters_chart(sweep: &Sweep, title: &str, value: &dyn Fn(&ClusterPoint) -> Option<Estimate>) -> Markup {
    let lines: Vec<Line> = sweep
        .clusters
        .iter()
        .map(|series| {
            let values = || series.points.iter().filter_map(|point| Some((point.threshold?, value(point)?)));
            Line {
                name: name(series),
                style: if series.linked { line_style(series.method) } else { 0 },
                points: values().map(|(threshold, (value, _))| (threshold, value)).collect(),
                band: band(values().map(|(_, (_, interval))| interval)),
            }
        })
        .collect();
    let greatest = lines.iter().flat_map(|line| &line.points).map(|&(_, y)| y).fold(1.0, f64::max);
    Chart { title, axes: ["threshold", ""], greatest, lines }.markup()
}

/// Returns the chart of what a setting of the index finds, by resemblance.
fn index_chart(recall: &IndexRecall) -> Markup {
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
    Chart { title: &title, axes, greatest: 1.0, lines }.markup()
}

/// A value and its confidence interval.
type Estimate = (f64, Option<Interval>);

/// Returns the confidence intervals of a line; nothing if any point has none.
fn band(intervals: impl Iterator<Item = Option<Interval>>) -> Vec<(f64, f64)> {
    let ends: Option<Vec<(f64, f64)>> =
        intervals.map(|interval| interval.map(|Interval { low, high }| (low, high))).collect();
    ends.unwrap_or_default()
}

/// Returns an example: its scores and texts.
fn pair(example: &ExampleRecord) -> Markup {
    html! {
        article .pair {
            p {
                strong { (example.verdict) " · " (format!("{:.2}", example.score)) }
                @if let Some(kind) = &example.kind { " · " (isolated(kind)) }
                " · coverage " (format!("{:.2}", example.coverage_a)) " and " (format!("{:.2}", example.coverage_b))
                " · resemblance " (format!("{:.2}", example.resemblance))
            }
            dl {
                @for (key, text) in [(&example.a, &example.begin_a), (&example.b, &example.begin_b)] {
                    dt { (isolated(key)) }
                    dd lang="" dir="auto" { (isolated(text)) }
                }
                @if !example.passage.is_empty() {
                    dt { "shared" }
                    dd lang="" dir="auto" { mark { (isolated(&example.passage)) } }
                }
            }
        }
    }
}
