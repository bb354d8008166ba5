//! Runs a search and reports its result, for `cluster` and `pairs`: checks the arguments, finds copies, writes the
//! report.

use wirecopy::cluster::Cluster;
use wirecopy::report::Offsets;
use wirecopy::verify::Match;
use wirecopy::write::{self, Csv, Html, JsonLines, Listing, Screen};
use wirecopy::{Findings, Settings};

use crate::args::{ReportArgs, ReportFormat, SearchArgs, endings, format_of};
use crate::closing::Closing;
use crate::option_names::option_names;
use crate::output::{Output, is_shown_on_terminal};
use crate::output_check::check_report;
use crate::search::Search;
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
    detail: ClusterDetail,
}

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
        for inputs in [&search.inputs, &search.against] {
            check_report(inputs, report.output.as_deref(), &[arguments.summary.as_deref()])?;
        }
        let path = report.output.as_deref();
        let default = if is_shown_on_terminal(path) { ReportFormat::Text } else { ReportFormat::Jsonl };
        let format = match report.format {
            Some(format) => format,
            None => format_of(path)?.unwrap_or(default),
        };
        let output = Output::open(path, endings(&format))?;
        let style = Style { format, offsets: report.offsets.offsets(), detail };
        let shows_texts = matches!(format, ReportFormat::Text | ReportFormat::Html);
        search.settings.keep_texts = shows_texts || style.offsets == Offsets::Chars;
        Ok(Self { search, style, output })
    }

    /// Finds the copies. Returns the findings, and what writes the report about them.
    pub(crate) fn find(self) -> anyhow::Result<(Findings, ReportWriter)> {
        let found = self.search.find()?;
        let writer = ReportWriter { style: self.style, output: self.output, closing: found.closing };
        Ok((found.findings, writer))
    }
}

impl Style {
    /// Returns the writer of a format.
    fn report<'a>(&self, findings: &'a Findings, screen: Screen) -> Box<dyn write::ReportFormat + 'a> {
        let (offsets, ClusterDetail { members, boilerplate }) = (self.offsets, self.detail);
        match self.format {
            ReportFormat::Jsonl => Box::new(JsonLines { offsets, boilerplate }),
            ReportFormat::Csv => Box::new(Csv { offsets, boilerplate }),
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
}

impl ReportWriter {
    /// Writes clusters.
    pub(crate) fn clusters(&mut self, findings: &Findings, clusters: &[&Cluster]) -> anyhow::Result<()> {
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

    /// Completes the report, and prints the closing line.
    pub(crate) fn finish(self, findings: &Findings, outcome: Outcome) -> anyhow::Result<()> {
        self.output.finish()?;
        self.closing.finish(findings, outcome)
    }
}
