//! A sweep in, tables for people out: the best thresholds, what clusters come to, what the index finds.

use std::io::{self, Write};

use anstyle::Style;

use super::cells::{
    choice_cells, kind_cells, point_cells, profile_text, ranged, setting_cells, share_cells, texts,
};
use super::example::ExampleRecord;
use super::record::by_name;
use crate::sketch::Banding;
use crate::sweep::{ClusterPoint, ClusterSeries, IndexSetting, PairSeries, Sweep};
use crate::write::listing::DIM;
use crate::write::screen::{Screen, columns, fit, one_line};

const BOLD: Style = Style::new().bold();
/// Thresholds that a table shows besides the best one: tenths.
const SHOWN: f64 = 10.0;
/// The longest bar of a histogram.
const BAR: usize = 30;

/// Writes sweeps as tables.
#[derive(Clone, Copy, Debug)]
pub struct SweepTable {
    /// The room there is.
    pub screen: Screen,
    /// Whether every threshold has its row, not only the tenths and the best.
    pub all_thresholds: bool,
}

impl SweepTable {
    /// Writes one sweep, with the examples that were asked for.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write(
        &self,
        sweep: &Sweep,
        examples: &[(String, &[ExampleRecord])],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let counts = sweep.counts;
        self.heading(&format!("Shingles of {} words", sweep.settings.shingle_size), out)?;
        writeln!(
            out,
            "{} articles ({} identical to another), {} candidates, {} pairs measured",
            counts.articles, counts.identical, counts.candidates, counts.matches
        )?;
        if let Some((positive, negative)) = sweep.labeled_pairs {
            let found = sweep.labels_in_index.map_or(0, |(found, _)| found);
            writeln!(
                out,
                "{positive} labeled pairs are copies ({found} of them candidates), {negative} are not"
            )?;
        }
        writeln!(out)?;
        if sweep.labeled_pairs.is_some() {
            self.pairs(sweep, out)?;
        }
        for series in &sweep.clusters {
            self.clusters(sweep, series, out)?;
        }
        if !sweep.predicted.is_empty() {
            self.heading("Results of other tools", out)?;
            let rows = sweep.predicted.iter().map(|(name, point)| (one_line(name), point));
            self.points("result", rows, out)?;
        }
        self.distributions(sweep, out)?;
        self.index(sweep, out)?;
        for (title, examples) in examples {
            self.examples(title, examples, out)?;
        }
        Ok(())
    }

    fn heading(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.screen.paint(BOLD, text))
    }

    fn dim(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.screen.paint(DIM, text))
    }

    /// Tells whether a threshold has a row.
    fn shows(&self, threshold: f64) -> bool {
        self.all_thresholds || ((threshold * SHOWN).round() / SHOWN - threshold).abs() < 1e-9
    }

    fn pairs(&self, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
        self.heading("Pairs: the best threshold by F1, and what others cost", out)?;
        self.table(&choice_cells(&sweep.pairs), out)?;
        for series in &sweep.pairs {
            self.curve(series, out)?;
        }
        if let Some(mut kinds) = kind_cells(sweep) {
            self.heading(&format!("Kinds of pairs, by {}", by_name(sweep.settings.by)), out)?;
            for row in &mut kinds.rows {
                row[0] = one_line(&row[0]);
            }
            self.table(&kinds.rows, out)?;
            if kinds.left_out > 0 {
                self.dim(&format!("{} kinds with fewer errors are left out", kinds.left_out), out)?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    fn curve(&self, series: &PairSeries, out: &mut dyn Write) -> io::Result<()> {
        self.heading(&format!("Pairs by {}", series.method.name()), out)?;
        let mut rows =
            vec![texts(&["threshold", "called", "wrong", "missed", "precision", "recall", "F1", "accuracy"])];
        let best = series.curve.best.threshold;
        for point in &series.curve.points {
            let is_best = point.threshold == best;
            if !(self.shows(point.threshold) || is_best) {
                continue;
            }
            let pairs = point.confusion;
            let intervals = |place: usize| point.intervals.map(|intervals| intervals[place]);
            rows.push(vec![
                format!("{:.2}{}", point.threshold, if is_best { " best" } else { "" }),
                (pairs.true_positives + pairs.false_positives).to_string(),
                pairs.false_positives.to_string(),
                pairs.false_negatives.to_string(),
                ranged(pairs.precision(), intervals(0)),
                ranged(pairs.recall(), intervals(1)),
                ranged(pairs.f1(), intervals(2)),
                format!("{:.3}", pairs.accuracy()),
            ]);
        }
        self.table(&rows, out)
    }

    fn clusters(&self, sweep: &Sweep, series: &ClusterSeries, out: &mut dyn Write) -> io::Result<()> {
        let name = series.method.name();
        let title = if series.linked {
            format!("Clusters by linkage of {name}: whatever hangs together, as other tools have it")
        } else {
            format!("Clusters of wirecopy, by {name}")
        };
        self.heading(&title, out)?;
        let best = series.best().and_then(|point| point.threshold);
        let rows = series.points.iter().filter_map(|point| {
            let threshold = point.threshold?;
            let is_best = best == Some(threshold);
            let own = (threshold - sweep.settings.threshold).abs() < 1e-9;
            (self.shows(threshold) || is_best || own)
                .then(|| (format!("{threshold:.2}{}", if is_best { " best" } else { "" }), point))
        });
        self.points("threshold", rows, out)?;
        if let Some(profile) = series.profile {
            self.dim(&profile_text(profile), out)?;
        }
        writeln!(out)
    }

    fn points<'p>(
        &self,
        first: &str,
        points: impl Iterator<Item = (String, &'p ClusterPoint)>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.table(&point_cells(first, points), out)
    }

    fn distributions(&self, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
        self.heading("Measured pairs by their scores (the larger of the two; bars are logarithmic)", out)?;
        let bins = sweep.distributions.first().map_or(0, |(_, counts)| counts.len());
        let greatest = sweep.distributions.iter().flat_map(|(_, counts)| counts).copied().max().unwrap_or(0);
        let names = sweep.distributions.iter().map(|(method, _)| method.name());
        let mut rows = vec![texts(&["from"])];
        rows[0].extend(names.flat_map(|name| [name.to_owned(), String::new()]));
        let cells = BAR.min(self.screen.width.saturating_sub(40) / sweep.distributions.len().max(1));
        for bin in 0..bins {
            let mut row = vec![format!("{:.2}", bin as f64 / bins as f64)];
            for (_, counts) in &sweep.distributions {
                let share = (counts[bin] as f64 + 1.0).ln() / (greatest as f64 + 1.0).ln();
                row.push(counts[bin].to_string());
                row.push("█".repeat((share * cells as f64).round() as usize));
            }
            rows.push(row);
        }
        self.table(&rows, out)
    }

    fn index(&self, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
        let Some(own) = sweep.index.first() else {
            return Ok(());
        };
        self.heading("What the index finds, and what it would with other settings", out)?;
        self.table(&setting_cells(sweep), out)?;
        for share in &sweep.index {
            let IndexSetting { banding: Banding { bands, rows }, window } = share.setting;
            let candidates = share.candidates;
            self.heading(
                &format!("{bands} bands of {rows} rows, window {window}: {candidates} candidates"),
                out,
            )?;
            self.table(&share_cells(share), out)?;
        }
        self.dim(&format!("all pairs of {} different articles, by exact comparison", own.sample), out)?;
        writeln!(out)
    }

    fn examples(&self, title: &str, examples: &[ExampleRecord], out: &mut dyn Write) -> io::Result<()> {
        self.heading(title, out)?;
        if examples.is_empty() {
            writeln!(out, "  none")?;
        }
        for example in examples {
            let kind = example.kind.as_deref().map_or(String::new(), |kind| format!(" · {}", one_line(kind)));
            writeln!(
                out,
                "{} · {:.2}{kind} · {} and {} · coverage {:.2} and {:.2} · resemblance {:.2}",
                example.verdict,
                example.score,
                one_line(&example.a),
                one_line(&example.b),
                example.coverage_a,
                example.coverage_b,
                example.resemblance
            )?;
            let texts = [("a", &example.begin_a), ("b", &example.begin_b), ("both", &example.passage)];
            for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
                let line = format!("  {name:4} “{text}”");
                self.dim(&fit(&line, self.screen.width), out)?;
            }
        }
        writeln!(out)
    }

    /// Writes rows under a head: the first column to the left, bars too, numbers to the right.
    fn table(&self, rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
        let width = |column: usize| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
        for (number, row) in rows.iter().enumerate() {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let gap = " ".repeat(widths[column] - columns(cell));
                let to_left = column == 0 || cell.starts_with('█') || cell.is_empty();
                line += if column > 0 { "  " } else { "" };
                line += &if to_left { format!("{cell}{gap}") } else { format!("{gap}{cell}") };
            }
            let line = line.trim_end();
            if number == 0 { self.dim(line, out)? } else { writeln!(out, "{line}")? }
        }
        writeln!(out)
    }
}
