//! Reads batches of records in another thread than the one that takes them in.

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use crate::error::Error;
use crate::read::{Batch, Reader};

/// The number of batches that may wait between the thread that reads and those that take articles in.
const WAITING_BATCHES: usize = 2;

/// Calls `take` with each batch of a reader, and the number of bytes that were read before it, while another thread reads
/// the next ones. If no other thread can be started, this one reads as well. Returns the reader at its end.
///
/// # Errors
/// Returns the first error of `take`. Reading then stops, and is not waited for: an input may have no end.
pub(super) fn read_ahead(
    reader: Reader,
    mut take: impl FnMut(Result<Batch, Error>, u64) -> Result<(), Error>,
) -> Result<Reader, Error> {
    let (sender, batches) = mpsc::sync_channel::<(Result<Batch, Error>, u64)>(WAITING_BATCHES);
    let stopper = reader.stopper();
    // The reader is needed here if there is no thread that takes it.
    let waiting = Arc::new(Mutex::new(Some(reader)));
    let taken = Arc::clone(&waiting);
    let take_reader =
        |waiting: &Mutex<Option<Reader>>| waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
    let reading = thread::Builder::new().spawn(move || {
        let mut reader = take_reader(&taken)?;
        while let Some(batch) = reader.next_batch().transpose() {
            if sender.send((batch, reader.bytes_read())).is_err() {
                break;
            }
        }
        Some(reader)
    });
    let Ok(reading) = reading else {
        let mut reader = take_reader(&waiting).expect("no thread has taken it");
        while let Some(batch) = reader.next_batch().transpose() {
            take(batch, reader.bytes_read())?;
        }
        return Ok(reader);
    };
    if let Err(error) = batches.into_iter().try_for_each(|(batch, bytes_read)| take(batch, bytes_read)) {
        stopper.stop();
        return Err(error);
    }
    match reading.join() {
        Ok(reader) => Ok(reader.expect("only this thread takes it")),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
