//! Starts the threads that share the work of a run: as many as the system allows.

use std::io;
use std::sync::OnceLock;
use std::sync::mpsc::{self, Sender};
use std::thread;

use rayon::{ThreadBuilder, ThreadPoolBuilder};

use crate::error::Error;

/// The variable with the number of threads that is used if none is wanted, as the crate rayon reads it.
const DEFAULT: &str = "RAYON_NUM_THREADS";

/// Starts the threads on which all runs of the process work, `wanted` or one for each processor. If the system refuses
/// to start so many, as in a container with a limit of processes, there are fewer. Only the first call starts threads.
///
/// A caller who does not call this gets the default number. A caller who runs in a thread pool of their own needs no
/// others.
///
/// # Errors
/// Returns an [`Error::Threads`] if no thread can be started.
pub fn start_threads(wanted: Option<usize>) -> Result<(), Error> {
    static STARTED: OnceLock<Result<(), io::ErrorKind>> = OnceLock::new();
    if rayon::current_thread_index().is_some() {
        return Ok(());
    }
    let started = STARTED.get_or_init(|| start(wanted.unwrap_or_else(default_number)));
    started.map_err(|kind| Error::Threads { source: kind.into() })
}

/// Returns the number of threads that is used if none is wanted.
fn default_number() -> usize {
    let given = std::env::var(DEFAULT).ok().and_then(|number| number.parse().ok());
    let processors = || thread::available_parallelism().map_or(1, usize::from);
    given.filter(|&number| number > 0).unwrap_or_else(processors)
}

/// Starts threads. The pool is created only when they are there: it would not start at all with fewer than it wants.
fn start(wanted: usize) -> Result<(), io::ErrorKind> {
    let mut waiting: Vec<Sender<ThreadBuilder>> = Vec::new();
    while waiting.len() < wanted {
        let (sender, receiver) = mpsc::channel::<ThreadBuilder>();
        let work = move || {
            if let Ok(thread) = receiver.recv() {
                thread.run();
            }
        };
        match thread::Builder::new().spawn(work) {
            Ok(_) => waiting.push(sender),
            Err(error) if waiting.is_empty() => return Err(error.kind()),
            Err(_) => {
                // The thread that reads needs the place of one of them more than they do.
                waiting.truncate((waiting.len() - 1).max(1));
                break;
            }
        }
    }
    let mut threads = waiting.into_iter();
    let pool = ThreadPoolBuilder::new().num_threads(threads.len()).spawn_handler(move |thread| {
        let next = threads.next().ok_or(io::ErrorKind::OutOfMemory)?;
        next.send(thread).map_err(|_| io::ErrorKind::BrokenPipe.into())
    });
    // If there is a pool already, the process has chosen its threads itself.
    let _ = pool.build_global();
    Ok(())
}
