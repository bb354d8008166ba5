//! Prints the closing line of a run, and writes its summary file.

use std::io::{self, Write as _};
use std::time::Instant;

use wirecopy::Findings;
use wirecopy::write::visible;

use crate::new_file::NewFile;
use crate::skipped_files::FolderCounts;
use crate::summary::{Outcome, Summary, UnreadCounts};

/// The end of a run.
pub(crate) struct Closing {
    started: Instant,
    invalid: u64,
    unknown_dates: usize,
    quiet: bool,
    summary: Option<NewFile>,
    folders: FolderCounts,
}

impl Closing {
    /// Prepares the end of a run that began at `started`. `summary` is the file for the summary,
    /// `folders` the numbers of files of folders that are no inputs.
    pub(crate) fn new(
        started: Instant,
        summary: Option<NewFile>,
        quiet: bool,
        folders: FolderCounts,
    ) -> Self {
        Self { started, invalid: 0, unknown_dates: 0, quiet, summary, folders }
    }

    /// Returns whether neither progress nor the closing line are shown.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Sets the number of records that could not be read.
    pub(crate) fn set_invalid(&mut self, invalid: u64) {
        self.invalid = invalid;
    }

    /// Sets the number of dates that are not understood.
    pub(crate) fn set_unknown_dates(&mut self, unknown_dates: usize) {
        self.unknown_dates = unknown_dates;
    }

    /// Writes the summary file, and prints the closing line.
    pub(crate) fn finish(self, findings: &Findings, outcome: Outcome) -> anyhow::Result<()> {
        let summary = Summary::new(
            findings,
            outcome,
            UnreadCounts { invalid: self.invalid, unknown_dates: self.unknown_dates, folders: self.folders },
            self.started.elapsed(),
        );
        if let Some(mut file) = self.summary {
            summary.write(&mut file)?;
            file.finish()?;
        }
        if !self.quiet {
            // If the line cannot be written, nobody can be informed of that.
            let _ = writeln!(io::stderr(), "{}", visible(&summary.to_string()));
        }
        Ok(())
    }
}
