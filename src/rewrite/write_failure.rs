//! Keeps the error of a writer that is written through other code, which passes errors on as text.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// The first error of a writer.
#[derive(Clone, Debug, Default)]
pub(super) struct WriteFailure(Arc<Mutex<Option<io::Error>>>);

impl WriteFailure {
    /// Returns the error, if there was one.
    pub(super) fn take(&self) -> Option<io::Error> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Keeps an error, and returns another one of its kind.
    fn keep(&self, error: io::Error) -> io::Error {
        let kind = error.kind();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        kind.into()
    }
}

/// A writer whose first error is kept.
pub(super) struct FailureRecorder<'o> {
    out: &'o mut (dyn Write + Send),
    failure: WriteFailure,
}

impl<'o> FailureRecorder<'o> {
    /// Creates a writer to `out` that keeps errors in `failure`.
    pub(super) fn new(out: &'o mut (dyn Write + Send), failure: &WriteFailure) -> Self {
        Self { out, failure: failure.clone() }
    }
}

impl Write for FailureRecorder<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ => self.failure.keep(error),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().map_err(|error| self.failure.keep(error))
    }
}
