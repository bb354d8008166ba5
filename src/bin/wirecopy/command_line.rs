//! Keeps the command line: that of the process, or the one of a program that runs the command within itself.

use std::ffi::OsString;
use std::sync::OnceLock;

static COMMAND_LINE: OnceLock<Vec<OsString>> = OnceLock::new();

/// Keeps the command line, which begins with the name of the program. Only the first one counts.
pub(crate) fn keep(command_line: Vec<OsString>) {
    // A process runs one command.
    let _ = COMMAND_LINE.set(command_line);
}

/// Returns the command line.
pub(crate) fn kept() -> &'static [OsString] {
    COMMAND_LINE.get().map_or(&[], Vec::as_slice)
}

/// Returns the command line without the program, for reports.
pub(crate) fn arguments() -> Vec<String> {
    kept().iter().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect()
}
