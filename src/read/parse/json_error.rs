//! Describes the errors of the JSON parser.

use crate::error::Problem;

/// Returns the problem with JSON that begins on the line `first_line` of its file. Its location is that in the
/// file, and the line is left out if it is the first.
pub(in crate::read) fn invalid_json(error: &serde_json::Error, first_line: u64) -> Problem {
    let line = (error.line() > 1).then(|| first_line + error.line() as u64 - 1);
    Problem::InvalidJson { message: message(error), line, column: error.column() }
}

/// Returns the message of the parser without its location.
pub(in crate::read) fn message(error: &serde_json::Error) -> String {
    let whole = error.to_string();
    let location = format!(" at line {} column {}", error.line(), error.column());
    let message = whole.strip_suffix(&location).unwrap_or(&whole);
    match message.strip_prefix("EOF while parsing ") {
        Some(value) => format!("{value} is cut off"),
        None => message.to_owned(),
    }
}
