//! Runs `cluster` and `pairs`: checks arguments, finds copies, writes the report.

use wirecopy::cluster::Cluster;
use wirecopy::report::Offsets;
use wirecopy::verify::Match;
use wirecopy::write::{self, Csv, Html, JsonLines, Listing, Screen};
use wirecopy::{Findings, Settings};

use crate::args::{ReportArgs, ReportFormat, SearchArgs, format_of};
use crate::option_names::option_names;
use crate::output::Output;
use crate::search::{Closing, Search};
use crate::summary::Outcome;
use crate::target;

/// A run whose arguments are checked, before work starts.
pub(crate) struct Run {
    search: Search,
    style: Style,
    output: Output,
}

/// The format of a report, and what it shows.
struct Style {
    format: ReportFormat,
    offsets: Offsets,
    detail: ClusterDetail,
}

/// The part of each cluster that is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClusterDetail {
    /// The largest number of members that a listing shows.
    pub(crate) members: usize,
    /// Whether the boilerplate of each member is shown.
    pub(crate) boilerplate: bool,
}

impl Run {
    /// Checks the arguments. `settings` may already contain those that one command has alone.
    pub(crate) fn new(
        arguments: &SearchArgs,
        asked: &ReportArgs,
        settings: Settings,
        detail: ClusterDetail,
    ) -> anyhow::Result<Self> {
        let mut search = Search::new(arguments, settings)?;
        for inputs in [&search.inputs, &search.against] {
            target::check_report(inputs, asked.output.as_deref(), &[arguments.summary.as_deref()])?;
        }
        let output = Output::open(asked.output.as_deref())?;
        let default = if output.is_terminal() { ReportFormat::Text } else { ReportFormat::Jsonl };
        let named = || format_of(asked.output.as_deref());
        let format = asked.format.or_else(named).unwrap_or(default);
        let style = Style { format, offsets: asked.offsets.offsets(), detail };
        let shows_texts = matches!(format, ReportFormat::Text | ReportFormat::Html);
        search.settings.keep_texts = shows_texts || style.offsets == Offsets::Chars;
        Ok(Self { search, style, output })
    }

    /// Reads the articles and finds what they share. Returns the findings, and what reports them.
    pub(crate) fn find(mut self) -> anyhow::Result<(Findings, Reporting)> {
        let (findings, closing) = self.search.find()?;
        Ok((findings, Reporting { style: self.style, output: self.output, closing }))
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

/// Writes the report of a run.
pub(crate) struct Reporting {
    style: Style,
    output: Output,
    closing: Closing,
}

impl Reporting {
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
