//! Runs work in threads of its own, while the calling thread reports progress and answers signals.
//!
//! Each call has its own pool of threads: the global one does not survive a fork, and one call must not wait for another.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::monitor::{Monitor, Report};

/// The time between two looks at signals and progress: short enough for a person, and without cost.
const TICK: Duration = Duration::from_millis(50);

/// The circumstances of a call.
pub(crate) struct Call<'py> {
    py: Python<'py>,
    /// The number of threads; 0 for one for each processor.
    threads: usize,
    /// The function that is called with the stage, the work done and all of it.
    progress: Option<Bound<'py, PyAny>>,
    pub(crate) monitor: Arc<Monitor>,
    last: Option<Report>,
    /// True if the call must not return before its work has ended.
    waits: bool,
}

impl<'py> Call<'py> {
    /// Creates the circumstances of a call.
    pub(crate) fn new(py: Python<'py>, threads: usize, progress: Option<Bound<'py, PyAny>>) -> Self {
        Self { py, threads, progress, monitor: Arc::default(), last: None, waits: false }
    }

    /// Makes the call return only after its work has ended, also if it is interrupted: an archive is then unlocked, and
    /// nothing is written to it any more.
    pub(crate) fn that_changes_an_archive(self) -> Self {
        Self { waits: true, ..self }
    }

    /// Runs work in other threads, and returns its result. In the meantime, `feed` is called in this thread. If a signal
    /// interrupts the call or `feed` fails, the work is cancelled, and not waited for unless it changes an archive.
    ///
    /// # Errors
    /// The error of the work, of `feed`, of the progress function, or of a signal.
    pub(crate) fn run<T: Send + 'static>(
        mut self,
        work: impl FnOnce(&Monitor) -> PyResult<T> + Send + 'static,
        feed: impl FnOnce(&mut Self) -> PyResult<()>,
    ) -> PyResult<T> {
        let pool = pool(self.threads)?;
        let (sender, mut result) = mpsc::channel();
        let monitor = Arc::clone(&self.monitor);
        let worker = thread::Builder::new().name("wirecopy".to_owned());
        let worker = worker.spawn(move || {
            // Nobody receives the result of a run that was cancelled.
            let _ = sender.send(pool.install(|| work(&monitor)));
        })?;
        let found = feed(&mut self).and_then(|()| {
            loop {
                let waiting = &mut result;
                match self.py.detach(move || waiting.recv_timeout(TICK)) {
                    Ok(found) => return found,
                    Err(RecvTimeoutError::Timeout) => self.tick()?,
                    Err(RecvTimeoutError::Disconnected) => {
                        return Err(PyRuntimeError::new_err("a fault in wirecopy ended the run"));
                    }
                }
            }
        });
        if found.is_err() {
            self.monitor.cancel();
            if self.waits {
                // A panic has been answered above.
                let _ = self.py.detach(move || worker.join());
            }
        }
        found
    }

    /// Answers signals, and calls the progress function if there is something new.
    pub(crate) fn tick(&mut self) -> PyResult<()> {
        self.py.check_signals()?;
        let report = self.monitor.report();
        if let (Some(progress), Some(report)) = (&self.progress, report)
            && self.last != Some(report)
        {
            progress.call1((report.stage, report.done, report.total))?;
            self.last = Some(report);
        }
        Ok(())
    }

    /// Returns the token of the interpreter.
    pub(crate) fn py(&self) -> Python<'py> {
        self.py
    }
}

/// Runs work without input and progress in other threads.
pub(crate) fn run<T: Send + 'static>(
    py: Python<'_>,
    threads: usize,
    work: impl FnOnce() -> PyResult<T> + Send + 'static,
) -> PyResult<T> {
    Call::new(py, threads, None).run(|_| work(), |_| Ok(()))
}

/// Runs work in other threads. Signals are answered after it has ended, so that nobody sees half of what it does.
pub(crate) fn run_to_the_end<T: Send>(
    py: Python<'_>,
    threads: usize,
    work: impl FnOnce() -> PyResult<T> + Send,
) -> PyResult<T> {
    let pool = pool(threads)?;
    py.detach(move || pool.install(work))
}

/// Starts threads; one for each processor if their number is 0.
fn pool(threads: usize) -> PyResult<rayon::ThreadPool> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| PyRuntimeError::new_err(format!("no threads can be started: {error}")))
}
