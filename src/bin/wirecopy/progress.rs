//! The stages of a run in, a progress bar on standard error out, if the work is long and someone is there to see it.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wirecopy::progress::{Progress, Stage};

/// Work that is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar moves.
const TICK: Duration = Duration::from_millis(100);

/// A progress bar that shows itself after a while.
pub(crate) struct StageBar {
    bar: ProgressBar,
    /// The size of the input in bytes, where it is known.
    input: Option<u64>,
    /// Dropped to tell that the work is done, and then waited for.
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl StageBar {
    /// Makes a bar for work on so many bytes of input; nothing is shown where `quiet` says so, or where standard
    /// error is no terminal.
    pub(crate) fn new(input: Option<u64>, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let waiting = (!quiet && io::stderr().is_terminal()).then(|| {
            let (done, told) = mpsc::channel();
            let shown = bar.clone();
            let wait = move || {
                if told.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    shown.set_draw_target(ProgressDrawTarget::stderr());
                    shown.enable_steady_tick(TICK);
                }
            };
            (done, thread::spawn(wait))
        });
        Self { bar, input, waiting }
    }

    /// Does something, such as printing, while the bar is out of the way.
    pub(crate) fn aside(&self, what: impl FnOnce()) {
        self.bar.suspend(what);
    }
}

impl Progress for StageBar {
    fn stage(&self, stage: Stage, total: Option<u64>) {
        let (message, total) = match stage {
            Stage::Reading => ("reading", self.input),
            Stage::Indexing => ("looking for candidates", None),
            Stage::Verifying => ("verifying candidates", total),
            Stage::Clustering => ("clustering", None),
        };
        let template = match (stage, total.is_some()) {
            (Stage::Reading, true) => "{msg} {wide_bar} {bytes} of {total_bytes}, {eta} left",
            (Stage::Reading, false) => "{spinner} {msg}: {bytes}, {bytes_per_sec}",
            (_, true) => "{msg} {wide_bar} {human_pos} of {human_len}, {eta} left",
            (_, false) => "{spinner} {msg}",
        };
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

    fn advance(&self, by: u64) {
        self.bar.inc(by);
    }
}

impl Drop for StageBar {
    fn drop(&mut self) {
        if let Some((done, wait)) = self.waiting.take() {
            drop(done);
            // It does nothing that could fail.
            let _ = wait.join();
        }
        self.bar.finish_and_clear();
    }
}
