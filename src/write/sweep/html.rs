//! Sweeps in, a page with charts out: what every threshold makes of the articles, at a glance.

use std::io::{self, Write};

use maud::{Markup, html};

use super::cells::{choice_cells, kind_cells, point_cells, profile_text, setting_cells, share_cells};
use super::chart::{Chart, Line, bars};
use super::example::ExampleRecord;
use super::record::by_name;
use crate::evaluate::Interval;
use crate::sketch::Banding;
use crate::sweep::{ClusterPoint, ClusterSeries, IndexRecall, IndexSetting, Method, Sweep};
use crate::write::html::{Page, foreign};

const STYLE: &str = include_str!("sweep.css");
const TITLE: &str = "What every threshold makes of the articles";

/// Writes sweeps as one page that shows itself without a network and without scripts. With each come examples of
/// pairs to show, under their titles.
///
/// # Errors
/// What the writer says.
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
        @if !sweep.pairs.is_empty() {
            h3 { "Pairs" }
            (table(&choice_cells(&sweep.pairs)))
            div .charts { (f1_chart(sweep)) (precision_chart(sweep)) }
            @if let Some(kinds) = kind_cells(sweep) {
                h3 { "Kinds of pairs, by " (by_name(sweep.settings.by)) }
                (table(&kinds.rows))
                @if kinds.left_out > 0 { p { (kinds.left_out) " kinds with fewer errors are left out." } }
            }
        }
        h3 { "Clusters" }
        div .charts {
            (clusters_chart(sweep, "Removable articles", &|point| Some((point.removable as f64, None))))
            @if !sweep.pairs.is_empty() {
                (clusters_chart(sweep, "F1 of pairs that are together in a cluster", &|point| {
                    point.pairs.map(|(pairs, interval)| (pairs.f1(), interval))
                }))
            }
            @if sweep.clusters.iter().flat_map(|series| &series.points).any(|point| point.quality.is_some()) {
                (clusters_chart(sweep, "B-cubed F", &|point| {
                    let quality = point.quality.as_ref()?;
                    Some((quality.bcubed[2], quality.intervals.map(|[_, f]| f)))
                }))
            }
        }
        @for series in &sweep.clusters {
            @if let Some(profile) = series.profile {
                p { "Removable articles, " (name(series)) ": " (profile_text(profile)) "." }
            }
        }
        @for series in &sweep.clusters {
            details {
                summary { "Numbers: " (name(series)) }
                (table(&series_cells(series)))
            }
        }
        @if !sweep.predicted.is_empty() {
            h3 { "Results of other tools" }
            (table(&point_cells("result", sweep.predicted.iter().map(|(name, point)| (name.clone(), point)))))
        }
        h3 { "Scores" }
        div .charts {
            @for (method, counts) in &sweep.distributions {
                (bars(&format!("Measured pairs by {}", method.name()), method.name(), counts))
            }
        }
        @if let Some(own) = sweep.index.first() {
            h3 { "What the index finds, and what it would with other settings" }
            (table(&setting_cells(sweep)))
            p { "The charts are measured over all pairs of " (own.sample) " different articles." }
            div .charts { @for share in &sweep.index { (index_chart(share)) } }
            @for share in &sweep.index {
                details {
                    summary { "Numbers: " (share.setting.name()) }
                    (table(&share_cells(share)))
                }
            }
        }
        @for (title, examples) in examples {
            h3 { (title) }
            @for example in *examples { (pair(example)) }
        }
    }
}

fn name(series: &ClusterSeries) -> String {
    if series.linked { format!("{}, linked", series.method.name()) } else { "wirecopy".to_owned() }
}

/// Gives the look of the lines of a method.
fn look(method: Method) -> usize {
    match method {
        Method::Coverage => 0,
        Method::Resemblance => 1,
        Method::Containment => 2,
        Method::WholePageJaccard => 3,
        Method::WholePageMinHash => 4,
    }
}

fn series_cells(series: &ClusterSeries) -> Vec<Vec<String>> {
    let rows =
        series.points.iter().map(|point| (format!("{:.2}", point.threshold.unwrap_or_default()), point));
    point_cells("threshold", rows)
}

fn table(rows: &[Vec<String>]) -> Markup {
    html! {
        div .scroll tabindex="0" {
            table {
                @for (number, row) in rows.iter().enumerate() {
                    tr {
                        @for cell in row {
                            @if number == 0 { th scope="col" { (foreign(cell)) } } @else { td { (foreign(cell)) } }
                        }
                    }
                }
            }
        }
    }
}

fn f1_chart(sweep: &Sweep) -> Markup {
    let lines = sweep.pairs.iter().map(|series| Line {
        name: series.method.name().to_owned(),
        look: look(series.method),
        points: series.curve.points.iter().map(|point| (point.threshold, point.confusion.f1())).collect(),
        band: band(series.curve.points.iter().map(|point| point.intervals.map(|[.., f1]| f1))),
    });
    let axes = ["threshold", "F1"];
    Chart { title: "F1 of pairs over the threshold", axes, greatest: 1.0, lines: lines.collect() }.markup()
}

fn precision_chart(sweep: &Sweep) -> Markup {
    let lines = sweep.pairs.iter().map(|series| {
        // Where nothing is called, precision says nothing.
        let called = series.curve.points.iter().map(|point| point.confusion);
        let called = called.filter(|pairs| pairs.true_positives + pairs.false_positives > 0.0);
        Line {
            name: series.method.name().to_owned(),
            look: look(series.method),
            points: called.map(|pairs| (pairs.recall(), pairs.precision())).collect(),
            band: Vec::new(),
        }
    });
    let axes = ["recall", "precision"];
    Chart { title: "Precision over recall", axes, greatest: 1.0, lines: lines.collect() }.markup()
}

fn clusters_chart(sweep: &Sweep, title: &str, value: &dyn Fn(&ClusterPoint) -> Option<Estimate>) -> Markup {
    let lines: Vec<Line> = sweep
        .clusters
        .iter()
        .map(|series| {
            let values = || series.points.iter().filter_map(|point| Some((point.threshold?, value(point)?)));
            Line {
                name: name(series),
                look: if series.linked { look(series.method) } else { 0 },
                points: values().map(|(threshold, (value, _))| (threshold, value)).collect(),
                band: band(values().map(|(_, (_, interval))| interval)),
            }
        })
        .collect();
    let greatest = lines.iter().flat_map(|line| &line.points).map(|&(_, y)| y).fold(1.0, f64::max);
    Chart { title, axes: ["threshold", ""], greatest, lines }.markup()
}

fn index_chart(index: &IndexRecall) -> Markup {
    let middle = |from: f64, to: f64| f64::midpoint(from, to);
    let measured = |value: fn(&crate::sweep::RecallBin) -> f64| -> Vec<(f64, f64)> {
        let bins = index.bins.iter().filter(|bin| bin.pairs > 0);
        bins.map(|bin| (middle(bin.from, bin.to), value(bin))).collect()
    };
    let line = |look, name: &str, points| Line { name: name.to_owned(), look, points, band: Vec::new() };
    let curve = (0..=50)
        .map(|step| f64::from(step) / 50.0)
        .map(|x| (x, index.setting.banding.candidate_probability(x)))
        .collect();
    let lines = vec![
        line(0, "chance to share a band", curve),
        line(1, "found by bands", measured(|bin| bin.in_bands)),
        line(2, "candidates by either channel", measured(|bin| bin.candidates)),
    ];
    let axes = ["resemblance", "share of pairs"];
    let IndexSetting { banding: Banding { bands, rows }, window } = index.setting;
    let title = format!("Share of pairs that are found by {bands} bands of {rows} rows, window {window}");
    Chart { title: &title, axes, greatest: 1.0, lines }.markup()
}

/// A value, and where resamples put it.
type Estimate = (f64, Option<Interval>);

/// Gives the band of a line; nothing where any point has no interval.
fn band(intervals: impl Iterator<Item = Option<Interval>>) -> Vec<(f64, f64)> {
    let ends: Option<Vec<(f64, f64)>> =
        intervals.map(|interval| interval.map(|Interval { low, high }| (low, high))).collect();
    ends.unwrap_or_default()
}

fn pair(example: &ExampleRecord) -> Markup {
    html! {
        article .pair {
            p {
                strong { (example.verdict) " · " (format!("{:.2}", example.score)) }
                @if let Some(kind) = &example.kind { " · " (foreign(kind)) }
                " · coverage " (format!("{:.2}", example.coverage_a)) " and " (format!("{:.2}", example.coverage_b))
                " · resemblance " (format!("{:.2}", example.resemblance))
            }
            dl {
                @for (key, text) in [(&example.a, &example.begin_a), (&example.b, &example.begin_b)] {
                    dt { (foreign(key)) }
                    dd lang="" dir="auto" { (foreign(text)) }
                }
                @if !example.passage.is_empty() {
                    dt { "both" }
                    dd lang="" dir="auto" { mark { (foreign(&example.passage)) } }
                }
            }
        }
    }
}
