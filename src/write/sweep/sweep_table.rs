//! Writes a sweep as tables for a terminal: the best thresholds, clusters by threshold, scores, and the recall of
//! the index.

use std::io::{self, Write};

use anstyle::Style;

use super::example_record::ExampleRecord;
use super::recommendation_text::recommendation_text;
use super::table_rows::{
    INDEX_TITLE, choice_rows, cluster_rows, kind_rows, predicted_curves, predicted_rows, profile_text,
    recall_rows, setting_rows, texts, threshold_name, with_interval,
};
use crate::evaluate::is_same_threshold;
use crate::report::score_name;
use crate::sketch::Banding;
use crate::sweep::{ClusterSeries, IndexSetting, Method, PairSeries, Sweep};
use crate::write::number::grouped;
use crate::write::run_inputs::RunInputs;
use crate::write::screen::Screen;
use crate::write::styles::{BOLD, DIM};
use crate::write::terminal_text::{fit, one_line};
use crate::write::text_table::{sentence_lines, table_lines};

/// Thresholds that are multiples of one part in this number have a row.
const SHOWN_PARTS: f64 = 10.0;
/// The largest width in columns of a bar of a histogram.
const LONGEST_BAR: usize = 30;
/// The columns of a histogram that are not for bars: the names and numbers of three scores, and gaps.
const HISTOGRAM_NUMBERS: usize = 47;

/// Writes sweeps as tables.
#[derive(Clone, Copy, Debug)]
pub struct SweepTable {
    /// The terminal for which they are written.
    pub screen: Screen,
    /// True if every threshold has a row; otherwise only tenths, the best one and the present one have.
    pub all_thresholds: bool,
}

impl SweepTable {
    /// Writes one sweep of these inputs. `examples` are pairs to show with it, with titles.
    ///
    /// # Errors
    /// The error of the writer.
    pub fn write(
        &self,
        sweep: &Sweep,
        inputs: &RunInputs,
        examples: &[(String, &[ExampleRecord])],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.write_heading(&recommendation_text(sweep), out)?;
        writeln!(out)?;
        self.write_counts(sweep, inputs, out)?;
        if sweep.labeled_pairs.is_some() {
            self.write_pairs(sweep, out)?;
        }
        for series in &sweep.clusters {
            self.write_clusters(sweep, series, out)?;
        }
        if !sweep.predicted.is_empty() {
            self.write_heading("Results of other tools", out)?;
            let rows =
                sweep.predicted.iter().map(|predicted| (one_line(&predicted.name), &predicted.clusters));
            self.write_rows(&cluster_rows("result", rows), out)?;
        }
        self.write_histograms(sweep, out)?;
        self.write_index(sweep, out)?;
        for (title, examples) in examples {
            self.write_examples(title, examples, out)?;
        }
        Ok(())
    }

    /// Writes the name of the data and the figures of the run.
    fn write_counts(&self, sweep: &Sweep, inputs: &RunInputs, out: &mut dyn Write) -> io::Result<()> {
        self.write_sentence(Style::new(), &one_line(&inputs.line()), out)?;
        let counts = sweep.counts;
        let text = format!(
            "{} articles ({} identical to another), {} candidates, {} pairs measured, shingles of {} words",
            grouped(counts.articles),
            grouped(counts.identical),
            grouped(counts.candidates),
            grouped(counts.matches),
            sweep.settings.shingle_size
        );
        self.write_sentence(Style::new(), &text, out)?;
        if let Some((positive, negative)) = sweep.labeled_pairs {
            let found = sweep.labels_in_index.map_or(0, |(found, _)| found);
            let text = format!(
                "{} labeled pairs are copies ({} of them candidates), {} are not",
                grouped(positive as usize),
                grouped(found),
                grouped(negative as usize)
            );
            self.write_sentence(Style::new(), &text, out)?;
        }
        writeln!(out)
    }

    /// Returns whether a threshold has a row.
    fn shows(&self, threshold: f64) -> bool {
        let nearest = (threshold * SHOWN_PARTS).round() / SHOWN_PARTS;
        self.all_thresholds || is_same_threshold(nearest, threshold)
    }

    /// Writes the results of labeled pairs.
    fn write_pairs(&self, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
        self.write_heading("Pairs: the best threshold by F1, and the F1 that others lose", out)?;
        let mut choices = choice_rows(sweep);
        for row in &mut choices {
            row[0] = one_line(&row[0]);
        }
        self.write_rows(&choices, out)?;
        for series in &sweep.pairs {
            self.write_curve(sweep, series, out)?;
        }
        for (name, curve) in predicted_curves(sweep) {
            self.write_heading(&format!("Pairs by the score of {}", one_line(name)), out)?;
            self.write_rows(&predicted_rows(curve, self.all_thresholds), out)?;
        }
        if let Some(mut kinds) = kind_rows(sweep) {
            self.write_heading(&format!("Kinds of pairs, by {}", score_name(sweep.settings.by)), out)?;
            for row in &mut kinds.rows {
                row[0] = one_line(&row[0]);
            }
            self.write_rows(&kinds.rows, out)?;
            if kinds.left_out > 0 {
                self.write_dim(&format!("{} kinds with fewer errors are left out", kinds.left_out), out)?;
                writeln!(out)?;
            }
        }
        Ok(())
    }

    /// Writes the results of labeled pairs by one method.
    fn write_curve(&self, sweep: &Sweep, series: &PairSeries, out: &mut dyn Write) -> io::Result<()> {
        self.write_heading(&format!("Pairs by {}", series.method.name()), out)?;
        // The intervals of precision and recall would not fit next to that of F1; the page and JSON have them.
        let mut rows = vec![texts(&["threshold", "called", "wrong", "missed", "precision", "recall", "F1"])];
        let best = series.curve.best.threshold;
        let is_own_score = series.method == Method::score(sweep.settings.by);
        for point in &series.curve.points {
            let is_best = point.threshold == best;
            let is_present = is_own_score && is_same_threshold(point.threshold, sweep.settings.threshold);
            if !(self.shows(point.threshold) || is_best || is_present) {
                continue;
            }
            let pairs = point.confusion;
            rows.push(vec![
                threshold_name(point.threshold, is_best, is_present),
                grouped((pairs.true_positives + pairs.false_positives) as usize),
                grouped(pairs.false_positives as usize),
                grouped(pairs.false_negatives as usize),
                format!("{:.3}", pairs.precision()),
                format!("{:.3}", pairs.recall()),
                with_interval(pairs.f1(), point.intervals.map(|[.., f1]| f1)),
            ]);
        }
        self.write_rows(&rows, out)
    }

    /// Writes the results of clusters by one method.
    fn write_clusters(&self, sweep: &Sweep, series: &ClusterSeries, out: &mut dyn Write) -> io::Result<()> {
        let name = series.method.name();
        let title = if series.linked {
            format!("Clusters by single linkage of pairs, by {name}, as other tools build them")
        } else {
            format!("Clusters of wirecopy, by {name}")
        };
        self.write_heading(&title, out)?;
        let best = series.best().and_then(|point| point.threshold);
        let rows = series.points.iter().filter_map(|point| {
            let threshold = point.threshold?;
            let is_best = best == Some(threshold);
            let is_present = !series.linked && is_same_threshold(threshold, sweep.settings.threshold);
            (self.shows(threshold) || is_best || is_present)
                .then(|| (threshold_name(threshold, is_best, is_present), point))
        });
        self.write_rows(&cluster_rows("threshold", rows), out)?;
        if let Some(profile) = series.profile {
            self.write_dim(&profile_text(profile), out)?;
        }
        writeln!(out)
    }

    /// Writes the numbers of measured pairs by score.
    fn write_histograms(&self, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
        self.write_heading(
            "Measured pairs by score (the larger of the scores of both articles; bars are logarithmic)",
            out,
        )?;
        let bins = sweep.distributions.first().map_or(0, |(_, counts)| counts.len());
        let greatest = sweep.distributions.iter().flat_map(|(_, counts)| counts).copied().max().unwrap_or(0);
        let names = sweep.distributions.iter().map(|(method, _)| method.name());
        let mut rows = vec![texts(&["from"])];
        rows[0].extend(names.flat_map(|name| [name.to_owned(), String::new()]));
        let width = self.screen.width.saturating_sub(HISTOGRAM_NUMBERS);
        let longest = LONGEST_BAR.min(width / sweep.distributions.len().max(1));
        for bin in 0..bins {
            let mut row = vec![format!("{:.2}", bin as f64 / bins as f64)];
            for (_, counts) in &sweep.distributions {
                let share = (counts[bin] as f64 + 1.0).ln() / (greatest as f64 + 1.0).ln();
                row.push(grouped(counts[bin]));
                row.push("█".repeat((share * longest as f64).round() as usize));
            }
            rows.push(row);
        }
        self.write_rows(&rows, out)
    }

    /// Writes the recall of the index.
    fn write_index(&self, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
        let Some(own) = sweep.index.first() else {
            return Ok(());
        };
        self.write_heading(INDEX_TITLE, out)?;
        self.write_rows(&setting_rows(sweep), out)?;
        for recall in &sweep.index {
            let IndexSetting { banding: Banding { bands, rows }, window } = recall.setting;
            let candidates = grouped(recall.candidates);
            self.write_heading(
                &format!("{bands} bands of {rows} rows, window {window}: {candidates} candidates"),
                out,
            )?;
            self.write_rows(&recall_rows(recall), out)?;
        }
        self.write_dim(
            &format!("measured on all pairs of {} different articles, compared exactly", grouped(own.sample)),
            out,
        )?;
        writeln!(out)
    }

    /// Writes examples under a title.
    fn write_examples(&self, title: &str, examples: &[ExampleRecord], out: &mut dyn Write) -> io::Result<()> {
        self.write_heading(title, out)?;
        if examples.is_empty() {
            writeln!(out, "  none")?;
        }
        for example in examples {
            let kind = example.kind.as_deref().map_or(String::new(), |kind| format!(" · {}", one_line(kind)));
            let line = format!(
                "{} · {:.2}{kind} · {} and {} · coverage {:.2} and {:.2} · resemblance {:.2}",
                example.verdict,
                example.score,
                one_line(&example.a),
                one_line(&example.b),
                example.coverage_a,
                example.coverage_b,
                example.resemblance
            );
            self.write_sentence(Style::new(), &line, out)?;
            let texts = [("a", &example.begin_a), ("b", &example.begin_b), ("shared", &example.passage)];
            for (name, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
                let line = format!("  {name:6} “{text}”");
                self.write_line(DIM, &fit(&line, self.screen.width), out)?;
            }
        }
        writeln!(out)
    }

    /// Writes rows, the first of which is the head, as wide as the terminal at most.
    fn write_rows(&self, rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
        for (is_head, line) in table_lines(rows, self.screen.width) {
            if is_head { self.write_line(DIM, &line, out)? } else { writeln!(out, "{line}")? }
        }
        writeln!(out)
    }

    /// Writes a sentence in a style, on as many lines as it needs.
    fn write_sentence(&self, style: Style, text: &str, out: &mut dyn Write) -> io::Result<()> {
        sentence_lines(text, self.screen.width).iter().try_for_each(|line| self.write_line(style, line, out))
    }

    fn write_heading(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        self.write_sentence(BOLD, text, out)
    }

    fn write_dim(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        self.write_sentence(DIM, text, out)
    }

    fn write_line(&self, style: Style, line: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.screen.paint(style, line))
    }
}
