//! What to sweep over: flags in, [`SweepOptions`] and files of labels out.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Context as _;
use clap::builder::RangedU64ValueParser;
use clap::{Args, ValueEnum};
use wirecopy::Settings;
use wirecopy::evaluate::Resampling;
use wirecopy::read::LabelFields;
use wirecopy::sketch::Banding;
use wirecopy::sweep::{IndexSetting, SweepOptions};

use super::{CandidateArgs, JudgeArgs, ReadArgs, ResourceArgs};

/// Benchmark thresholds, with or without labels
///
/// Articles are read and compared once; every threshold is then judged. With labels it says which threshold is best,
/// how sure that is, and what another one costs; without, how clusters and removable articles depend on it, and which
/// pairs to look at.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SweepArgs {
    /// Files and folders to read, as for `cluster`; none or `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Report records that cannot be read, and go on without them
    #[arg(long, help_heading = "Input")]
    pub(crate) skip_invalid: bool,
    #[command(flatten)]
    pub(crate) labels: LabelArgs,
    #[command(flatten)]
    pub(crate) judge: JudgeArgs,
    /// The words of a shingle; several are swept one after another
    #[arg(long, value_name = "K,..", value_delimiter = ',', default_value = "5")]
    #[arg(help_heading = "What counts as a copy")]
    pub(crate) shingle_size: Vec<usize>,
    /// The fewest equal words of the passage by which an article with a partial match joins a cluster
    #[arg(long, value_name = "N", default_value_t = Settings::default().join_words)]
    #[arg(help_heading = "What counts as a copy")]
    pub(crate) join_words: u32,
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
--threshold and --by say where to look: the threshold at which --show-errors, --sample and kinds of pairs are judged,
and the score by which clusters are made. All three scores are swept in any case.

Examples:
  wirecopy sweep --labels pairs.tsv articles.jsonl
  wirecopy sweep --labels articles.jsonl --label-field story --baselines articles.jsonl
  wirecopy sweep --sample 50 --sample-html to-label.html articles.jsonl
  wirecopy sweep --labels articles.jsonl --label-field stories --kind-field how articles.jsonl
  wirecopy sweep --index 42x3,14x8,14x8/32 articles.jsonl
  wirecopy sweep --labels pairs.tsv --predicted other.jsonl --format csv articles.jsonl > sweep.csv";

/// What is known of the articles.
#[derive(Debug, Args)]
#[command(next_help_heading = "Labels")]
pub(crate) struct LabelArgs {
    /// Labels to compare with: pairs (a, b, label), or articles with their group (key, cluster), or groups (members);
    /// the records of the articles themselves may be labels
    #[arg(long, value_name = "FILE")]
    pub(crate) labels: Option<PathBuf>,
    /// The field with the label: the grade of a pair or the group of an article [default: the first of label, grade,
    /// match, duplicate, or of cluster, group, stories, story]
    #[arg(long, value_name = "NAME", requires = "labels")]
    label_field: Option<String>,
    /// The field with the kind of a labeled pair or article; what comes of each kind, or each two, is told apart
    /// [default: kind]
    #[arg(long, value_name = "NAME", requires = "labels")]
    kind_field: Option<String>,
    /// The grade from which a pair counts as copies
    #[arg(long, value_name = "G", default_value_t = 1.0, requires = "labels")]
    pub(crate) positive_grade: f64,
    /// What another tool found, to be scored against the same labels: pairs, articles with their cluster, or clusters;
    /// may be given several times
    #[arg(long, value_name = "FILE", requires = "labels")]
    pub(crate) predicted: Vec<PathBuf>,
}

impl LabelArgs {
    /// Gives where labels stand, `key` being the field of the key if that was named.
    pub(crate) fn fields(&self, key: Option<&str>) -> LabelFields {
        LabelFields {
            key: key.map(str::to_owned),
            label: self.label_field.clone(),
            kind: self.kind_field.clone(),
        }
    }
}

/// What is asked about the thresholds.
#[derive(Debug, Args)]
#[command(next_help_heading = "What to find out")]
pub(crate) struct AskedArgs {
    /// The thresholds to try: FROM..TO:STEP, or numbers with commas between
    #[arg(long, value_name = "LIST", default_value = "0.02..1:0.02")]
    thresholds: Thresholds,
    /// Compare with plain MinHash and plain Jaccard of whole pages and linkage, on the same words
    #[arg(long)]
    baselines: bool,
    /// Compare so many articles each with each, to see what the index finds of them [default: 2000 with --index, else
    /// none]
    #[arg(long, value_name = "N")]
    index_sample: Option<usize>,
    /// Other settings of the index to see beside that of the run: bands x rows, and perhaps / and a window, as 14x8 or
    /// 42x3/16
    #[arg(long, value_name = "BxR[/W],..", value_delimiter = ',')]
    index: Vec<Setting>,
    /// Show up to so many false positives, and as many misses, at --threshold by --by
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20", requires = "labels")]
    pub(crate) show_errors: Option<usize>,
    /// Show so many pairs just at or above --threshold by --by, and as many just below
    #[arg(long, value_name = "N")]
    pub(crate) sample: Option<usize>,
    /// Write these pairs to a CSV file instead, to be labeled there and given back as --labels
    #[arg(long, value_name = "FILE", requires = "sample")]
    pub(crate) sample_output: Option<PathBuf>,
    /// Write these pairs to a page where a person reads and labels them in a browser, and downloads the labels
    #[arg(long, value_name = "FILE", requires = "sample")]
    pub(crate) sample_html: Option<PathBuf>,
    /// The resamples by which intervals are drawn; 0 draws none
    #[arg(long, value_name = "N", default_value_t = Resampling::default().resamples)]
    #[arg(value_parser = RangedU64ValueParser::<usize>::new().range(0..=MOST_RESAMPLES))]
    resamples: usize,
    /// Where the draws of resamples and samples begin
    #[arg(long, value_name = "N", default_value_t = Resampling::default().seed)]
    seed: u64,
}

/// Articles that make two million pairs: enough to see of a few hundred copies how many are found.
const INDEX_SAMPLE: usize = 2000;
/// More resamples than this change nothing that is shown.
const MOST_RESAMPLES: u64 = 100_000;

impl AskedArgs {
    /// Tells whether the report shows the sample: it does unless that goes to a file.
    pub(crate) fn shows_sample(&self) -> bool {
        self.sample.is_some() && self.sample_output.is_none() && self.sample_html.is_none()
    }

    /// Gives what the library takes.
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
        options.thresholds = self.thresholds.0.clone();
        options.resampling = Resampling { resamples: self.resamples, seed: self.seed };
        options.baselines = self.baselines;
        options.index_sample = self.index_sample.unwrap_or(sample);
        options.index = index;
        Ok(options)
    }
}

/// Where the report goes and how it looks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct SweepReportArgs {
    /// How to write the report [default: as the name of --output ends; text on a terminal, else json]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<SweepFormat>,
    /// Show every threshold in tables, not only the tenths and the best
    #[arg(long)]
    pub(crate) all_thresholds: bool,
    /// Write a page with charts, too, which shows itself without a network
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Write the report to a file, which appears only when it is whole
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show neither progress nor the closing summary
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
    /// A row each series and threshold
    Csv,
}

/// A setting of the index.
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
        read().ok_or("expected bands x rows, and perhaps / and a window, as 14x8 or 42x3/16")
    }
}

/// Thresholds, ascending, each once.
#[derive(Clone, Debug, PartialEq)]
struct Thresholds(Vec<f64>);

/// Parts of 1 in which thresholds are told apart; sums of steps are rounded to it, so that no step is lost or doubled.
const PARTS: f64 = 1e6;
/// More thresholds than anybody reads.
const MOST_THRESHOLDS: f64 = 1000.0;

impl FromStr for Thresholds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected =
            || "expected FROM..TO:STEP or numbers with commas between, as 0.3..0.9:0.05".to_owned();
        let number = |text: &str| text.trim().parse::<f64>().map_err(|_| expected());
        let parts = |value: f64| (value * PARTS).round();
        let mut out = Vec::new();
        if let Some((from, rest)) = text.split_once("..") {
            let (to, step) = rest.split_once(':').ok_or_else(expected)?;
            let (from, to, step) = (parts(number(from)?), parts(number(to)?), parts(number(step)?));
            if !(step >= 1.0 && from <= to && (to - from) / step <= MOST_THRESHOLDS) {
                return Err("expected a rising range of up to 1000 steps".to_owned());
            }
            let steps = ((to - from) / step) as usize;
            out.extend((0..=steps).map(|count| (from + step * count as f64) / PARTS));
        } else {
            for part in text.split(',') {
                out.push(parts(number(part)?) / PARTS);
            }
        }
        if let Some(wrong) = out.iter().find(|&&threshold| !(threshold > 0.0 && threshold <= 1.0)) {
            return Err(format!("{wrong} is not above 0 and at most 1"));
        }
        out.sort_by(f64::total_cmp);
        out.dedup();
        Ok(Self(out))
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

    #[test]
    fn reads_thresholds() {
        let form = "expected FROM..TO:STEP or numbers with commas between, as 0.3..0.9:0.05";
        let range = "expected a rising range of up to 1000 steps";
        let cases: [(&str, Result<&[f64], &str>); 9] = [
            ("0.1..0.3:0.1", Ok(&[0.1, 0.2, 0.3])),
            ("0.5..0.62:0.05", Ok(&[0.5, 0.55, 0.6])),
            ("0.7, 0.5,0.7", Ok(&[0.5, 0.7])),
            ("1", Ok(&[1.0])),
            ("0.1..0.3", Err(form)),
            ("half", Err(form)),
            ("0.5..0.1:0.1", Err(range)),
            ("0.1..0.5:0", Err(range)),
            ("0..1:0.5", Err("0 is not above 0 and at most 1")),
        ];
        for (text, expected) in cases {
            let read = text.parse::<Thresholds>().map(|thresholds| thresholds.0);
            assert_eq!(read, expected.map(<[f64]>::to_vec).map_err(str::to_owned), "{text}");
        }
    }
}
