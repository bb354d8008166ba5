//! Says that input is expected from the keyboard: a command that was started without a file would seem to hang.

use std::io::{self, IsTerminal as _};

use wirecopy::Input;

use crate::error_message::note;
use crate::stream_name::STREAM;

/// Prints a hint if one of the inputs is standard input, and that is a terminal.
pub(crate) fn hint_if_typed(inputs: &[Input]) {
    if inputs.iter().any(|input| input.name() == STREAM) && io::stdin().is_terminal() {
        note("reading from the terminal until Ctrl-D; to read files, name them, or see --help");
    }
}
