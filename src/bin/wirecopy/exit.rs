//! Turns the result of a command into an exit code, and prints its error.

use std::io;

use crate::error_message::print_error;

/// The answer of a command that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The work is done.
    Done,
    /// The work is done, and the answer is no.
    No,
}

/// The exit code if the work is done.
const DONE: u8 = 0;
/// The exit code if the answer is no, as in `grep` and `diff`.
const NO: u8 = 1;
/// The exit code after an error.
const ERROR: u8 = 2;

/// Returns the exit code for the result of a command, and prints its error.
pub(crate) fn code(result: anyhow::Result<Answer>) -> u8 {
    match result {
        Ok(Answer::Done) => DONE,
        Ok(Answer::No) => NO,
        Err(error) if is_closed_pipe(&error) => DONE,
        Err(error) => match error.downcast_ref::<clap::Error>() {
            // A request for help or the version is not an error; it is printed on standard output.
            Some(usage) => {
                // If the message cannot be written, nobody can be informed of that.
                let _ = usage.print();
                if usage.use_stderr() { ERROR } else { DONE }
            }
            None => {
                print_error(&error);
                ERROR
            }
        },
    }
}

/// Returns whether the reader of standard output has closed it, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
