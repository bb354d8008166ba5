//! Explains a command line that begins with a file instead of a command.

use std::path::Path;

use anyhow::anyhow;
use clap::error::{ContextKind, ContextValue};

/// Returns the error to report for an error of the parser of arguments.
pub(crate) fn explain(error: clap::Error) -> anyhow::Error {
    match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) if is_path(name) => {
            anyhow!("{name}: expected a command before the name of a file: wirecopy cluster {name}")
        }
        _ => error.into(),
    }
}

/// Returns whether a word that is no command names a file or folder.
fn is_path(name: &str) -> bool {
    name.contains(['.', '/', '\\']) || Path::new(name).exists()
}
