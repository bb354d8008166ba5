//! Runs the command `wirecopy`, which comes with the package.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs a command line, which begins with the name of the program, and returns the exit code.
#[pyfunction]
pub(crate) fn run_command(py: Python<'_>, command_line: Vec<OsString>) -> u8 {
    py.detach(|| wirecopy_command::run_command(command_line))
}
