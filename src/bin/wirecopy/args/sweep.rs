//! The arguments of `sweep`.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use wirecopy::Settings;
use wirecopy::evaluate::Resampling;
use wirecopy::read::LabelFields;
use wirecopy::sketch::Banding;
use wirecopy::sweep::{IndexSetting, SweepOptions};

use super::comparison::{CandidateArgs, JoinArgs, JudgeArgs};
use super::number::{finite, whole};
use super::read::ReadArgs;
use super::resources::ResourceArgs;
use super::thresholds::Thresholds;

/// Compare thresholds, with or without labels
///
/// Articles are read and compared once, and judged at every threshold. With labels, the report shows the best threshold,
/// its confidence interval, and what others cost; without labels, how clusters and removable articles depend on the
/// threshold, and which pairs to look at.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SweepArgs {
    /// Files and folders to read, as for `cluster`; none or `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read only files of the folders that match, such as '*.jsonl' or '2031/**'; '!*.md' leaves files out; may be given
    /// several times
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub(crate) include: Vec<String>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Report records that cannot be read, and continue without them
    #[arg(long, help_heading = "Input")]
    pub(crate) skip_invalid: bool,
    /// Make it an error if no article was read
    #[arg(long, help_heading = "Input")]
    pub(crate) fail_if_empty: bool,
    #[command(flatten)]
    pub(crate) labels: LabelArgs,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
    /// The number of words in a shingle; a list repeats the sweep with each
    #[arg(long, value_name = "K,..", value_delimiter = ',', default_value = "5", value_parser = whole::<usize>(0, None))]
    #[arg(help_heading = "What counts as a copy")]
    pub(crate) shingle_size: Vec<usize>,
    #[command(flatten)]
    pub(crate) join: JoinArgs,
    #[command(flatten)]
    pub(crate) candidates: CandidateArgs,
    #[command(flatten)]
    pub(crate) resources: ResourceArgs,
    #[command(flatten)]
    pub(crate) asked: AskedArgs,
    #[command(flatten)]
    pub(crate) report: SweepReportArgs,
}

const EXAMPLES: &str = "\
--threshold is the threshold at which --show-errors, --sample and kinds of pairs are judged, --by the score by which
articles are clustered. All thresholds and all three scores are in the report in any case.

Examples:
  wirecopy sweep --labels pairs.tsv articles.jsonl
  wirecopy sweep --labels articles.jsonl --label-field story --baselines articles.jsonl
  wirecopy sweep --sample 50 --sample-html to-label.html articles.jsonl
  wirecopy sweep --labels articles.jsonl --label-field stories --kind-field how articles.jsonl
  wirecopy sweep --index 42x3,14x8,14x8/32 articles.jsonl
  wirecopy sweep --labels pairs.tsv --predicted other.jsonl --format csv articles.jsonl > sweep.csv";

/// The labels.
#[derive(Debug, Args)]
#[command(next_help_heading = "Labels")]
pub(crate) struct LabelArgs {
    /// Labels to compare with: pairs (a, b, label), articles with their group (key, cluster), or groups (members); the
    /// records of the articles themselves may be labels
    #[arg(long, value_name = "FILE")]
    pub(crate) labels: Option<PathBuf>,
    /// The field with the label: the grade of a pair or the group of an article [default: the first of label, grade,
    /// match, duplicate, or of cluster, group, stories, story]
    #[arg(long, value_name = "NAME", requires = "labels")]
    label_field: Option<String>,
    /// The field with the kind of a labeled pair or article; the report shows each kind, or each pair of kinds [default:
    /// kind]
    #[arg(long, value_name = "NAME", requires = "labels")]
    kind_field: Option<String>,
    /// The lowest grade of a pair that counts as a copy
    #[arg(long, value_name = "G", default_value_t = 1.0, requires = "labels")]
    #[arg(value_parser = finite, allow_negative_numbers = true)]
    pub(crate) positive_grade: f64,
    /// The result of another tool, which is compared with the same labels: pairs, articles with their cluster, or clusters;
    /// a column `score` of pairs is swept as a curve of its own. May be given several times
    #[arg(long, value_name = "FILE", requires = "labels")]
    pub(crate) predicted: Vec<PathBuf>,
}

impl LabelArgs {
    /// Returns the fields of labels; `key` is the field of the key, if it was given.
    pub(crate) fn fields(&self, key: Option<&str>) -> LabelFields {
        let mut fields = LabelFields::default();
        fields.key = key.map(str::to_owned);
        fields.label = self.label_field.clone();
        fields.kind = self.kind_field.clone();
        fields
    }
}

/// The contents of the report.
#[derive(Debug, Args)]
#[command(next_help_heading = "Content of the report")]
pub(crate) struct AskedArgs {
    /// The thresholds: FROM..TO:STEP, or numbers separated by commas; --threshold is always among them
    #[arg(long, value_name = "LIST", default_value = "0.02..1:0.02")]
    thresholds: Thresholds,
    /// Add baselines on the same words: MinHash and Jaccard coefficients of whole pages, with single linkage
    #[arg(long)]
    baselines: bool,
    /// Compare N articles each with each, to measure which similar pairs the index finds [default: 2000 with --index, else
    /// none]
    #[arg(long, value_name = "N", value_parser = whole::<usize>(0, None))]
    index_sample: Option<usize>,
    /// Other settings of the index to compare with those of the run: bands x rows, optionally / and a window, such as 14x8
    /// or 42x3/16
    #[arg(long, value_name = "BxR[/W],..", value_delimiter = ',')]
    index: Vec<Setting>,
    /// Show up to N false positives and N misses, at --threshold by --by
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20", requires = "labels", value_parser = whole::<usize>(0, None))]
    pub(crate) show_errors: Option<usize>,
    /// Show the N pairs at or next above --threshold by --by, and the N pairs next below
    #[arg(long, value_name = "N", value_parser = whole::<usize>(0, None))]
    pub(crate) sample: Option<usize>,
    /// Write these pairs to a CSV file instead, to be labeled there and used as --labels
    #[arg(long, value_name = "FILE", requires = "sample")]
    pub(crate) sample_output: Option<PathBuf>,
    /// Write these pairs to a page on which a person labels them in a browser, and downloads the labels
    #[arg(long, value_name = "FILE", requires = "sample")]
    pub(crate) sample_html: Option<PathBuf>,
    /// The number of resamples for confidence intervals; 0 for no intervals
    #[arg(long, value_name = "N", default_value_t = Resampling::default().resamples)]
    #[arg(value_parser = whole::<usize>(0, Some(MOST_RESAMPLES)))]
    resamples: usize,
    /// The seed of resamples and samples
    #[arg(long, value_name = "N", default_value_t = Resampling::default().seed, value_parser = whole::<u64>(0, None))]
    seed: u64,
}

/// These articles make two million pairs: enough to measure how many of a few hundred copies are found.
const INDEX_SAMPLE: usize = 2000;
/// More resamples change no digit that is shown.
const MOST_RESAMPLES: u64 = 100_000;

impl AskedArgs {
    /// Returns whether the report shows the sample: it does unless the sample is written to a file.
    pub(crate) fn shows_sample(&self) -> bool {
        self.sample.is_some() && self.sample_output.is_none() && self.sample_html.is_none()
    }

    /// Returns the options of the sweep.
    pub(crate) fn options(&self, settings: &Settings) -> anyhow::Result<SweepOptions> {
        let window = settings.window;
        let setting =
            |asked: &Setting| IndexSetting { banding: asked.banding, window: asked.window.unwrap_or(window) };
        let index: Vec<IndexSetting> = self.index.iter().map(setting).collect();
        for setting in &index {
            let checked = setting.within(settings).check();
            checked.with_context(|| format!("--index {}", setting.name()))?;
        }
        let sample = if index.is_empty() { 0 } else { INDEX_SAMPLE };
        let mut options = SweepOptions::default();
        options.thresholds = self.thresholds.with(settings.threshold);
        options.resampling = Resampling { resamples: self.resamples, seed: self.seed };
        options.baselines = self.baselines;
        options.index_sample = self.index_sample.unwrap_or(sample);
        options.index = index;
        Ok(options)
    }
}

/// The destination and the format of the report.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct SweepReportArgs {
    /// The format of the report [default: by the name of --output; else text on a terminal, json elsewhere]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) format: Option<SweepFormat>,
    /// Show all thresholds in tables, not only tenths and the best
    #[arg(long)]
    pub(crate) all_thresholds: bool,
    /// Also write a page with charts, which needs no network
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Write the report to a file, which appears only when it is complete
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show no progress and no closing summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// The formats of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SweepFormat {
    /// Tables for people
    Text,
    /// One JSON document
    Json,
    /// A row for each series and threshold
    Csv,
}

/// A setting of the index on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Setting {
    banding: Banding,
    window: Option<usize>,
}

impl FromStr for Setting {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.trim().parse::<usize>();
        let read = || {
            let (banding, window) = match text.split_once('/') {
                Some((banding, window)) => (banding, Some(number(window).ok()?)),
                None => (text, None),
            };
            let (bands, rows) = banding.split_once('x')?;
            let banding = Banding { bands: number(bands).ok()?, rows: number(rows).ok()? };
            Some(Self { banding, window })
        };
        read().ok_or("expected bands x rows, optionally / and a window, such as 14x8 or 42x3/16")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_settings_of_the_index() {
        let setting = |bands, rows, window| Setting { banding: Banding { bands, rows }, window };
        for (text, expected) in [
            ("14x8", Some(setting(14, 8, None))),
            ("42x3/16", Some(setting(42, 3, Some(16)))),
            ("14", None),
            ("x8", None),
            ("14x8/", None),
        ] {
            assert_eq!(text.parse::<Setting>().ok(), expected, "{text}");
        }
    }
}
