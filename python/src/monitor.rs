//! Passes the progress of a run, which works in other threads, to the thread that called it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use wirecopy::progress::{Progress, Stage};

/// The state of a run, which the calling thread looks at now and then.
#[derive(Debug, Default)]
pub(crate) struct Monitor {
    stage: Mutex<Option<(Stage, Option<u64>)>>,
    done: AtomicU64,
    is_cancelled: AtomicBool,
}

/// The progress of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Report {
    /// The name of the stage.
    pub(crate) stage: &'static str,
    /// The amount of work that is done in the stage.
    pub(crate) done: u64,
    /// The amount of work of the stage, if it is known.
    pub(crate) total: Option<u64>,
}

impl Monitor {
    /// Ends the run as soon as possible.
    pub(crate) fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Returns what is done; nothing before the first stage.
    pub(crate) fn report(&self) -> Option<Report> {
        let (stage, total) = (*self.stage.lock().ok()?)?;
        Some(Report { stage: stage.name(), done: self.done.load(Ordering::Relaxed), total })
    }
}

impl Progress for Monitor {
    fn stage(&self, stage: Stage, total: Option<u64>) {
        if let Ok(mut current) = self.stage.lock() {
            *current = Some((stage, total));
            self.done.store(0, Ordering::Relaxed);
        }
    }

    fn advance(&self, by: u64) {
        self.done.fetch_add(by, Ordering::Relaxed);
    }

    fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }
}
