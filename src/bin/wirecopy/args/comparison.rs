//! The arguments that decide what counts as a copy, and how candidates are found.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::{Args, ValueEnum};
use wirecopy::boilerplate::Templates;
use wirecopy::error::Remedy;
use wirecopy::{Error, Input, Settings, verify};

use super::duration::seconds;
use super::number::{share, whole};

/// The arguments that decide which articles are copies.
#[derive(Debug, Args)]
#[command(next_help_heading = "What counts as a copy")]
pub(crate) struct JudgeArgs {
    /// The share of an article that must be in another one for it to count as a copy, above 0 and up to 1
    ///
    /// --by chooses the score. If it reaches T for both articles, they are near-duplicates; if for one only, that one is an
    /// excerpt of the other. If for neither, they still match partially if they share a passage of --partial-words words, or
    /// several shorter ones. If they share direct speech and little else, that is a quote, not a copy.
    #[arg(long, value_name = "T", default_value_t = Settings::default().threshold)]
    #[arg(value_parser = share, allow_negative_numbers = true)]
    threshold: f64,
    /// The score to which the threshold applies
    #[arg(long, value_name = "SCORE", default_value = "coverage")]
    by: ScoreName,
    /// The smallest number of shared words of an excerpt, and of words of the passage of a partial match; longer than a usual
    /// quote
    #[arg(long, value_name = "N", default_value_t = Settings::default().partial_words, value_parser = whole::<u32>(0, None))]
    partial_words: u32,
}

impl JudgeArgs {
    /// Writes the arguments into settings.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        settings.threshold = self.threshold;
        settings.by = self.by.score();
        settings.partial_words = self.partial_words;
    }
}

/// The arguments that decide which matches join a cluster.
#[derive(Debug, Args)]
#[command(next_help_heading = "What counts as a copy")]
pub(crate) struct JoinArgs {
    /// The shortest passage, in equal words, by which an article with a partial match joins a cluster; longer than any
    /// quote
    #[arg(long, value_name = "N", default_value_t = Settings::default().join_words, value_parser = whole::<u32>(0, None))]
    join_words: u32,
}

impl JoinArgs {
    /// Writes the arguments into settings.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        settings.join_words = self.join_words;
    }
}

/// The unit of comparison.
#[derive(Debug, Args)]
#[command(next_help_heading = "What counts as a copy")]
pub(crate) struct ShingleArgs {
    /// The number of words in a shingle, the unit in which texts are compared
    #[arg(long, value_name = "K", default_value_t = Settings::default().shingle_size, value_parser = whole::<usize>(0, None))]
    shingle_size: usize,
}

impl ShingleArgs {
    /// Writes the arguments into settings.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        settings.shingle_size = self.shingle_size;
    }
}

/// The names of the scores on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ScoreName {
    /// The share of an article's words that are in passages which the other article contains, too; finds excerpts and
    /// partial matches
    Coverage,
    /// The Jaccard coefficient of the two sets of shingles; it is one number for both articles, so it finds no excerpts
    Resemblance,
    /// The share of an article's set of shingles that is in the other's; finds excerpts
    Containment,
}

impl ScoreName {
    fn score(self) -> verify::Score {
        match self {
            Self::Coverage => verify::Score::Coverage,
            Self::Resemblance => verify::Score::Resemblance,
            Self::Containment => verify::Score::Containment,
        }
    }
}

/// The arguments that decide how candidates are found.
#[derive(Debug, Args)]
#[command(next_help_heading = "How candidates are found")]
pub(crate) struct CandidateArgs {
    /// The number of values in a MinHash signature, at least bands times rows
    #[arg(long, value_name = "N", default_value_t = Settings::default().num_hashes, value_parser = whole::<usize>(0, None))]
    num_hashes: usize,
    /// The number of bands of a signature; two articles with an equal band are compared
    #[arg(long, value_name = "N", default_value_t = Settings::default().bands, value_parser = whole::<usize>(0, None))]
    bands: usize,
    /// The number of values in a band; fewer find less similar articles
    #[arg(long, value_name = "N", default_value_t = Settings::default().rows, value_parser = whole::<usize>(0, None))]
    rows: usize,
    /// The number of shingles in a winnowing window. Two articles with a common run of 3 x window + shingle size - 1 words
    /// (28 by default) are compared; in an article of fewer than 100 words, a run of window + shingle size - 1 words (12) is
    /// enough. If very many articles share a run, each is compared with a few of them
    #[arg(long, value_name = "N", default_value_t = Settings::default().window, value_parser = whole::<usize>(0, None))]
    window: usize,
    /// Compare whole pages. Without this, boilerplate is masked: what a site repeats around different stories, such as
    /// menus, notes and footers
    #[arg(long, help_heading = "What counts as a copy")]
    no_boilerplate: bool,
    /// Also mask the texts of a file, as `wirecopy templates` writes it, on pages of their sites: for a collection that is too
    /// small to show what its sites repeat. Of each record, `site` and `text` are needed. With --archive, the archive remembers
    /// them for all later runs
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "What counts as a copy",
        conflicts_with = "no_boilerplate"
    )]
    templates: Option<PathBuf>,
    /// The longest time between two copies, such as `7d`, `12h` or `2 weeks`; articles without a date match at any time
    #[arg(long, value_name = "TIME", value_parser = seconds, help_heading = "What counts as a copy")]
    within: Option<u64>,
}

impl CandidateArgs {
    /// Writes the arguments into settings.
    ///
    /// # Errors
    /// If the file of templates cannot be read.
    pub(crate) fn apply(&self, settings: &mut Settings) -> anyhow::Result<()> {
        settings.num_hashes = self.num_hashes;
        settings.bands = self.bands;
        settings.rows = self.rows;
        settings.window = self.window;
        settings.boilerplate = !self.no_boilerplate;
        settings.within = self.within;
        if let Some(path) = &self.templates {
            settings.templates = read_templates(path)?;
        }
        Ok(())
    }

    /// Returns the file of templates, which is read besides the input.
    pub(crate) fn template_file(&self) -> Vec<Input> {
        self.templates.iter().map(Input::file).collect()
    }
}

/// Reads a file of templates.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn read_templates(path: &Path) -> anyhow::Result<Templates> {
    Templates::read(Input::file(path)).map_err(explain_encoding)
}

/// Adds to the error of a file of templates in another encoding how to convert it: --encoding is for articles.
fn explain_encoding(error: Error) -> anyhow::Error {
    match error.remedy() {
        Some(Remedy::ConvertToUtf8 { from }) => {
            anyhow!("{}; convert it first, for example with iconv -f {from} -t UTF-8", error.without_remedy())
        }
        _ => error.into(),
    }
}
