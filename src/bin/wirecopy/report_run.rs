//! Runs a search and reports its result, for `cluster` and `pairs`: checks the arguments, finds copies, writes the
//! report.

use std::time::Instant;

use anyhow::bail;
use wirecopy::archive::Purpose;
use wirecopy::cluster::ListedClusters;
use wirecopy::report::Offsets;
use wirecopy::verify::Match;
use wirecopy::write::{self, CellStyle, Csv, Html, JsonLines, Listing, Screen};
use wirecopy::{Findings, Settings};

use crate::args::{
    ClusterSelectionArgs, RememberArgs, ReportArgs, ReportFormat, SearchArgs, endings, format_of,
};
use crate::closing::Closing;
use crate::option_names::option_names;
#[cfg(feature = "parquet")]
use crate::output::refuse_table_on_terminal;
use crate::output::{Output, is_shown_on_terminal};
use crate::output_check::check_report;
use crate::output_mode::OutputMode;
use crate::search::Search;
use crate::skipped_files::FolderCounts;
use crate::stage_bar::StageBar;
use crate::summary::Outcome;

/// A search and its report, with checked arguments.
pub(crate) struct ReportRun {
    search: Search,
    style: Style,
    output: Output,
}

/// The format and the content of a report.
struct Style {
    format: ReportFormat,
    offsets: Offsets,
    cells: CellStyle,
    detail: ClusterDetail,
}

/// The number of members of a cluster that a listing shows without `--all-members`.
pub(crate) const SHOWN_MEMBERS: usize = 10;

/// The details of each cluster that a report shows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClusterDetail {
    /// The largest number of members that a listing shows.
    pub(crate) members: usize,
    /// True if the boilerplate of each member is shown.
    pub(crate) boilerplate: bool,
}

impl ReportRun {
    /// Checks the arguments. `settings` may already contain the settings that only one command has.
    pub(crate) fn new(
        arguments: &SearchArgs,
        report: &ReportArgs,
        settings: Settings,
        detail: ClusterDetail,
    ) -> anyhow::Result<Self> {
        let mut search = Search::new(arguments, settings)?;
        for inputs in [&search.inputs, &search.against, &search.template_file] {
            check_report(inputs, report.output.as_deref(), &[arguments.summary.as_deref()])?;
        }
        let (style, output) = style_and_output(report, detail, OutputMode::of(&search.inputs))?;
        search.settings.keep_texts = style.needs_texts(report.no_excerpts)?;
        search.settings.for_removals = false;
        Ok(Self { search, style, output })
    }

    /// Remembers the articles in the archive that the arguments name, if they name one.
    pub(crate) fn remember(self, arguments: &RememberArgs) -> anyhow::Result<Self> {
        Ok(Self { search: self.search.remember(arguments, Purpose::Stories)?, ..self })
    }

    /// Finds the copies. Returns the findings, and what writes the report about them.
    pub(crate) fn find(self) -> anyhow::Result<(Findings, ReportWriter)> {
        self.search.check_offsets(self.style.offsets)?;
        let found = self.search.find()?;
        let is_on_terminal = self.output.is_on_terminal();
        let bar = StageBar::for_writing(None, found.closing.is_quiet() || is_on_terminal);
        let writer = ReportWriter { style: self.style, output: self.output, closing: found.closing, bar };
        Ok((found.findings, writer))
    }
}

/// Returns the style that the arguments ask for, and creates the output. A new file has the permissions `mode`.
fn style_and_output(
    report: &ReportArgs,
    detail: ClusterDetail,
    mode: OutputMode,
) -> anyhow::Result<(Style, Output)> {
    let path = report.output.as_deref();
    let default = match (report.cells.style(), is_shown_on_terminal(path)) {
        (CellStyle::Spreadsheet, _) => ReportFormat::Csv,
        (CellStyle::Safe | CellStyle::Exact, true) => ReportFormat::Text,
        (CellStyle::Safe | CellStyle::Exact, false) => ReportFormat::Jsonl,
    };
    let format = match report.format {
        Some(format) => format,
        None => format_of(path)?.unwrap_or(default),
    };
    #[cfg(feature = "parquet")]
    if format == ReportFormat::Parquet {
        refuse_table_on_terminal(path)?;
    }
    let output = Output::open(path, endings(&format), mode)?;
    let style = Style { format, offsets: report.offsets.offsets(), cells: report.cells.style(), detail };
    Ok((style, output))
}

impl Style {
    /// Returns whether the texts of articles are needed for the report.
    ///
    /// # Errors
    /// If they are, though the reader wants none to be kept; or if options contradict each other.
    fn needs_texts(&self, without_excerpts: bool) -> anyhow::Result<bool> {
        let is_csv = self.format == ReportFormat::Csv;
        if self.cells == CellStyle::Spreadsheet && !is_csv {
            bail!("--spreadsheet is for CSV; choose it with --format csv, or remove one of the options");
        }
        if self.cells == CellStyle::Exact && !is_csv {
            bail!("--csv-raw is for CSV; choose it with --format csv, or remove one of the options");
        }
        let in_chars = self.offsets == Offsets::Chars;
        if without_excerpts && in_chars {
            bail!("--no-excerpts: offsets in characters need the texts; remove one of the options");
        }
        let has_excerpts = !matches!(self.format, ReportFormat::Text | ReportFormat::Html);
        Ok(!(has_excerpts && without_excerpts))
    }

    /// Returns the writer of a format.
    fn report<'a>(&self, findings: &'a Findings, screen: Screen) -> Box<dyn write::ReportFormat + 'a> {
        let Self { offsets, cells, detail: ClusterDetail { members, boilerplate }, .. } = *self;
        match self.format {
            ReportFormat::Jsonl => Box::new(JsonLines { offsets, boilerplate }),
            ReportFormat::Csv => Box::new(Csv { offsets, boilerplate, cells }),
            #[cfg(feature = "parquet")]
            ReportFormat::Parquet => Box::new(write::Parquet { offsets, boilerplate }),
            ReportFormat::Text => Box::new(Listing { screen, members, boilerplate, names: option_names() }),
            ReportFormat::Html => Box::new(Html::new(findings.matcher())),
        }
    }
}

/// Writes the report of a search, and then ends the run.
pub(crate) struct ReportWriter {
    style: Style,
    output: Output,
    closing: Closing,
    /// Shown until the report is complete, unless the report is on the terminal.
    bar: StageBar,
}

impl ReportWriter {
    /// Prepares the report of findings that no search finds.
    pub(crate) fn new(report: &ReportArgs, detail: ClusterDetail, is_quiet: bool) -> anyhow::Result<Self> {
        let (style, output) = style_and_output(report, detail, OutputMode::default())?;
        style.needs_texts(report.no_excerpts)?;
        let closing = Closing::new(Instant::now(), None, is_quiet, FolderCounts::default());
        Ok(Self { bar: StageBar::for_writing(None, true), style, output, closing })
    }

    /// Writes clusters.
    fn clusters(&mut self, findings: &Findings, clusters: &ListedClusters<'_>) -> anyhow::Result<()> {
        let report = self.style.report(findings, self.output.screen());
        Ok(report.clusters(findings.corpus(), clusters, &mut self.output)?)
    }

    /// Writes pairs.
    pub(crate) fn pairs(
        &mut self,
        findings: &Findings,
        pairs: &mut dyn Iterator<Item = Match>,
    ) -> anyhow::Result<()> {
        let report = self.style.report(findings, self.output.screen());
        Ok(report.pairs(findings.corpus(), pairs, &mut self.output)?)
    }

    /// Writes the clusters that are selected, completes the report, and prints the closing line. Keeps the findings in memory:
    /// the process is about to end, and the time to drop millions of matches would be wasted.
    pub(crate) fn finish_clusters(
        mut self,
        findings: Findings,
        selection: &ClusterSelectionArgs,
    ) -> anyhow::Result<()> {
        let clusters = selection.select(findings.corpus(), findings.clusters());
        self.clusters(&findings, &clusters)?;
        let reported = clusters.len();
        let left_out = findings.clusters().len() - reported;
        self.finish(&findings, Outcome::Clusters { reported, left_out, min_size: selection.min_size })?;
        std::mem::forget(findings);
        Ok(())
    }

    /// Completes the report, and prints the closing line.
    pub(crate) fn finish(self, findings: &Findings, outcome: Outcome) -> anyhow::Result<()> {
        let output = self.output.finish()?;
        drop(self.bar);
        self.closing.finish(findings, outcome, [output])
    }
}
