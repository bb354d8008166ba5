//! Prints the closing line of a run, and writes its summary file.

use std::io::{self, Write as _};
use std::time::Instant;

use wirecopy::write::visible;
use wirecopy::{ArticleId, Findings};

use crate::closing_lines::ClosingLines;
use crate::memory::PlannedMemory;
use crate::new_file::NewFile;
use crate::publication::{CompleteOutput, publish};
use crate::skipped_files::FolderCounts;
use crate::stage_clock::StageClock;
use crate::summary::{Outcome, Summary, UnreadCounts};

/// The end of a run.
pub(crate) struct Closing {
    started: Instant,
    invalid: u64,
    unknown_dates: usize,
    quiet: bool,
    summary: Option<NewFile>,
    folders: FolderCounts,
    memory: Option<PlannedMemory>,
    clock: StageClock,
    /// True if the closing line is followed by what each stage took.
    shows_stages: bool,
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
        Self {
            started,
            invalid: 0,
            unknown_dates: 0,
            quiet,
            summary,
            folders,
            memory: None,
            clock: StageClock::start(),
            shows_stages: false,
        }
    }

    /// Sets whether the closing line is followed by what each stage took.
    pub(crate) fn with_stages(self, shows_stages: bool) -> Self {
        Self { shows_stages, ..self }
    }

    /// Returns what measures the stages of the run.
    pub(crate) fn clock(&self) -> &StageClock {
        &self.clock
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

    /// Sets how the articles are remembered in an archive.
    pub(crate) fn set_memory(&mut self, memory: PlannedMemory) {
        self.memory = Some(memory);
    }

    /// Sets the articles that are removed as duplicates.
    pub(crate) fn set_removed(&mut self, removed: impl IntoIterator<Item = ArticleId>) {
        if let Some(memory) = &mut self.memory {
            memory.set_removed(removed);
        }
    }

    /// Publishes the outputs of the run, remembers the articles, if an archive is given, writes the summary file, and prints
    /// the closing line. Without an archive, the summary is published with the other outputs. With one, it says what was
    /// remembered, and so is published after that; and what an archive remembers was written before.
    pub(crate) fn finish(
        self,
        findings: &Findings,
        outcome: Outcome,
        outputs: impl IntoIterator<Item = Option<CompleteOutput>>,
    ) -> anyhow::Result<()> {
        let mut outputs: Vec<CompleteOutput> = outputs.into_iter().flatten().collect();
        let memory = match self.memory {
            Some(memory) => {
                publish(std::mem::take(&mut outputs))?;
                self.clock.begin("remembering");
                Some(memory.commit(findings)?)
            }
            None => None,
        };
        let summary = Summary::new(
            findings,
            outcome,
            UnreadCounts { invalid: self.invalid, unknown_dates: self.unknown_dates, folders: self.folders },
            self.started.elapsed(),
            memory,
            self.clock.finish(),
        );
        if let Some(mut file) = self.summary {
            summary.write(&mut file)?;
            outputs.extend(file.finish()?);
        }
        publish(outputs)?;
        if !self.quiet {
            // If the line cannot be written, nobody can be informed of that.
            let _ = writeln!(io::stderr(), "{}", visible(&ClosingLines(&summary).to_string()));
            if self.shows_stages {
                let _ = write!(io::stderr(), "{}", summary.stages());
            }
        }
        Ok(())
    }
}
