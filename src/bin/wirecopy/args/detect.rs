//! What counts as a copy and how candidates are found: flags in, [`Settings`] out.

use clap::{Args, ValueEnum};
use jiff::{Span, SpanRelativeTo, Unit};
use wirecopy::{Settings, verify};

/// What counts as a copy.
#[derive(Debug, Args)]
#[command(next_help_heading = "What counts as a copy")]
pub(crate) struct JudgeArgs {
    /// How much of an article must be in the other for it to count as a copy, above 0 and up to 1
    ///
    /// What is measured is said by --by. Where it reaches T for both articles, they are near-duplicates; where for
    /// one only, that one is an excerpt of the other. Where for neither, two articles still match partially if they
    /// share a passage of --partial-words words.
    #[arg(long, value_name = "T", default_value_t = Settings::default().threshold)]
    threshold: f64,
    /// The score that must reach the threshold
    #[arg(long, value_name = "SCORE", default_value = "coverage")]
    by: ScoreName,
    /// The words of an excerpt, and of the passage of a partial match, at least; longer than a usual quote
    #[arg(long, value_name = "N", default_value_t = Settings::default().partial_words)]
    partial_words: u32,
}

impl JudgeArgs {
    /// Puts what was said into settings.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        settings.threshold = self.threshold;
        settings.by = self.by.score();
        settings.partial_words = self.partial_words;
    }
}

/// In what texts are compared.
#[derive(Debug, Args)]
#[command(next_help_heading = "What counts as a copy")]
pub(crate) struct ShingleArgs {
    /// The words of a shingle, the unit in which texts are compared
    #[arg(long, value_name = "K", default_value_t = Settings::default().shingle_size)]
    shingle_size: usize,
}

impl ShingleArgs {
    /// Puts what was said into settings.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        settings.shingle_size = self.shingle_size;
    }
}

/// The scores of a pair, as they are said on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ScoreName {
    /// The share of an article's words that stand in passages which it shares with the other; knows excerpts and
    /// partial matches
    Coverage,
    /// The Jaccard coefficient of the two sets of shingles; one number for both articles, so it knows no excerpts
    Resemblance,
    /// The share of an article's set of shingles that stands in the other's; knows excerpts
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

/// How candidates are found.
#[derive(Debug, Args)]
#[command(next_help_heading = "How candidates are found")]
pub(crate) struct CandidateArgs {
    /// The values of a MinHash signature, at least bands times rows
    #[arg(long, value_name = "N", default_value_t = Settings::default().num_hashes)]
    num_hashes: usize,
    /// The bands of a signature; two articles that are equal in one of them are compared
    #[arg(long, value_name = "N", default_value_t = Settings::default().bands)]
    bands: usize,
    /// The values in a band; fewer find less similar articles
    #[arg(long, value_name = "N", default_value_t = Settings::default().rows)]
    rows: usize,
    /// The shingles of a winnowing window; a run of window + shingle size - 1 words in two articles is always found
    #[arg(long, value_name = "N", default_value_t = Settings::default().window)]
    window: usize,
    /// Compare whole pages; without this, what a site repeats around different stories (menus, notes, footers) is
    /// masked
    #[arg(long, help_heading = "What counts as a copy")]
    no_boilerplate: bool,
    /// The most time between two copies, as `7d`, `12h` or `2 weeks`; articles without a date match at any time
    #[arg(long, value_name = "TIME", value_parser = seconds, help_heading = "What counts as a copy")]
    within: Option<u64>,
}

impl CandidateArgs {
    /// Puts what was said into settings.
    pub(crate) fn apply(&self, settings: &mut Settings) {
        settings.num_hashes = self.num_hashes;
        settings.bands = self.bands;
        settings.rows = self.rows;
        settings.window = self.window;
        settings.boilerplate = !self.no_boilerplate;
        settings.within = self.within;
    }
}

/// Reads a length of time.
fn seconds(text: &str) -> Result<u64, String> {
    let span: Span = text.parse().map_err(|_| "expected a number with a unit, as 7d, 12h or 2 weeks")?;
    let seconds = span
        .total((Unit::Second, SpanRelativeTo::days_are_24_hours()))
        .map_err(|_| "months and years differ in length: say days")?;
    if seconds < 0.0 {
        return Err("expected a time that is not negative".to_owned());
    }
    Ok(seconds as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lengths_of_time() {
        let number = "expected a number with a unit, as 7d, 12h or 2 weeks";
        let cases = [
            ("7d", Ok(7 * 86_400)),
            ("12h", Ok(12 * 3600)),
            ("2 weeks", Ok(14 * 86_400)),
            ("1d 30m", Ok(86_400 + 1800)),
            ("0s", Ok(0)),
            ("7", Err(number)),
            ("a week", Err(number)),
            ("1 month", Err("months and years differ in length: say days")),
            ("-1d", Err("expected a time that is not negative")),
        ];
        for (text, expected) in cases {
            assert_eq!(seconds(text), expected.map_err(str::to_owned), "{text}");
        }
    }
}
