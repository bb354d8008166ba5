//! What a command came to in, an exit code out; the one place that prints errors.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use wirecopy::write::visible;

/// What a command that did its work came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The work is done.
    Done,
    /// The work is done, and the answer is no.
    No,
}

/// The exit code for an answer of no, as `grep` and `diff` have it.
const NO: u8 = 1;
/// The exit code for an error, of usage or of work.
const ERROR: u8 = 2;

/// Gives the exit code for what a command came to, and says what went wrong.
pub(crate) fn code(result: anyhow::Result<Answer>) -> ExitCode {
    match result {
        Ok(Answer::Done) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(NO),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => match error.downcast_ref::<clap::Error>() {
            // Asked for help or a version, it is no error, and goes to standard output.
            Some(usage) => {
                // Nobody is left to be told that the message could not be written.
                let _ = usage.print();
                if usage.use_stderr() { ExitCode::from(ERROR) } else { ExitCode::SUCCESS }
            }
            None => {
                say("error", AnsiColor::Red, &message(&error));
                ExitCode::from(ERROR)
            }
        },
    }
}

/// Puts an error and its causes into one line; a cause that its error says already is not said again.
fn message(error: &anyhow::Error) -> String {
    let mut causes = error.chain().map(ToString::to_string);
    let first = causes.next().unwrap_or_default();
    causes.fold(first, |said, cause| if said.ends_with(&cause) { said } else { format!("{said}: {cause}") })
}

/// Says on standard error what is wrong without being the end.
pub(crate) fn warn(what: &str) {
    say("warning", AnsiColor::Yellow, what);
}

fn say(word: &str, color: AnsiColor, what: &str) {
    let style = Style::new().bold().fg_color(Some(color.into()));
    // A message may quote the input, and must not command the terminal. Where it cannot be written, nobody is left
    // to be told.
    let _ = writeln!(anstream::stderr(), "{style}{word}:{style:#} {}", visible(what));
}

/// Tells whether the reader of standard output has gone, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
