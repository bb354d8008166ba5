//! Defines the name by which arguments mean standard input or standard output.

use std::path::Path;

/// The name of standard input and standard output.
pub(crate) const STREAM: &str = "-";

/// Returns the path of the file that an argument names, or `None` if it means standard output: without a value, or
/// with the value `-`.
pub(crate) fn named_file(argument: Option<&Path>) -> Option<&Path> {
    argument.filter(|path| *path != Path::new(STREAM))
}
