//! The arguments that decide which of several copies is preferred.

use clap::{Args, ValueEnum};
use wirecopy::cluster::{Keep, Preference};
use wirecopy::site::site_of;

/// The preference among copies.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which copy is preferred")]
pub(crate) struct PreferArgs {
    /// The preferred copy among those that contain the whole passage
    #[arg(long, value_name = "WHICH", default_value = "earliest")]
    keep: KeepArg,
    /// Sites whose copies are preferred to all others, the most preferred first: hosts, or names as in the site field
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    prefer_site: Vec<String>,
}

/// The names of the choices on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum KeepArg {
    /// The one with the earliest date
    Earliest,
    /// The one with the most words, without boilerplate
    LongestCore,
    /// One on an agency's own site, else one that is credited to an agency, else the earliest
    Agency,
    /// The one that was read first
    First,
}

impl PreferArgs {
    /// Returns the preference.
    pub(crate) fn preference(&self) -> Preference {
        let keep = match self.keep {
            KeepArg::Earliest => Keep::Earliest,
            KeepArg::LongestCore => Keep::LongestCore,
            KeepArg::Agency => Keep::Agency,
            KeepArg::First => Keep::First,
        };
        // Sites of articles are normalized in the same way.
        let site = |name: &String| site_of(None, Some(name));
        Preference { keep, sites: self.prefer_site.iter().filter_map(site).collect() }
    }
}
