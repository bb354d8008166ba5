//! Shows how much of the inputs was written again with their edits.

use std::io::{self, IsTerminal as _};

use wirecopy::progress::Progress as _;
use wirecopy::read::{Batch, SourceSummary};

use crate::edited_output::EditedOutput;
use crate::stage_bar::StageBar;

/// The progress of writing edited inputs, in bytes after decompression.
pub(crate) struct EditProgress {
    bar: StageBar,
    /// The number of bytes of the inputs that are complete.
    done: u64,
}

impl EditProgress {
    /// Begins the writing of `sources`. Nothing is shown if `quiet` is set, or if `output` is written to the terminal.
    pub(crate) fn new(sources: &[SourceSummary], output: &EditedOutput, quiet: bool) -> Self {
        let is_on_terminal = !matches!(output, EditedOutput::File(_) | EditedOutput::Folder { .. })
            && io::stdout().is_terminal();
        let total = sources.iter().map(|source| source.bytes).sum();
        Self { bar: StageBar::for_writing(Some(total), quiet || is_on_terminal), done: 0 }
    }

    /// Counts a record.
    pub(crate) fn add(&self, batch: &Batch, index: usize) {
        self.bar.advance(batch.record(index).len() as u64);
    }

    /// Counts a whole input, with what is between its records.
    pub(crate) fn end_input(&mut self, source: &SourceSummary) {
        self.done += source.bytes;
        self.bar.set_done(self.done);
    }
}
