//! What `cluster` and `pairs` have in common: arguments in, a checked run out, and its findings.

use wirecopy::cluster::Cluster;
use wirecopy::verify::Match;
use wirecopy::write::{Csv, Html, JsonLines, Listing, Offsets, Report};
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
    report: Box<dyn Report>,
    output: Output,
}

/// How much is shown of a cluster.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClusterDetail {
    /// How many members a listing shows.
    pub(crate) members: usize,
    /// Whether it is shown what is masked of them.
    pub(crate) boilerplate: bool,
}

impl Run {
    /// Checks what was asked for. `settings` may already hold what only one command knows.
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
        let offsets = asked.offsets.offsets();
        let ClusterDetail { members, boilerplate } = detail;
        let report: Box<dyn Report> = match format {
            ReportFormat::Jsonl => Box::new(JsonLines { offsets, boilerplate }),
            ReportFormat::Csv => Box::new(Csv { offsets, boilerplate }),
            ReportFormat::Text => {
                Box::new(Listing { screen: output.screen(), members, boilerplate, names: option_names() })
            }
            ReportFormat::Html => {
                Box::new(Html { align: search.settings.align_rule(), judge: search.settings.judge_rule() })
            }
        };
        let shows_texts = matches!(format, ReportFormat::Text | ReportFormat::Html);
        search.settings.keep_texts = shows_texts || offsets == Offsets::Chars;
        Ok(Self { search, report, output })
    }

    /// Reads the articles and finds what they share; gives back where that is to be reported.
    pub(crate) fn find(mut self) -> anyhow::Result<(Findings, Reporting)> {
        let (findings, closing) = self.search.find()?;
        Ok((findings, Reporting { report: self.report, output: self.output, closing }))
    }
}

/// Where the findings of a run go.
pub(crate) struct Reporting {
    report: Box<dyn Report>,
    output: Output,
    closing: Closing,
}

impl Reporting {
    /// Writes clusters.
    pub(crate) fn clusters(&mut self, findings: &Findings, clusters: &[&Cluster]) -> anyhow::Result<()> {
        Ok(self.report.clusters(findings.corpus(), clusters, &mut self.output)?)
    }

    /// Writes pairs.
    pub(crate) fn pairs(
        &mut self,
        findings: &Findings,
        pairs: &mut dyn Iterator<Item = Match>,
    ) -> anyhow::Result<()> {
        Ok(self.report.pairs(findings.corpus(), pairs, &mut self.output)?)
    }

    /// Puts the report in its place, and says what was done.
    pub(crate) fn finish(self, findings: &Findings, outcome: Outcome) -> anyhow::Result<()> {
        self.output.finish()?;
        self.closing.finish(findings, outcome)
    }
}
