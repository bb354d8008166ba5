//! Shows the progress of a run as a bar on standard error, if the run takes long and standard error is a terminal.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wirecopy::Input;
use wirecopy::progress::{Progress, Stage};

/// The time after which the bar appears.
const DELAY: Duration = Duration::from_millis(500);
/// The time between two updates of the bar.
const TICK: Duration = Duration::from_millis(100);

/// A progress bar that shows the current stage of a run.
pub(crate) struct StageBar {
    bar: ProgressBar,
    /// The size of the input in bytes, before decompression, if it is known.
    input: Option<u64>,
    /// The thread that shows the bar after a while, and moves it. It ends when the sender is dropped.
    delay: Option<(Sender<()>, JoinHandle<()>)>,
}

impl StageBar {
    /// Creates a bar for a run that reads these inputs. It never appears if `quiet` is set.
    pub(crate) fn for_inputs(inputs: &[Input], quiet: bool) -> Self {
        Self::new(total_size(inputs), quiet)
    }

    /// Creates a bar for the stages after reading. It never appears if `quiet` is set.
    pub(crate) fn after_reading(quiet: bool) -> Self {
        Self::new(None, quiet)
    }

    /// Creates a bar for the writing of an output, of `total` bytes if that is known. It never appears if `quiet` is set.
    pub(crate) fn for_writing(total: Option<u64>, quiet: bool) -> Self {
        let bar = Self::new(None, quiet);
        let template = match total {
            Some(_) => "{msg} {wide_bar} {decimal_bytes} of {decimal_total_bytes}, {eta} left",
            None => "{spinner} {msg}",
        };
        bar.begin("writing", template, total);
        bar
    }

    fn new(input: Option<u64>, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let delay = (!quiet && io::stderr().is_terminal()).then(|| show_later(bar.clone())).flatten();
        Self { bar, input, delay }
    }

    /// Sets the amount of work that is done, in the unit of the stage.
    pub(crate) fn set_done(&self, done: u64) {
        self.bar.set_position(done);
    }

    /// Begins a stage.
    fn begin(&self, message: &'static str, template: &str, total: Option<u64>) {
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar.set_style(style);
        self.bar.set_message(message);
        match total {
            Some(total) => self.bar.set_length(total),
            None => self.bar.unset_length(),
        }
        self.bar.set_position(0);
        self.bar.reset_eta();
    }

    /// Calls `print` while the bar is hidden.
    pub(crate) fn suspend(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

/// Starts a thread that shows the bar after a while, until the sender is dropped. If none can be started, the bar never
/// appears.
fn show_later(bar: ProgressBar) -> Option<(Sender<()>, JoinHandle<()>)> {
    let (sender, receiver) = mpsc::channel();
    let show = move || {
        if receiver.recv_timeout(DELAY) == Err(RecvTimeoutError::Timeout) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            while receiver.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                bar.tick();
            }
        }
    };
    Some((sender, thread::Builder::new().spawn(show).ok()?))
}

/// Returns the size of all inputs in bytes, before decompression; `None` if one is standard input or a pipe.
fn total_size(inputs: &[Input]) -> Option<u64> {
    let size = |input: &Input| {
        let metadata = fs::metadata(input.path()?).ok()?;
        metadata.is_file().then_some(metadata.len())
    };
    inputs.iter().map(size).sum()
}

impl Progress for StageBar {
    fn stage(&self, stage: Stage, total: Option<u64>) {
        let (message, total) = match stage {
            Stage::Reading => ("reading", self.input),
            Stage::Loading => ("loading from the archive", None),
            Stage::Sorting => ("sorting articles", None),
            Stage::Masking => ("masking what sites repeat", None),
            Stage::Indexing => ("finding candidates", None),
            Stage::Verifying => ("verifying candidates", total),
            Stage::Clustering => ("clustering", None),
        };
        let template = match (stage, total.is_some()) {
            (Stage::Reading, true) => "{msg} {wide_bar} {decimal_bytes} of {decimal_total_bytes}, {eta} left",
            (Stage::Reading, false) => "{spinner} {msg}: {decimal_bytes}, {decimal_bytes_per_sec}",
            (_, true) => "{msg} {wide_bar} {human_pos} of {human_len}, {eta} left",
            (_, false) => "{spinner} {msg}",
        };
        self.begin(message, template, total);
    }

    fn advance(&self, by: u64) {
        self.bar.inc(by);
    }
}

impl Drop for StageBar {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.delay.take() {
            drop(sender);
            // The thread cannot panic.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
