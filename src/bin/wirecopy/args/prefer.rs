//! Which of several copies is preferred: flags in, [`Preference`] out.

use clap::{Args, ValueEnum};
use wirecopy::cluster::{Keep, Preference};
use wirecopy::site_of;

/// Which of several copies is preferred.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which copy is preferred")]
pub(crate) struct PreferArgs {
    /// The copy that is preferred among those that carry the whole passage
    #[arg(long, value_name = "WHICH", default_value = "earliest")]
    keep: KeepArg,
    /// Sites whose copies are preferred to all others, the most preferred first: hosts, or names as the site
    /// field has them
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    prefer_site: Vec<String>,
}

/// The choices, as they are said on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum KeepArg {
    /// The one with the earliest date
    Earliest,
    /// The one with the most words besides boilerplate
    LongestCore,
    /// One on an agency's own site, else one that is credited to an agency, else the earliest
    Agency,
    /// The one that was read first
    First,
}

impl PreferArgs {
    /// Gives what the library calls it.
    pub(crate) fn preference(&self) -> Preference {
        let keep = match self.keep {
            KeepArg::Earliest => Keep::Earliest,
            KeepArg::LongestCore => Keep::LongestCore,
            KeepArg::Agency => Keep::Agency,
            KeepArg::First => Keep::First,
        };
        // The names that articles' sites get.
        let site = |name: &String| site_of(None, Some(name));
        Preference { keep, sites: self.prefer_site.iter().filter_map(site).collect() }
    }
}
