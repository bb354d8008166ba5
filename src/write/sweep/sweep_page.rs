//! Writes sweeps as a page with charts and tables of results by threshold.

use std::io::{self, Write};

use maud::{Markup, html};

use super::example_record::ExampleRecord;
use super::recommendation_text::recommendation_text;
use super::sweep_charts::{cluster_charts, f1_chart, histograms, index_chart, precision_chart, series_name};
use super::table_rows::{
    INDEX_TITLE, choice_rows, cluster_rows, kind_rows, predicted_curves, predicted_rows, profile_text,
    recall_rows, setting_rows, threshold_name, with_interval,
};
use crate::evaluate::is_same_threshold;
use crate::report::score_name;
use crate::sweep::{ClusterSeries, Method, PairSeries, Sweep};
use crate::write::html::{Page, isolated, safe};
use crate::write::number::grouped;
use crate::write::run_inputs::RunInputs;

const STYLE: &str = concat!(include_str!("../html/numbers.css"), include_str!("sweep.css"));
const TITLE: &str = "Results by threshold";

/// Writes sweeps of these inputs as one page that needs no network and no scripts. With each sweep are examples of
/// pairs to show, with titles.
///
/// # Errors
/// The error of the writer.
pub fn write_sweeps_html<'s>(
    sweeps: impl Iterator<Item = (&'s Sweep, &'s Vec<(String, &'s [ExampleRecord])>)>,
    inputs: &RunInputs,
    out: &mut dyn Write,
) -> io::Result<()> {
    let name = inputs.name();
    let title = if name.is_empty() { TITLE.to_owned() } else { format!("{TITLE}: {name}") };
    let page = Page { title: &title, style: STYLE, script: "" };
    page.begin(out)?;
    let content = html! {
        main id="main" tabindex="-1" {
            h1 { (TITLE) }
            p .dim { (isolated(&inputs.line())) " · wirecopy " (env!("CARGO_PKG_VERSION")) }
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
        p .verdict { (recommendation_text(sweep)) }
        p {
            (grouped(counts.articles)) " articles (" (grouped(counts.identical)) " identical to another), "
            (grouped(counts.candidates)) " candidates, " (grouped(counts.matches)) " pairs measured."
            @if let Some((positive, negative)) = sweep.labeled_pairs {
                " " (grouped(positive as usize)) " labeled pairs are copies, " (grouped(negative as usize)) " are not."
            }
        }
        @if !sweep.pairs.is_empty() { (pairs(sweep)) }
        (clusters(sweep))
        h3 { "Scores" }
        div .charts {
            (histograms(sweep))
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
        (table(&choice_rows(sweep)))
        div .charts { (f1_chart(sweep)) (precision_chart(sweep)) }
        @for series in &sweep.pairs {
            details {
                summary { "Numbers: pairs by " (series.method.name()) }
                (table(&curve_rows(sweep, series)))
            }
        }
        @for (name, curve) in predicted_curves(sweep) {
            details {
                summary { "Numbers: pairs by the score of " (isolated(name)) }
                (table(&predicted_rows(curve, true)))
            }
        }
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
            @if let Some(profile) = series.profile { p { (series_name(series)) ": " (profile_text(profile)) "." } }
        }
        @for series in &sweep.clusters {
            details {
                summary { "Numbers: " (series_name(series)) }
                (table(&series_rows(sweep, series)))
            }
        }
        @if !sweep.predicted.is_empty() {
            h3 { "Results of other tools" }
            (table(&cluster_rows("result", sweep.predicted.iter().map(|predicted| (predicted.name.clone(), &predicted.clusters)))))
        }
    }
}

/// Returns the recall of the index, measured on `sample` articles.
fn index(sweep: &Sweep, sample: usize) -> Markup {
    html! {
        h3 { (INDEX_TITLE) }
        (table(&setting_rows(sweep)))
        p { "The charts are measured on all pairs of " (grouped(sample)) " different articles, compared exactly." }
        div .charts { @for recall in &sweep.index { (index_chart(sweep, recall)) } }
        @for recall in &sweep.index {
            details {
                summary { "Numbers: " (recall.setting.name()) }
                (table(&recall_rows(recall)))
            }
        }
    }
}

/// Returns the table of a series of labeled pairs.
fn curve_rows(sweep: &Sweep, series: &PairSeries) -> Vec<Vec<String>> {
    let is_own_score = series.method == Method::score(sweep.settings.by);
    let head = ["threshold", "called", "wrong", "missed", "precision", "recall", "F1", "accuracy"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for point in &series.curve.points {
        let is_best = is_same_threshold(point.threshold, series.curve.best.threshold);
        let is_present = is_own_score && is_same_threshold(point.threshold, sweep.settings.threshold);
        let pairs = point.confusion;
        let interval = |index: usize| point.intervals.map(|intervals| intervals[index]);
        rows.push(vec![
            threshold_name(point.threshold, is_best, is_present),
            grouped((pairs.true_positives + pairs.false_positives) as usize),
            grouped(pairs.false_positives as usize),
            grouped(pairs.false_negatives as usize),
            with_interval(pairs.precision(), interval(0)),
            with_interval(pairs.recall(), interval(1)),
            with_interval(pairs.f1(), interval(2)),
            format!("{:.3}", pairs.accuracy()),
        ]);
    }
    rows
}

/// Returns the table of a series of clusters.
fn series_rows(sweep: &Sweep, series: &ClusterSeries) -> Vec<Vec<String>> {
    let best = series.best().and_then(|point| point.threshold);
    let rows = series.points.iter().map(|point| {
        let threshold = point.threshold.unwrap_or_default();
        let is_best = best.is_some_and(|best| is_same_threshold(best, threshold));
        let is_present = !series.linked && is_same_threshold(threshold, sweep.settings.threshold);
        (threshold_name(threshold, is_best, is_present), point)
    });
    cluster_rows("threshold", rows)
}

/// Returns a table; the first row is its head. On a narrow screen each row is a paragraph, in which the names of the
/// columns are before the cells.
fn table(rows: &[Vec<String>]) -> Markup {
    let Some((head, body)) = rows.split_first() else {
        return html! {};
    };
    html! {
        table .numbers {
            thead { tr { @for cell in head { th scope="col" { (isolated(cell)) } } } }
            tbody {
                @for row in body {
                    tr {
                        @for (number, (cell, name)) in row.iter().zip(head).enumerate() {
                            @if number == 0 {
                                th scope="row" { (isolated(cell)) }
                            } @else {
                                td data-head=(safe(name)) { (isolated(cell)) }
                            }
                        }
                    }
                }
            }
        }
    }
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
