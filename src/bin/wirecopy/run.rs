//! What `cluster` and `pairs` have in common: arguments in, a checked run out, and its findings.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use wirecopy::cluster::Cluster;
use wirecopy::verify::Match;
use wirecopy::write::{Csv, Html, JsonLines, Listing, Offsets, Report};
use wirecopy::{Detector, Findings, Input, Reader, Settings, find_inputs};

use crate::args::{CommonArgs, ReportFormat};
use crate::exit;
use crate::output::{NewFile, Output};
use crate::progress::Progress;
use crate::summary::{Outcome, Summary};

/// Invalid records that are reported one by one; the others are counted.
const REPORTED: u64 = 20;

/// A run whose arguments are checked, before work starts.
pub(crate) struct Run {
    reader: Reader,
    /// The size of the input in bytes, where it is known.
    input: Option<u64>,
    detector: Detector,
    skip_invalid: bool,
    reporting: Reporting,
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
        arguments: &CommonArgs,
        mut settings: Settings,
        detail: ClusterDetail,
    ) -> anyhow::Result<Self> {
        let started = Instant::now();
        let asked = &arguments.report;
        arguments.judge.apply(&mut settings);
        arguments.shingles.apply(&mut settings);
        arguments.candidates.apply(&mut settings);
        settings.check()?;
        // Before the output is begun, which may stand in a folder that is read.
        let inputs = find_inputs(&arguments.paths)?;
        let output = Output::open(asked.output.as_deref())?;
        let summary = asked.summary.as_deref().map(NewFile::create).transpose()?;
        let default = if output.is_terminal() { ReportFormat::Text } else { ReportFormat::Jsonl };
        let format = asked.format.unwrap_or(default);
        let offsets = asked.offsets.offsets();
        let ClusterDetail { members, boilerplate } = detail;
        let report: Box<dyn Report> = match format {
            ReportFormat::Jsonl => Box::new(JsonLines { offsets, boilerplate }),
            ReportFormat::Csv => Box::new(Csv { offsets, boilerplate }),
            ReportFormat::Text => Box::new(Listing { screen: output.screen(), members, boilerplate }),
            ReportFormat::Html => {
                Box::new(Html { align: settings.align_rule(), judge: settings.judge_rule() })
            }
        };
        let shows_texts = matches!(format, ReportFormat::Text | ReportFormat::Html);
        let keep_texts = shows_texts || offsets == Offsets::Chars;
        let detector = Detector::new(Settings { keep_texts, ..settings })?;
        use_threads(arguments.candidates.threads)?;
        let reporting = Reporting { started, invalid: 0, quiet: asked.quiet, report, output, summary };
        let input = size(&inputs);
        let reader = Reader::new(inputs, arguments.read.options());
        Ok(Self { reader, input, detector, skip_invalid: arguments.skip_invalid, reporting })
    }

    /// Reads the articles and finds what they share; gives back where that is to be reported.
    pub(crate) fn find(self) -> anyhow::Result<(Findings, Reporting)> {
        let Self { reader, mut detector, mut reporting, .. } = self;
        let progress = Progress::new(self.input, reporting.quiet);
        let invalid = read(reader, &mut detector, &progress, self.skip_invalid)?;
        let findings = detector.finish(&progress);
        drop(progress);
        reporting.invalid = invalid;
        Ok((findings, reporting))
    }
}

/// Uses so many threads, where that was asked for.
pub(crate) fn use_threads(threads: Option<usize>) -> anyhow::Result<()> {
    if let Some(threads) = threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        pool.context("threads: these cannot be started")?;
    }
    Ok(())
}

/// Reads all articles, and says which records cannot be read; gives their number.
pub(crate) fn read(
    reader: Reader,
    detector: &mut Detector,
    progress: &Progress,
    skip_invalid: bool,
) -> anyhow::Result<u64> {
    let mut invalid = 0;
    detector.read(reader, progress, |error| {
        if !skip_invalid {
            return Err(error);
        }
        invalid += 1;
        if invalid <= REPORTED {
            progress.aside(|| exit::warn(&error.to_string()));
        }
        Ok(())
    })?;
    if invalid > REPORTED {
        progress.aside(|| exit::warn(&format!("{} more records cannot be read", invalid - REPORTED)));
    }
    Ok(invalid)
}

/// Where the findings of a run go.
pub(crate) struct Reporting {
    started: Instant,
    invalid: u64,
    quiet: bool,
    report: Box<dyn Report>,
    output: Output,
    summary: Option<NewFile>,
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
        let summary = Summary::new(findings, outcome, self.invalid, self.started.elapsed());
        if let Some(mut file) = self.summary {
            summary.write(&mut file)?;
            file.finish()?;
        }
        if !self.quiet {
            // Where it cannot be written, nobody is left to be told.
            let _ = writeln!(io::stderr(), "{summary}");
        }
        Ok(())
    }
}

/// Adds up the sizes of inputs; nothing where one is standard input, a pipe, or packed.
pub(crate) fn size(inputs: &[Input]) -> Option<u64> {
    inputs
        .iter()
        .map(|input| {
            let path = Path::new(input.name());
            let is_packed = path.extension().is_some_and(|ending| ending == "gz" || ending == "zst");
            let metadata = fs::metadata(path).ok()?;
            (metadata.is_file() && !is_packed).then_some(metadata.len())
        })
        .sum()
}
